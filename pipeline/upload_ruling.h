// Rules on an upload by what is on record now, and keeps what that comes to.
#pragma once

#include <utility>
#include <vector>

#include "core/screening.h"
#include "core/screening_request.h"
#include "rights/ruling.h"
#include "store/store.h"

namespace reelprint::pipeline {

/// What a screening comes to, holder by holder, each with the references that its ruling rests on.
struct UploadRuling {
  Verdict verdict;
  std::vector<UploadDecision> decisions;  ///< ids are zero
};

/// Gathers the holders' licences, policies, allow lists, ownerships and excluded seconds from the store, and
/// rules. What is retracted, held or gone counts for nothing. Inside a transaction it sees one state.
[[nodiscard]] UploadRuling rule_on(store::Store& store, const Screening& screening,
                                   const ScreeningRequest& request, WallTime now,
                                   const rights::Policy& thresholds);

/// What all decisions of an upload that count come to: the strongest action, and of equal ones the heaviest
/// decision.
[[nodiscard]] std::pair<Decision, Action> outcome_of(store::Store& store, RequestId request);

}  // namespace reelprint::pipeline
