// What changed in the catalog since somebody looked last.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/ids.h"
#include "store/sqlite.h"

namespace reelprint::store {

/// What has to be read again.
struct CatalogChanges {
  std::int64_t latest = 0;              ///< to ask with the next time
  std::vector<ReferenceId> references;  ///< added, removed, or described otherwise; ascending
  bool negatives = false;
};

/// Follows the catalog on one connection, with Store's contract. Triggers note the changes, so that it does
/// not matter who makes them.
class CatalogFollower {
 public:
  explicit CatalogFollower(Database& database) : database_(database) {}

  /// A number that differs when another connection has committed anything since this was asked last. Costs
  /// nothing.
  [[nodiscard]] std::int64_t data_version();
  /// The number of the last change; 0: there was none.
  [[nodiscard]] std::int64_t latest();
  /// What changed after the change `after`; nothing when that is so long ago that it is forgotten: everything
  /// has to be read again.
  [[nodiscard]] std::optional<CatalogChanges> since(std::int64_t after);

 private:
  Database& database_;
};

}  // namespace reelprint::store
