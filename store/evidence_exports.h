// What was exported, so that the same export can be made again to the byte.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/ids.h"
#include "core/sha256.h"
#include "store/sqlite.h"

namespace reelprint::store {

/// An export of a case at its recorded time.
struct EvidenceExport {
  CaseId in_case{};
  WallTime made_at{};
  std::string made_by{};
  AuditId last_audit{};         ///< the last entry of the audit log that it may show
  std::int64_t last_event = 0;  ///< the last entry of the case's history that it may show
  std::string clock_source{};

  friend bool operator==(const EvidenceExport&, const EvidenceExport&) = default;
};

/// Exports' part of Store, with its contract.
class EvidenceExports {
 public:
  explicit EvidenceExports(Database& database) : database_(database) {}

  /// Throws Error{invalid_input} when there is one of this case and time.
  void add(const EvidenceExport& made);
  [[nodiscard]] std::optional<EvidenceExport> find(CaseId in_case, WallTime made_at);

  /// The time stamp over a tree's root that an authority gave; the first one stays.
  void keep_time_stamp(const Sha256& root, const std::string& authority, const std::string& token,
                       WallTime now);
  [[nodiscard]] std::optional<std::string> time_stamp(const Sha256& root);

 private:
  Database& database_;
};

}  // namespace reelprint::store
