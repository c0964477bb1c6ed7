#include "store/negatives.h"

#include "store/columns.h"
#include "store/statements.h"

namespace reelprint::store {
namespace {

using namespace statements;

AlgorithmId algorithm_in(const Statement& row, int column) {
  return AlgorithmId{row.integer<std::uint32_t>(column)};
}

struct Known {
  NegativeId id;
  AlgorithmId algorithm{};
};

std::optional<Known> find(Database& database, const Sha256& media) {
  Statement row = database.statement(kFindNegative, bytes_of(media));
  if (!row.step()) return std::nullopt;
  return Known{NegativeId{row.integer(0)}, algorithm_in(row, 1)};
}

Negative negative_in(const Statement& row) {
  Negative negative;
  negative.id = NegativeId{row.integer(0)};
  negative.name = row.text(1);
  negative.media = sha256_in(row, 2);
  negative.duration = Duration{row.integer(3)};
  negative.algorithm = algorithm_in(row, 4);
  negative.added_at = wall_time_in(row, 5);
  return negative;
}

}  // namespace

AddedNegative Negatives::add(const Negative& negative, std::span<const std::byte> fingerprint) {
  Transaction change(database_, Transaction::Kind::write);
  const std::int64_t algorithm = number_of(negative.algorithm);
  AddedNegative added;
  if (const auto known = find(database_, negative.media)) {
    added = {Registration::unchanged, known->id};
    if (known->algorithm != negative.algorithm) {
      database_.run(kReplaceNegative, known->id.value, negative.duration.count(), algorithm, fingerprint);
      added.outcome = Registration::updated;
    }
  } else {
    database_.run(kInsertNegative, negative.name, bytes_of(negative.media), negative.duration.count(),
                  algorithm, fingerprint, microseconds_of(negative.added_at));
    added.negative = NegativeId{database_.last_key()};
  }
  change.commit();
  return added;
}

std::size_t Negatives::remove(std::span<const NegativeId> negatives) {
  Transaction change(database_, Transaction::Kind::write);
  std::size_t removed = 0;
  for (const NegativeId id : negatives) removed += database_.run(kRemoveNegative, id.value);
  change.commit();
  return removed;
}

std::vector<Negative> Negatives::list() {
  Statement row = database_.statement(kListNegatives);
  std::vector<Negative> negatives;
  while (row.step()) negatives.push_back(negative_in(row));
  return negatives;
}

std::vector<NegativeId> Negatives::fingerprinted(AlgorithmId algorithm) {
  Statement row = database_.statement(kListFingerprintedNegatives, number_of(algorithm));
  std::vector<NegativeId> ids;
  while (row.step()) ids.push_back(NegativeId{row.integer(0)});
  return ids;
}

std::optional<std::vector<std::byte>> Negatives::fingerprint(NegativeId id) {
  Statement row = database_.statement(kReadNegative, id.value);
  if (!row.step()) return std::nullopt;
  const auto bytes = row.blob(0);
  return std::vector<std::byte>(bytes.begin(), bytes.end());
}

}  // namespace reelprint::store
