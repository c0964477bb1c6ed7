// Holders, series, episodes, references and their fingerprints in the database.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "store/sqlite.h"
#include "store/store.h"

namespace reelprint::store {

/// The catalog half of Store, with its contract; the database's schema must be up to date.
class Catalog {
 public:
  explicit Catalog(Database& database) : database_(database) {}

  [[nodiscard]] std::optional<ReferenceId> find(const NewReference& wanted);
  Registered add(const NewReference& reference, std::span<const std::byte> fingerprint,
                 AlgorithmId algorithm);
  Registered refresh(const NewReference& reference);
  std::size_t remove(std::span<const ReferenceId> references);

  /// False when there is no such reference.
  bool set_state(ReferenceId id, ReferenceState state, std::string_view reason);
  /// Replaces those of the reference. Throws Error: invalid_input unless they are sorted, apart and not
  /// empty; not_found.
  void exclude(ReferenceId id, std::span<const ExcludedInterval> intervals);
  /// Sorted, apart from each other.
  [[nodiscard]] std::vector<ExcludedInterval> excluded(ReferenceId id);

  [[nodiscard]] std::vector<ReferenceEntry> list(const CatalogFilter& filter);
  [[nodiscard]] CatalogStats stats();

  [[nodiscard]] std::vector<ReferenceId> fingerprinted(AlgorithmId algorithm);
  [[nodiscard]] std::size_t fingerprints_of_other_algorithms(AlgorithmId algorithm);
  [[nodiscard]] std::optional<StoredFingerprint> fingerprint(ReferenceId id);

 private:
  [[nodiscard]] EpisodeId found_or_added_episode(const NewReference& reference);
  [[nodiscard]] ReferenceId insert(const NewReference& reference);
  [[nodiscard]] bool describe(ReferenceId id, const NewReference& reference);

  Database& database_;
};

}  // namespace reelprint::store
