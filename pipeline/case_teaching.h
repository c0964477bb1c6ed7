// What follows when persons find that something was no infringement.
#pragma once

#include <string_view>

#include "pipeline/case_handling.h"
#include "store/store.h"

namespace reelprint::pipeline {

/// What a person has settled: a whole case, or one decision of it.
struct SettledClaim {
  CaseId in_case{};
  DecisionId decision{};  ///< zero: all of the case's
  CaseReason reason = CaseReason::none;
  std::string_view why{};
};

/// The pairs are settled in the store already. Rules again on every upload that they cover, also of other
/// cases, so that decisions are released, everybody is told and cases that rest on nothing close; and puts
/// references that are dismissed often into quarantine (event "reference.often_dismissed"). Inside a
/// transaction.
void follow_settlement(store::Store& store, const SettledClaim& claim, const rights::Policy& thresholds,
                       const CaseActor& actor);

}  // namespace reelprint::pipeline
