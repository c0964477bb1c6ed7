#include "index/trace.h"

namespace reelprint::index {

std::string_view to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::kept: return "kept";
    case Outcome::too_weak: return "too_weak";
    case Outcome::another_moment: return "another_moment";
    case Outcome::explained: return "explained";
    case Outcome::not_distinctive: return "not_distinctive";
  }
  return "unknown";
}

}  // namespace reelprint::index
