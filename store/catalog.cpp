#include "store/catalog.h"

#include <string>
#include <tuple>

#include "store/columns.h"
#include "store/entries.h"
#include "store/statements.h"

namespace reelprint::store {
namespace {

using namespace statements;

/// The key that `find` gives for `values`, or the one of the row that `insert` makes of them.
template <class... Values>
std::int64_t found_or_inserted(Database& database, const StatementText& find, const StatementText& insert,
                               const Values&... values) {
  {
    Statement row = database.statement(find, values...);
    if (row.step()) return row.integer(0);
  }
  database.run(insert, values...);
  return database.last_key();
}

/// Removes the row `key`; returns the key of what it was part of, nothing when no row was removed.
std::optional<std::int64_t> removed_from(Database& database, const StatementText& remove, std::int64_t key) {
  Statement row = database.statement(remove, key);
  if (!row.step()) return std::nullopt;
  const std::int64_t owner = row.integer(0);
  row.run();
  return owner;
}

/// Removes the episode if it is empty, then its series and holder if they are.
void remove_empty(Database& database, std::int64_t episode) {
  const auto series = removed_from(database, kRemoveEmptyEpisode, episode);
  if (!series) return;
  const auto holder = removed_from(database, kRemoveEmptySeries, *series);
  if (holder) database.run(kRemoveEmptyHolder, *holder);
}

std::string listing_for(const CatalogFilter& filter) {
  std::string sql(kEntries);
  if (!filter.holder.empty()) sql += kOfHolder;
  if (!filter.series.empty()) sql += kOfSeries;
  if (filter.season) sql += kOfSeason;
  if (filter.episode) sql += kOfEpisode;
  if (filter.reference) sql += kOfReference;
  sql += kEntriesOrder;
  return sql;
}

}  // namespace

std::optional<ReferenceId> Catalog::find(const NewReference& wanted) {
  const Reference& cut = wanted.reference;
  Statement row =
      database_.statement(kFindReference, wanted.holder, wanted.series, wanted.episode.season,
                          wanted.episode.number, cut.cut, cut.language, cut.subtitles, bytes_of(cut.media));
  if (!row.step()) return std::nullopt;
  return ReferenceId{row.integer(0)};
}

Registered Catalog::add(const NewReference& reference, std::span<const std::byte> fingerprint,
                        AlgorithmId algorithm) {
  Transaction change(database_, Transaction::Kind::write);
  Registered registered;
  if (const auto known = find(reference)) {
    const bool described = describe(*known, reference);
    const bool remade =
        database_.run(kReplaceFingerprint, known->value, number_of(algorithm), fingerprint) > 0;
    const bool revived = database_.run(kReviveReference, known->value) > 0;
    registered = {described || remade || revived ? Registration::updated : Registration::unchanged, *known};
  } else {
    registered = {Registration::added, insert(reference)};
    database_.run(kInsertFingerprint, registered.reference.value, number_of(algorithm), fingerprint);
    std::ignore = describe(registered.reference, reference);
  }
  change.commit();
  return registered;
}

Registered Catalog::refresh(const NewReference& reference) {
  Transaction change(database_, Transaction::Kind::write);
  const auto known = find(reference);
  if (!known) {
    throw Error(ErrorCode::not_found, "refresh a reference of '" + reference.series + "' season " +
                                          std::to_string(reference.episode.season) + " episode " +
                                          std::to_string(reference.episode.number) +
                                          ": it is not registered");
  }
  const bool described = describe(*known, reference);
  change.commit();
  return {described ? Registration::updated : Registration::unchanged, *known};
}

std::size_t Catalog::remove(std::span<const ReferenceId> references) {
  Transaction change(database_, Transaction::Kind::write);
  std::size_t removed = 0;
  for (const ReferenceId id : references) {
    const auto episode = removed_from(database_, kRemoveReference, id.value);
    if (!episode) continue;
    ++removed;
    remove_empty(database_, *episode);
  }
  change.commit();
  return removed;
}

bool Catalog::set_state(ReferenceId id, ReferenceState state, std::string_view reason) {
  return database_.run(kSetReferenceState, id.value, to_string(state), reason) > 0;
}

void Catalog::exclude(ReferenceId id, std::span<const ExcludedInterval> intervals) {
  Transaction change(database_, Transaction::Kind::write);
  database_.run(kRemoveExcluded, id.value);
  Timestamp free{0};
  for (const auto& [span, why] : intervals) {
    if (span.begin < free || span.is_empty()) {
      throw Error(ErrorCode::invalid_input, "exclude stretches of reference " + std::to_string(id.value) +
                                                ": they are empty, overlap or are out of order");
    }
    database_.run(kInsertExcluded, id.value, span.begin.us, span.end.us, why);
    free = span.end;
  }
  change.commit();
}

std::vector<ExcludedInterval> Catalog::excluded(ReferenceId id) {
  Statement row = database_.statement(kReadExcluded, id.value);
  std::vector<ExcludedInterval> intervals;
  while (row.step()) intervals.push_back({interval_in(row, 0), row.text(2)});
  return intervals;
}

std::vector<ReferenceEntry> Catalog::list(const CatalogFilter& filter) {
  const std::string sql = listing_for(filter);
  Statement row = database_.statement({"list the references", sql});
  if (!filter.holder.empty()) row.bind(1, filter.holder);
  if (!filter.series.empty()) row.bind(2, filter.series);
  if (filter.season) row.bind(3, *filter.season);
  if (filter.episode) row.bind(4, *filter.episode);
  if (filter.reference) row.bind(5, filter.reference->value);
  std::vector<ReferenceEntry> entries;
  while (row.step()) entries.push_back(entry_in(row));
  return entries;
}

CatalogStats Catalog::stats() {
  Statement row = database_.statement(kCountCatalog);
  CatalogStats stats;
  if (!row.step()) return stats;
  stats.holders = row.integer<std::size_t>(0);
  stats.series = row.integer<std::size_t>(1);
  stats.episodes = row.integer<std::size_t>(2);
  stats.screenings = row.integer<std::size_t>(3);
  stats.references = row.integer<std::size_t>(4);
  stats.duration = Duration{row.integer(5)};
  stats.fingerprint_bytes = row.integer<std::uint64_t>(6);
  return stats;
}

std::vector<ReferenceId> Catalog::fingerprinted(AlgorithmId algorithm) {
  Statement row = database_.statement(kListFingerprinted, number_of(algorithm));
  std::vector<ReferenceId> ids;
  while (row.step()) ids.push_back(ReferenceId{row.integer(0)});
  return ids;
}

std::size_t Catalog::fingerprints_of_other_algorithms(AlgorithmId algorithm) {
  Statement row = database_.statement(kCountOtherFingerprints, number_of(algorithm));
  return row.step() ? row.integer<std::size_t>(0) : 0;
}

std::optional<StoredFingerprint> Catalog::fingerprint(ReferenceId id) {
  Statement row = database_.statement(kReadFingerprint, id.value);
  if (!row.step()) return std::nullopt;
  const auto bytes = row.blob(0);
  return StoredFingerprint{.reference = id,
                           .episode = EpisodeId{row.integer(1)},
                           .series = SeriesId{row.integer(2)},
                           .bytes = {bytes.begin(), bytes.end()}};
}

EpisodeId Catalog::found_or_added_episode(const NewReference& reference) {
  const auto holder = found_or_inserted(database_, kFindHolder, kInsertHolder, reference.holder);
  const auto series = found_or_inserted(database_, kFindSeries, kInsertSeries, holder, reference.series);
  return EpisodeId{found_or_inserted(database_, kFindEpisode, kInsertEpisode, series,
                                     reference.episode.season, reference.episode.number)};
}

ReferenceId Catalog::insert(const NewReference& reference) {
  const EpisodeId episode = found_or_added_episode(reference);
  const Reference& cut = reference.reference;
  database_.run(kInsertReference, episode.value, cut.cut, cut.language, cut.subtitles, bytes_of(cut.media),
                cut.file, cut.duration.count(), microseconds_of(cut.registered_at));
  return ReferenceId{database_.last_key()};
}

/// Brings file and episode up to date; whether a descriptive field of the episode changed.
bool Catalog::describe(ReferenceId id, const NewReference& reference) {
  database_.run(kMoveReferenceFile, id.value, reference.reference.file);
  const Episode& episode = reference.episode;
  return database_.run(kDescribeEpisode, id.value, episode.title, episode.licence_number, episode.eidr,
                       episode.isan) > 0;
}

}  // namespace reelprint::store
