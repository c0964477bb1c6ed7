#include "store/references.h"

#include <algorithm>
#include <array>

#include "store/columns.h"
#include "store/entries.h"
#include "store/references_statements.h"
#include "store/statements.h"

namespace reelprint::store {
namespace {

using namespace statements;

constexpr std::array<std::string_view, 5> kSourceNames{"file", "spooled", "fingerprint", "url", "upload"};

std::string listing_for(const ReferenceQuery& query) {
  std::string sql(kEntries);
  sql += kReferencesAfter;
  if (query.tenant != TenantId{}) sql += kReferencesOfTenant;
  if (query.holder != HolderId{}) sql += kReferencesOfHolder;
  if (query.series != SeriesId{}) sql += kReferencesOfSeries;
  if (query.episode != EpisodeId{}) sql += kReferencesOfEpisode;
  if (query.state) sql += kReferencesInState;
  if (query.import != ImportId{}) sql += kReferencesOfImport;
  return sql += kReferencesOrder;
}

}  // namespace

ReferenceId References::add_pending(const Reference& reference, ImportId import) {
  database_.run(kInsertPending, reference.episode.value, reference.cut, reference.language,
                reference.subtitles, reference.file, microseconds_of(reference.registered_at),
                reference.aspect, import.value);
  return ReferenceId{database_.last_key()};
}

void References::set_job(ReferenceId id, JobId job) {
  database_.run(kSetReferenceJob, id.value, job.value);
}

std::optional<ReferenceId> References::of_job(JobId job) {
  Statement row = database_.statement(kFindReferenceOfJob, job.value);
  if (!row.step()) return std::nullopt;
  return ReferenceId{row.integer(0)};
}

void References::set_source(ReferenceId id, const MediaSource& source) {
  database_.run(kPutSource, id.value, kSourceNames[static_cast<std::size_t>(source.kind)], source.place);
}

std::optional<MediaSource> References::source(ReferenceId id) {
  Statement row = database_.statement(kReadSource, id.value);
  if (!row.step()) return std::nullopt;
  const auto name = std::ranges::find(kSourceNames, row.text(0));
  if (name == kSourceNames.end()) row.refuse(ErrorCode::corrupt, "the kind of place has no meaning");
  return MediaSource{static_cast<MediaSource::Kind>(name - kSourceNames.begin()), row.text(1)};
}

void References::forget_source(ReferenceId id) {
  database_.run(kForgetSource, id.value);
}

bool References::is_spooled(const std::string& place) {
  return database_.statement(kFindSpooled, place).step();
}

bool References::fail(ReferenceId id, std::string_view why) {
  Transaction change(database_, Transaction::Kind::write);
  if (database_.run(kFailReference, id.value, why) == 0) return false;
  database_.run(kRemoveFingerprint, id.value);
  database_.run(kForgetSource, id.value);
  change.commit();
  return true;
}

bool References::remove_failed(ReferenceId id) {
  return database_.run(kRemoveFailedReference, id.value) > 0;
}

void References::set_warnings(ReferenceId id, std::string_view json) {
  database_.run(kSetReferenceWarnings, id.value, json);
}

std::optional<ReferenceId> References::twin_of(ReferenceId id, const Sha256& media) {
  Statement row = database_.statement(kFindTwin, id.value, bytes_of(media));
  if (!row.step()) return std::nullopt;
  return ReferenceId{row.integer(0)};
}

bool References::complete(ReferenceId id, const FoundMedia& media) {
  Transaction change(database_, Transaction::Kind::write);
  if (database_.run(kCompleteReference, id.value, bytes_of(media.digest), media.duration.count()) == 0)
    return false;
  database_.run(kPutFingerprint, id.value, number_of(media.algorithm), media.fingerprint);
  change.commit();
  return true;
}

bool References::describe(const Reference& reference) {
  return database_.run(kDescribeReference, reference.id.value, reference.version, reference.cut,
                       reference.language, reference.subtitles, reference.aspect) > 0;
}

std::optional<RegistrationNotes> References::notes(ReferenceId id) {
  Statement row = database_.statement(kReadRegistration, id.value);
  if (!row.step()) return std::nullopt;
  return RegistrationNotes{JobId{row.integer(0)}, ImportId{row.integer(1)}, row.text(2)};
}

std::vector<ReferenceEntry> References::list(const ReferenceQuery& query, ReferenceId after,
                                             std::size_t limit) {
  const std::string sql = listing_for(query);
  Statement row = database_.statement({"list the references", sql}, after.value, limit);
  if (query.tenant != TenantId{}) row.bind(3, query.tenant.value);
  if (query.holder != HolderId{}) row.bind(4, query.holder.value);
  if (query.series != SeriesId{}) row.bind(5, query.series.value);
  if (query.episode != EpisodeId{}) row.bind(6, query.episode.value);
  if (query.state) row.bind(7, to_string(*query.state));
  if (query.import != ImportId{}) row.bind(8, query.import.value);
  std::vector<ReferenceEntry> entries;
  while (row.step()) entries.push_back(entry_in(row));
  return entries;
}

}  // namespace reelprint::store
