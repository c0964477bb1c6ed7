#include "core/conflict.h"

namespace reelprint {

std::string_view to_string(ConflictState state) {
  switch (state) {
    case ConflictState::open: return "open";
    case ConflictState::kept: return "kept";
    case ConflictState::withdrawn: return "withdrawn";
    case ConflictState::both: return "both";
  }
  return "unknown";
}

std::optional<ConflictState> conflict_state_of(std::string_view name) {
  for (const ConflictState state :
       {ConflictState::open, ConflictState::kept, ConflictState::withdrawn, ConflictState::both}) {
    if (name == to_string(state)) return state;
  }
  return std::nullopt;
}

}  // namespace reelprint
