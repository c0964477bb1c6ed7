// Conflicts between holders in the database.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "core/conflict.h"
#include "store/sqlite.h"

namespace reelprint::store {

/// Narrows a listing; zero and nothing do not narrow.
struct ConflictQuery {
  TenantId tenant;  ///< whose holder is on either side
  std::optional<ConflictState> state;
  ReferenceId reference;  ///< on either side
};

struct ConflictDecision {
  ConflictState state = ConflictState::both;
  std::string_view by;
  WallTime at;
  std::string_view reason;
};

/// The conflicts' part of Store, with its contract.
class Conflicts {
 public:
  explicit Conflicts(Database& database) : database_(database) {}

  /// Open; one between the same two that was decided before is open again.
  ConflictId add(const Conflict& conflict);
  [[nodiscard]] std::optional<Conflict> find(ConflictId id);
  /// By id, at most `limit` after `after`.
  [[nodiscard]] std::vector<Conflict> list(const ConflictQuery& query, ConflictId after, std::size_t limit);
  /// False when it is decided already, or there is none.
  bool decide(ConflictId id, const ConflictDecision& decision);
  /// Because the reference is retracted: its own claims are withdrawn, those against it kept (the decision's
  /// state is ignored). Returns the references that had claimed against it.
  std::vector<ReferenceId> close_all_of(ReferenceId reference, const ConflictDecision& decision);
  /// How many open ones keep the reference held.
  [[nodiscard]] std::size_t open_of(ReferenceId reference);

 private:
  Database& database_;
};

}  // namespace reelprint::store
