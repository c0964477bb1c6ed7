// Bulk imports: many references announced at once.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "store/references.h"

namespace reelprint::store {

struct Import {
  ImportId id;  ///< ignored when it is added
  TenantId tenant;
  std::string name;  ///< as the caller named the document
  std::size_t rows = 0;
  std::string by;  ///< Principal::name
  WallTime at;
};

/// The imports' part of Store, with its contract.
class Imports {
 public:
  explicit Imports(Database& database) : database_(database) {}

  ImportId add(const Import& import);
  [[nodiscard]] std::optional<Import> find(ImportId id);
  /// By id, of `tenant` (zero: all), at most `limit` after `after`.
  [[nodiscard]] std::vector<Import> list(TenantId tenant, ImportId after, std::size_t limit);
  /// How many of its references are in which state.
  [[nodiscard]] std::map<ReferenceState, std::size_t> progress(ImportId id);

 private:
  Database& database_;
};

}  // namespace reelprint::store
