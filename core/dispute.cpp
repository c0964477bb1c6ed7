#include "core/dispute.h"

namespace reelprint {

std::string_view to_string(DisputeState state) {
  switch (state) {
    case DisputeState::open: return "open";
    case DisputeState::upheld: return "upheld";
    case DisputeState::rejected: return "rejected";
    case DisputeState::withdrawn: return "withdrawn";
  }
  return "unknown";
}

std::optional<DisputeState> dispute_state_of(std::string_view name) {
  for (const DisputeState state :
       {DisputeState::open, DisputeState::upheld, DisputeState::rejected, DisputeState::withdrawn})
    if (name == to_string(state)) return state;
  return std::nullopt;
}

}  // namespace reelprint
