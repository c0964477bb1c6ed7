#include "core/policy.h"

namespace reelprint {

std::string_view to_string(Action action) {
  switch (action) {
    case Action::none: return "none";
    case Action::track: return "track";
    case Action::monetize: return "monetize";
    case Action::review: return "review";
    case Action::block: return "block";
  }
  return "unknown";
}

std::optional<Action> action_of(std::string_view name) {
  for (const Action action : {Action::none, Action::track, Action::monetize, Action::review, Action::block})
    if (name == to_string(action)) return action;
  return std::nullopt;
}

std::string_view to_string(Modality modality) {
  switch (modality) {
    case Modality::any: return "any";
    case Modality::picture: return "picture";
    case Modality::picture_and_sound: return "picture_and_sound";
  }
  return "unknown";
}

std::optional<Modality> modality_of(std::string_view name) {
  for (const Modality modality : {Modality::any, Modality::picture, Modality::picture_and_sound})
    if (name == to_string(modality)) return modality;
  return std::nullopt;
}

}  // namespace reelprint
