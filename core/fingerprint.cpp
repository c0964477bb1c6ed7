#include "core/fingerprint.h"

namespace reelprint {

std::string_view to_string(Effort effort) {
  switch (effort) {
    case Effort::fast: return "fast";
    case Effort::standard: return "standard";
    case Effort::deep: return "deep";
  }
  return "unknown";
}

std::optional<Effort> effort_of(std::string_view name) {
  for (const Effort effort : {Effort::fast, Effort::standard, Effort::deep}) {
    if (name == to_string(effort)) return effort;
  }
  return std::nullopt;
}

}  // namespace reelprint
