#include "core/catalog.h"

namespace reelprint {

std::string_view to_string(ReferenceState state) {
  switch (state) {
    case ReferenceState::active: return "active";
    case ReferenceState::pending: return "pending";
    case ReferenceState::held: return "held";
    case ReferenceState::quarantined: return "quarantined";
    case ReferenceState::retracted: return "retracted";
    case ReferenceState::failed: return "failed";
  }
  return "unknown";
}

std::optional<ReferenceState> reference_state_of(std::string_view name) {
  for (const ReferenceState state :
       {ReferenceState::active, ReferenceState::pending, ReferenceState::held, ReferenceState::quarantined,
        ReferenceState::retracted, ReferenceState::failed}) {
    if (name == to_string(state)) return state;
  }
  return std::nullopt;
}

std::string to_text(const Episode& episode) {
  const std::string number = "episode " + std::to_string(episode.number);
  return episode.season == 1 ? number : "season " + std::to_string(episode.season) + " " + number;
}

}  // namespace reelprint
