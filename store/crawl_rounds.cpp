// The rounds of the sources, and what they have cost and brought.

#include <limits>

#include "store/columns.h"
#include "store/crawl_queue.h"
#include "store/crawl_sources.h"
#include "store/crawl_sources_statements.h"
#include "store/frontier.h"

namespace reelprint::store {
namespace {

using namespace statements;

CrawlUrlKind kind_of_start(CrawlSourceKind kind) {
  switch (kind) {
    case CrawlSourceKind::sitemap: return CrawlUrlKind::sitemap;
    case CrawlSourceKind::feed: return CrawlUrlKind::feed;
    case CrawlSourceKind::list: return CrawlUrlKind::list;
    default: return CrawlUrlKind::page;
  }
}

CrawlRound round_in(const Statement& row) {
  CrawlRound round;
  round.source = CrawlSourceId{row.integer(0)};
  round.number = row.integer(1);
  round.began_at = wall_time_in(row, 2);
  round.ended_at = wall_time_in(row, 3);
  int column = 3;
  for (std::uint64_t* figure :
       {&round.requests, &round.pages, &round.bytes, &round.bytes_offered, &round.videos_found,
        &round.videos_screened, &round.videos_fetched_whole, &round.matched, &round.refused, &round.failed})
    *figure = row.integer<std::uint64_t>(++column);
  round.media_s = row.real(14);
  round.cpu_s = row.real(15);
  round.video_bytes = row.integer<std::uint64_t>(16);
  round.video_s = row.real(17);
  round.stopped_by = row.text(18);
  return round;
}

}  // namespace

CrawlRound CrawlSources::begin_round(const CrawlSource& source, WallTime now) {
  Transaction change(database_, Transaction::Kind::write);
  end_round(source.id, "the next round began", now);
  database_.run(kInsertRound, source.id.value, microseconds_of(now));
  database_.run(kSetNextRound, source.id.value, microseconds_of(next_round_after(source, now)));
  if (source.kind != CrawlSourceKind::folder) {
    Frontier frontier(database_);
    for (const std::string& start : source.start_urls) {
      if (const auto known = frontier.find(source.id, start)) {
        frontier.make_due(known->id, CrawlPurpose::discover, now);
        continue;
      }
      CrawlUrl url;
      url.source = source.id;
      url.url = start;
      url.kind = kind_of_start(source.kind);
      frontier.add({&url, 1}, now);
    }
  }
  const CrawlRound round = rounds(source.id, 1).at(0);
  change.commit();
  return round;
}

void CrawlSources::count(CrawlSourceId source, const CrawlRound& more, WallTime now) {
  Transaction change(database_, Transaction::Kind::write);
  const auto day = std::chrono::floor<std::chrono::days>(now).time_since_epoch().count();
  database_.run(kCountInRound, source.value, more.requests, more.pages, more.bytes, more.bytes_offered,
                more.videos_found, more.videos_screened, more.videos_fetched_whole, more.matched,
                more.refused, more.failed, more.media_s, more.cpu_s, more.video_bytes, more.video_s);
  database_.run(kCountInDay, source.value, more.requests, more.pages, more.bytes, more.bytes_offered,
                more.videos_found, more.videos_screened, more.videos_fetched_whole, more.matched,
                more.refused, more.failed, more.media_s, more.cpu_s, more.video_bytes, more.video_s, day);
  change.commit();
}

void CrawlSources::count_host(CrawlSourceId source, std::string_view host, const CrawlHostUse& more,
                              WallTime now) {
  Transaction change(database_, Transaction::Kind::write);
  database_.run(kCountOfSourceHost, source.value, CrawlQueue(database_).host_of(host), more.pages, more.bytes,
                microseconds_of(now));
  change.commit();
}

CrawlHostUse CrawlSources::host_use(CrawlSourceId source, std::string_view host) {
  Statement row = database_.statement(kReadSourceHost, source.value, host);
  if (!row.step()) return {};
  return {row.integer<std::uint64_t>(0), row.integer<std::uint64_t>(1)};
}

void CrawlSources::end_round(CrawlSourceId source, const std::string& stopped_by, WallTime now) {
  database_.run(kEndRound, source.value, stopped_by, microseconds_of(now));
}

std::optional<CrawlRound> CrawlSources::current_round(CrawlSourceId source) {
  auto newest = rounds(source, 1);
  if (newest.empty() || newest[0].ended_at != WallTime{}) return std::nullopt;
  return std::move(newest[0]);
}

std::vector<CrawlRound> CrawlSources::rounds(CrawlSourceId source, std::size_t limit) {
  return rounds(source, 0, limit);
}

std::vector<CrawlRound> CrawlSources::rounds(CrawlSourceId source, std::int64_t before, std::size_t limit) {
  const std::string sql = std::string(kSelectRounds).append(kRoundsOfSource);
  const std::int64_t end = before == 0 ? std::numeric_limits<std::int64_t>::max() : before;
  Statement row = database_.statement({"list the rounds of a source", sql}, source.value, end, limit);
  std::vector<CrawlRound> rounds;
  while (row.step()) rounds.push_back(round_in(row));
  return rounds;
}

void CrawlSources::set_next_round(CrawlSourceId source, WallTime at) {
  database_.run(kSetNextRound, source.value, microseconds_of(at));
}

}  // namespace reelprint::store
