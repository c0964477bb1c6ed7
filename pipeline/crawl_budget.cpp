#include "pipeline/crawl_budget.h"

#include <chrono>
#include <string>

#include "crawler/budget.h"
#include "store/crawl_sources.h"

namespace reelprint::pipeline {

std::optional<store::CrawlVisit> refusal_by_budget(store::Store& store, const CrawlUrl& url,
                                                   const CrawlSource& source, WallTime now) {
  store::CrawlSources sources(store.database());
  const auto round = sources.rounds(source.id, 1);
  if (round.empty()) return std::nullopt;
  const auto time = std::chrono::duration_cast<std::chrono::seconds>(now - round[0].began_at);
  auto part = crawler::used_up(source.budget, {round[0].pages, round[0].bytes, time});
  if (part && round[0].ended_at == WallTime{})
    sources.end_round(source.id, "budget: " + std::string(*part), now);
  if (!part) {
    const store::CrawlHostUse use = sources.host_use(source.id, url.host);
    part = crawler::host_used_up(source.budget, use.pages, use.bytes);
  }
  if (!part) return std::nullopt;
  store::CrawlVisit visit;
  visit.note = "budget: " + std::string(*part);
  visit.etag = url.etag;
  visit.last_modified = url.last_modified;
  const bool is_last = source.next_round_at == kNoMoreRounds;
  visit.state = is_last ? CrawlUrlState::refused : CrawlUrlState::waiting;
  if (!is_last) visit.due_at = source.next_round_at;
  return visit;
}

}  // namespace reelprint::pipeline
