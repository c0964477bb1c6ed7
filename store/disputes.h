// Disputes and appeals, in the database.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "core/dispute.h"
#include "store/sqlite.h"

namespace reelprint::store {

/// Narrows a listing; empty fields do not narrow.
struct DisputeFilter {
  TenantId tenant{};         ///< that brought it
  TenantId holder_tenant{};  ///< of the case
  CaseId in_case{};
  std::optional<DisputeState> state{};
};

/// The disputes' part of Store, with its contract.
class Disputes {
 public:
  explicit Disputes(Database& database) : database_(database) {}

  /// An open one; id, state and what comes later are ignored. Nothing when one about the decision is open
  /// already, or the dispute was appealed against before.
  std::optional<DisputeId> add(const Dispute& dispute);
  [[nodiscard]] std::optional<Dispute> find(DisputeId id);
  [[nodiscard]] std::optional<Dispute> appeal_against(DisputeId id);
  /// At most `limit` with a smaller id than `before` (zero: the newest), the newest first.
  [[nodiscard]] std::vector<Dispute> list(const DisputeFilter& filter, DisputeId before, std::size_t limit);
  /// False when it is not open.
  bool decide(DisputeId id, DisputeState outcome, std::string_view why, std::string_view by, WallTime now);
  [[nodiscard]] bool has_overdue(WallTime now);
  /// Open ones whose time is over and that nobody was told of; each is told once.
  [[nodiscard]] std::vector<Dispute> newly_overdue(WallTime now, std::size_t limit);

 private:
  Database& database_;
};

}  // namespace reelprint::store
