// What a match points at, as a person would call it.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <span>
#include <string>

#include "core/catalog.h"
#include "core/match.h"
#include "store/store.h"

namespace reelprint::pipeline {

/// Names what a match points at, for the verdict's reasons.
class WorkNames {
 public:
  virtual ~WorkNames() = default;
  [[nodiscard]] virtual std::string work_of(const Match& match) const = 0;
};

/// Reads the names from a store once; later changes are not seen. A copy shares what it holds, and costs a
/// pointer for every few hundred references.
class StoredWorkNames final : public WorkNames {
 public:
  explicit StoredWorkNames(const store::Store& store);
  [[nodiscard]] std::string work_of(const Match& match) const override;
  /// Everything known of a match's reference; nothing if it was removed meanwhile.
  [[nodiscard]] const ReferenceEntry* entry_of(ReferenceId reference) const;

  /// Reads these again.
  void refresh(const store::Store& store, std::span<const ReferenceId> references);

 private:
  using Part = std::map<ReferenceId, ReferenceEntry>;

  std::map<std::int64_t, std::shared_ptr<const Part>> parts_;  ///< by a range of ids; immutable
};

}  // namespace reelprint::pipeline
