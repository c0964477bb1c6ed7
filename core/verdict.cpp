#include "core/verdict.h"

namespace reelprint {

std::string_view to_string(Decision decision) {
  switch (decision) {
    case Decision::clear: return "clear";
    case Decision::needs_review: return "needs_review";
    case Decision::licensed: return "licensed";
    case Decision::infringing: return "infringing";
  }
  return "unknown";
}

std::optional<Decision> decision_of(std::string_view name) {
  for (const Decision decision :
       {Decision::clear, Decision::needs_review, Decision::licensed, Decision::infringing}) {
    if (name == to_string(decision)) return decision;
  }
  return std::nullopt;
}

}  // namespace reelprint
