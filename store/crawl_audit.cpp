#include "store/crawl_audit.h"

#include "store/columns.h"
#include "store/crawl_audit_statements.h"
#include "store/frontier.h"

namespace reelprint::store {
namespace {

using namespace statements;

}  // namespace

void CrawlAudit::keep(const Sighting& sighting) {
  Transaction change(database_, Transaction::Kind::write);
  Frontier frontier(database_);
  for (const std::string& url : {sighting.location, sighting.page_url}) {
    const auto known = frontier.find(sighting.source, url);
    if (known) database_.run(kKeepRequestsOf, known->id.value);
  }
  change.commit();
}

std::size_t CrawlAudit::prune(WallTime before, std::size_t most) {
  Transaction change(database_, Transaction::Kind::write);
  std::int64_t begin = 0;
  {
    Statement row = database_.statement(kReadPruned);
    if (row.step()) begin = row.integer(0);
  }
  std::int64_t end = begin;
  std::size_t looked_at = 0;
  {
    Statement row = database_.statement(kListNextRequests, begin, most);
    while (row.step() && wall_time_in(row, 1) < before) {
      end = row.integer(0);
      ++looked_at;
    }
  }
  if (looked_at > 0) {
    database_.run(kPruneRequests, begin, end);
    database_.run(kSetPruned, end);
  }
  change.commit();
  return looked_at;
}

}  // namespace reelprint::store
