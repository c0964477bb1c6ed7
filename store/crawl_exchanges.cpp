#include "store/crawl_exchanges.h"

#include "store/crawl_exchanges_statements.h"

namespace reelprint::store {
namespace {

using namespace statements;

std::vector<CrawlExchange> all_of(Statement row) {
  std::vector<CrawlExchange> exchanges;
  while (row.step()) {
    exchanges.push_back(
        {row.integer(0), row.text(1), row.text(2), row.integer<std::uint64_t>(3), row.flag(4)});
  }
  return exchanges;
}

std::vector<std::int64_t> keys_in(Statement row) {
  std::vector<std::int64_t> keys;
  while (row.step()) keys.push_back(row.integer(0));
  return keys;
}

CaptureDue capture_in(const Statement& row) {
  return {SightingId{row.integer(0)}, row.text(1), row.text(2)};
}

}  // namespace

std::int64_t CrawlExchanges::add(const CrawlExchange& exchange, CrawlUrlId used_by) {
  Transaction change(database_, Transaction::Kind::write);
  database_.run(kInsertExchange, exchange.facts, exchange.body, exchange.bytes);
  const std::int64_t id = database_.last_key();
  database_.run(kUseExchange, id, used_by.value, exchange.is_of_page);
  change.commit();
  return id;
}

void CrawlExchanges::share(std::int64_t exchange, CrawlUrlId also_used_by) {
  database_.run(kUseExchange, exchange, also_used_by.value, true);
}

std::vector<CrawlExchange> CrawlExchanges::of_url(CrawlUrlId id) {
  return all_of(database_.statement(kExchangesOfUrl, id.value));
}

UnneededBodies CrawlExchanges::drop(CrawlUrlId id) {
  UnneededBodies unneeded;
  Transaction change(database_, Transaction::Kind::write);
  remove_unused(keys_in(database_.statement(kDropUrlUses, id.value)), unneeded);
  change.commit();
  return unneeded;
}

void CrawlExchanges::begin_capture(CrawlUrlId of, const CaptureDue& due) {
  Transaction change(database_, Transaction::Kind::write);
  database_.run(kPutCaptureDue, due.sighting.value, due.file, due.pieces);
  database_.run(kUseForCapture, of.value, due.sighting.value);
  change.commit();
}

std::vector<CaptureDue> CrawlExchanges::captures_due(SightingId after, std::size_t limit) {
  Statement row = database_.statement(kListCapturesDue, after.value, limit);
  std::vector<CaptureDue> due;
  while (row.step()) due.push_back(capture_in(row));
  return due;
}

bool CrawlExchanges::is_capture_due(SightingId id) {
  return database_.statement(kFindCaptureDue, id.value).step();
}

std::vector<CrawlExchange> CrawlExchanges::of_sighting(SightingId id) {
  return all_of(database_.statement(kExchangesOfSighting, id.value));
}

UnneededBodies CrawlExchanges::end_capture(SightingId id) {
  UnneededBodies unneeded;
  Transaction change(database_, Transaction::Kind::write);
  {
    Statement row = database_.statement(kFindCaptureDue, id.value);
    if (row.step() && !row.text(1).empty()) unneeded.files.push_back(row.text(1));
  }
  database_.run(kRemoveCaptureDue, id.value);
  remove_unused(keys_in(database_.statement(kDropSightingUses, id.value)), unneeded);
  change.commit();
  return unneeded;
}

bool CrawlExchanges::has_body(std::string_view file) {
  return database_.statement(kFindBody, file).step();
}

std::uint64_t CrawlExchanges::bytes() {
  Statement row = database_.statement(kSumExchanges);
  return row.step() ? row.integer<std::uint64_t>(0) : 0;
}

UnneededBodies CrawlExchanges::drop_strays() {
  UnneededBodies unneeded;
  Transaction change(database_, Transaction::Kind::write);
  for (const std::int64_t url : keys_in(database_.statement(kListStrayUses)))
    remove_unused(keys_in(database_.statement(kDropUrlUses, url)), unneeded);
  change.commit();
  return unneeded;
}

void CrawlExchanges::remove_unused(const std::vector<std::int64_t>& exchanges, UnneededBodies& unneeded) {
  for (const std::int64_t exchange : exchanges) {
    Statement row = database_.statement(kRemoveUnusedExchange, exchange);
    while (row.step()) {
      if (!row.text(0).empty()) unneeded.files.push_back(row.text(0));
      unneeded.bytes += row.integer<std::uint64_t>(1);
    }
  }
}

}  // namespace reelprint::store
