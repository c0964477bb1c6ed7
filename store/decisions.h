// What was decided about uploads, holder by holder, in the database.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/screening_request.h"
#include "store/sqlite.h"

namespace reelprint::store {

/// Narrows a listing; empty fields do not narrow.
struct DecisionFilter {
  HolderId holder{};
  TenantId holder_tenant{};  ///< whose holder it is
  TenantId tenant{};         ///< that asked for the screening
  std::optional<DecisionState> state{};
  std::optional<Decision> decision{};
  ReferenceId reference{};  ///< that it rests on
  RequestId request{};
  std::optional<WallTime> from{};   ///< decided at or after
  std::optional<WallTime> until{};  ///< decided before
};

/// How much a reference matches.
struct ReferenceReach {
  std::size_t uploads = 0;
  std::size_t accounts = 0;  ///< that these came from
};

/// The decisions' part of Store, with its contract.
class Decisions {
 public:
  explicit Decisions(Database& database) : database_(database) {}

  /// Adds an active one; the one of the same request and holder that was active is superseded.
  DecisionId add(const UploadDecision& decision);
  /// False when it is not active.
  bool release(DecisionId id, std::string_view by, std::string_view why, WallTime now);
  /// The active one of a holder counts no more, and none comes in its place.
  void supersede(RequestId request, HolderId holder);
  [[nodiscard]] std::optional<UploadDecision> find(DecisionId id);
  /// At most `limit` with a smaller id than `before` (zero: the newest), the newest first.
  [[nodiscard]] std::vector<UploadDecision> list(const DecisionFilter& filter, DecisionId before,
                                                 std::size_t limit);
  /// Whose a holder is; zero: nobody's, or there is none.
  [[nodiscard]] TenantId tenant_of(HolderId holder);

  /// By decisions since then; clear, licensed and retroactive ones left out.
  [[nodiscard]] ReferenceReach reach_of(ReferenceId reference, WallTime since);
  /// How many uploads were screened since then.
  [[nodiscard]] std::size_t screened_since(WallTime since);
  /// It is not quarantined again before then.
  void pardon(ReferenceId reference, WallTime until);
  [[nodiscard]] bool is_pardoned(ReferenceId reference, WallTime now);

 private:
  [[nodiscard]] UploadDecision decision_in(const Statement& row);

  Database& database_;
};

}  // namespace reelprint::store
