#include "core/match.h"

namespace reelprint {

std::string_view to_string(FoundBy found_by) {
  switch (found_by) {
    case FoundBy::hashes: return "hashes";
    case FoundBy::features: return "features";
    case FoundBy::sound: return "sound";
  }
  return "unknown";
}

std::optional<FoundBy> found_by_of(std::string_view name) {
  for (const FoundBy found_by : {FoundBy::hashes, FoundBy::features, FoundBy::sound}) {
    if (name == to_string(found_by)) return found_by;
  }
  return std::nullopt;
}

}  // namespace reelprint
