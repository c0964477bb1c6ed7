#include "store/sightings.h"

#include <limits>

#include "store/columns.h"
#include "store/crawl_audit.h"
#include "store/crawl_columns.h"
#include "store/sightings_statements.h"

namespace reelprint::store {
namespace {

using namespace statements;

/// Stands for "not said".
constexpr std::int64_t kNotSaid = -1;

template <class Number>
std::int64_t number_or_none(const std::optional<Number>& number) {
  if (!number) return kNotSaid;
  if (!std::in_range<std::int64_t>(*number)) return std::numeric_limits<std::int64_t>::max();
  return static_cast<std::int64_t>(*number);
}

template <class Number>
std::optional<Number> number_in(const Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return row.integer<Number>(column);
}

VideoMetadata metadata_in(const Statement& row) {
  VideoMetadata metadata;
  metadata.title = row.text(7);
  metadata.description = row.text(8);
  metadata.uploader = row.text(9);
  metadata.uploader_url = row.text(10);
  metadata.series = row.text(11);
  metadata.episode = number_in<int>(row, 12);
  if (!row.is_null(13)) metadata.duration = Duration{row.integer(13)};
  if (!row.is_null(14)) metadata.published_at = wall_time_in(row, 14);
  metadata.views = number_in<std::uint64_t>(row, 15);
  metadata.likes = number_in<std::uint64_t>(row, 16);
  metadata.thumbnail_url = row.text(17);
  metadata.language = row.text(18);
  return metadata;
}

Sighting sighting_in(const Statement& row) {
  Sighting sighting;
  sighting.id = SightingId{row.integer(0)};
  sighting.tenant = TenantId{row.integer(1)};
  sighting.source = CrawlSourceId{row.integer(2)};
  sighting.location = row.text(3);
  sighting.page_url = row.text(4);
  sighting.bytes = row.integer<std::uintmax_t>(5);
  sighting.media = sha256_or_none_in(row, 6);
  sighting.metadata = metadata_in(row);
  sighting.address = row.text(19);
  sighting.request = RequestId{row.integer(20)};
  sighting.in_case = CaseId{row.integer(21)};
  sighting.is_up = row.flag(22);
  sighting.seen_at = wall_time_in(row, 23);
  sighting.checked_at = wall_time_in(row, 24);
  sighting.fetched_bytes = row.integer<std::uint64_t>(25);
  sighting.took = Duration{row.integer(26)};
  sighting.hint = row.text(27);
  return sighting;
}

std::string select(std::string_view condition) {
  return std::string(kSelectSightings).append(condition);
}

std::optional<Sighting> first_of(Statement row) {
  if (!row.step()) return std::nullopt;
  return sighting_in(row);
}

std::vector<Sighting> all_of(Statement row) {
  std::vector<Sighting> sightings;
  while (row.step()) sightings.push_back(sighting_in(row));
  return sightings;
}

}  // namespace

SightingId Sightings::put(const Sighting& sighting) {
  const VideoMetadata& said = sighting.metadata;
  const std::int64_t duration = said.duration ? said.duration->count() : kNotSaid;
  const std::int64_t published = said.published_at ? microseconds_of(*said.published_at) : kNotSaid;
  Statement row = database_.statement(
      kPutSighting, sighting.tenant.value, sighting.source.value, sighting.location, sighting.page_url,
      sighting.bytes, bytes_or_none(sighting.media), said.title, said.description, said.uploader,
      said.uploader_url, said.series, number_or_none(said.episode), duration, published,
      number_or_none(said.views), number_or_none(said.likes), said.thumbnail_url, said.language,
      sighting.address, sighting.request.value, sighting.in_case.value, sighting.is_up,
      microseconds_of(sighting.seen_at), microseconds_of(sighting.checked_at), sighting.fetched_bytes,
      sighting.took.count(), sighting.hint);
  SightingId id;
  while (row.step()) id = SightingId{row.integer(0)};
  return id;
}

std::optional<Sighting> Sightings::find(SightingId id) {
  const std::string sql = select(kSightingOfId);
  return first_of(database_.statement({"read a sighting", sql}, id.value));
}

std::optional<Sighting> Sightings::find(TenantId tenant, std::string_view location,
                                        std::string_view page_url) {
  const std::string sql = select(kSightingAt);
  return first_of(database_.statement({"find a sighting", sql}, tenant.value, location, page_url));
}

std::optional<Sighting> Sightings::of_request(RequestId request) {
  const std::string sql = select(kSightingOfRequest);
  return first_of(database_.statement({"find the sighting of a request", sql}, request.value));
}

std::vector<Sighting> Sightings::of_case(CaseId id) {
  const std::string sql = select(kSightingsOfCase);
  return all_of(database_.statement({"list the sightings of a case", sql}, id.value));
}

std::vector<Sighting> Sightings::list(TenantId tenant, SightingId before, std::size_t limit) {
  return list(SightingFilter{.tenant = tenant}, before, limit);
}

std::vector<Sighting> Sightings::list(const SightingFilter& filter, SightingId before, std::size_t limit) {
  const bool of_source = filter.source != CrawlSourceId{};
  const bool of_tenant = !of_source && filter.tenant != TenantId{};
  const std::string sql = select(of_source   ? kSightingsOfSource
                                 : of_tenant ? kSightingsOfTenant
                                             : kAllSightings);
  const std::int64_t end = before.value == 0 ? std::numeric_limits<std::int64_t>::max() : before.value;
  Statement row = database_.statement({"list the sightings", sql}, end, limit);
  if (of_source) row.bind(3, filter.source.value);
  if (of_tenant) row.bind(3, filter.tenant.value);
  return all_of(std::move(row));
}

void Sightings::set_case(SightingId id, CaseId in_case) {
  Transaction change(database_, Transaction::Kind::write);
  database_.run(kSetSightingCase, id.value, in_case.value, kFirstLookAfter.count());
  if (in_case != CaseId{})
    if (const auto sighting = find(id)) CrawlAudit(database_).keep(*sighting);
  change.commit();
}

void Sightings::set_request(SightingId id, RequestId request) {
  database_.run(kSetSightingRequest, id.value, request.value);
}

std::vector<Sighting> Sightings::of_uploader(TenantId tenant, std::string_view uploader_url,
                                             std::size_t limit) {
  const std::string sql = select(kSightingsOfUploader);
  return all_of(
      database_.statement({"list the sightings of an uploader", sql}, tenant.value, uploader_url, limit));
}

std::vector<Sighting> Sightings::of_media(TenantId tenant, const Sha256& media, std::size_t limit) {
  const std::string sql = select(kSightingsOfMedia);
  return all_of(
      database_.statement({"list the sightings of a file", sql}, tenant.value, bytes_or_none(media), limit));
}

void Sightings::add_check(const SightingCheck& check, WallTime next_at) {
  Transaction change(database_, Transaction::Kind::write);
  const std::int64_t at = microseconds_of(check.at);
  database_.run(kInsertSightingCheck, check.sighting.value, at, check.is_up, check.page_status,
                check.media_status, check.why);
  database_.run(kFollowCheck, check.sighting.value, at, check.is_up, microseconds_of(next_at));
  change.commit();
}

std::vector<SightingCheck> Sightings::checks(SightingId id) {
  Statement row = database_.statement(kListSightingChecks, id.value);
  std::vector<SightingCheck> checks;
  while (row.step()) {
    checks.push_back({SightingId{row.integer(0)}, wall_time_in(row, 1), row.flag(2), row.integer<int>(3),
                      row.integer<int>(4), row.text(5)});
  }
  return checks;
}

std::vector<Sighting> Sightings::due_for_check(WallTime now, std::size_t limit) {
  const std::string sql = select(kSightingsDue);
  return all_of(database_.statement({"list the sightings to look at", sql}, microseconds_of(now), limit));
}

CaptureId Sightings::add_capture(const Capture& capture) {
  database_.run(kInsertCapture, capture.sighting.value, capture.file, bytes_of(capture.digest), capture.bytes,
                capture.screenshot, capture.screenshot_missing_why, microseconds_of(capture.at));
  return CaptureId{database_.last_key()};
}

std::vector<Capture> Sightings::captures(SightingId id) {
  Statement row = database_.statement(kListCaptures, id.value);
  std::vector<Capture> captures;
  while (row.step()) {
    Capture capture;
    capture.id = CaptureId{row.integer(0)};
    capture.sighting = SightingId{row.integer(1)};
    capture.file = row.text(2);
    capture.digest = sha256_in(row, 3);
    capture.bytes = row.integer<std::uint64_t>(4);
    capture.screenshot = row.text(5);
    capture.screenshot_missing_why = row.text(6);
    capture.at = wall_time_in(row, 7);
    captures.push_back(std::move(capture));
  }
  return captures;
}

}  // namespace reelprint::store
