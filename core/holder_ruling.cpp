#include "core/holder_ruling.h"

namespace reelprint {

std::string_view to_string(StepKind kind) {
  switch (kind) {
    case StepKind::excluded: return "excluded";
    case StepKind::ownership: return "ownership";
    case StepKind::evidence: return "evidence";
    case StepKind::quarantine: return "quarantine";
    case StepKind::dismissal: return "dismissal";
    case StepKind::allow: return "allow";
    case StepKind::licence: return "licence";
    case StepKind::policy: return "policy";
  }
  return "unknown";
}

std::optional<StepKind> step_kind_of(std::string_view name) {
  for (const StepKind kind :
       {StepKind::excluded, StepKind::ownership, StepKind::evidence, StepKind::quarantine,
        StepKind::dismissal, StepKind::allow, StepKind::licence, StepKind::policy})
    if (name == to_string(kind)) return kind;
  return std::nullopt;
}

}  // namespace reelprint
