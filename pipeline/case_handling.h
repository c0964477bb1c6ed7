// What the legal team does with a case, and what follows from it.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/case_rules.h"
#include "core/case_steps.h"
#include "rights/judge.h"
#include "store/store.h"

namespace reelprint::pipeline {

/// Who acts, and when.
struct CaseActor {
  std::string_view name;  ///< Principal::name
  WallTime now;
};

enum class CaseTaken : std::uint8_t {
  done,
  proposed,            ///< by the two-person rule another person has to do the same
  needs_other_person,  ///< who proposed it cannot take it; nothing changed
};

/// Takes a case on as a person. A dismissal that clears the upload rules again on what the case rests on, so
/// that its decisions are released and everybody told, and puts references that are dismissed often into
/// quarantine (event "reference.often_dismissed"). Inside a transaction. Throws what Cases::take throws.
CaseTaken take_case(store::Store& store, CaseId id, const CaseStep& step, const rights::Policy& thresholds,
                    const CaseActor& actor);

/// Tells of disputes and notices whose time is over, each once: "dispute.overdue", "notice.overdue". A
/// transaction of its own; takes no lock when nothing is due. Returns how many. Call it every minute or so.
std::size_t tell_overdue(store::Store& store, WallTime now);

}  // namespace reelprint::pipeline
