#include "api/crawl_status.h"

#include <algorithm>
#include <string>

#include "api/crawl_json.h"
#include "store/crawl_sources.h"
#include "store/frontier.h"

namespace reelprint::api {
namespace {

namespace json = boost::json;

struct States {
  std::size_t waiting = 0;
  std::size_t taken = 0;
  json::object shown{};  ///< by state, all kinds together
};

States states_of(store::Database& database, CrawlSourceId source) {
  States states;
  for (const char* name : {"waiting", "taken", "settled", "refused", "gone"}) states.shown[name] = 0;
  for (const store::CrawlCount& count : store::Frontier(database).counts(source)) {
    json::value& shown = states.shown[to_string(count.state)];
    shown = shown.to_number<std::uint64_t>() + count.urls;
    if (count.state == CrawlUrlState::waiting) states.waiting += count.urls;
    if (count.state == CrawlUrlState::taken) states.taken += count.urls;
  }
  return states;
}

std::string waits_for(const CrawlSource& source, const States& states, bool is_in_round) {
  if (states.taken > 0) return "answers";
  if (source.state == CrawlSourceState::paused) return "resume";
  if (!is_in_round) return source.next_round_at == kNoMoreRounds ? "nothing" : "round";
  return states.waiting > 0 ? "hosts" : "nothing";
}

}  // namespace

json::object crawl_status(store::Database& database, const CrawlSource& source, WallTime now) {
  const States states = states_of(database, source.id);
  const auto round = store::CrawlSources(database).current_round(source.id);
  json::value rate;
  if (round) {
    const double seconds = std::chrono::duration<double>(now - round->began_at).count();
    rate = static_cast<double>(round->pages) / std::max(seconds, 1.0);
  }
  return {{"source", source.id.value},
          {"name", source.name},
          {"state", to_string(source.state)},
          {"round", round ? json::value(to_json(*round)) : json::value(nullptr)},
          {"next_round_at", source.next_round_at == kNoMoreRounds
                                ? json::value(nullptr)
                                : json::value(to_rfc3339(source.next_round_at))},
          {"pages_per_s", std::move(rate)},
          {"urls", states.shown},
          {"waits_for", waits_for(source, states, round.has_value())}};
}

}  // namespace reelprint::api
