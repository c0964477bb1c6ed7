// Disputes of the accused, from the first word to the outcome.
#pragma once

#include <optional>
#include <string>

#include "core/dispute.h"
#include "pipeline/case_handling.h"
#include "store/store.h"

namespace reelprint::pipeline {

/// What somebody has to say against a decision.
struct NewDispute {
  DecisionId decision{};
  TenantId tenant{};  ///< that brings it
  std::string statement{};
  std::string contact{};
};

/// Files it with the case of the decision (which is opened if there is none) and tells its holder:
/// "dispute.opened". Nothing when the decision does not accuse, or is disputed already. Inside a
/// transaction, as below.
std::optional<DisputeId> open_dispute(store::Store& store, const NewDispute& dispute, const CaseActor& actor);
/// Against one that was rejected, once; nothing otherwise.
std::optional<DisputeId> appeal(store::Store& store, const Dispute& rejected, const std::string& statement,
                                const CaseActor& actor);
struct DisputeOutcome {
  DisputeState state = DisputeState::rejected;
  std::string why{};
};

/// Upheld releases the decision, which closes a case that rests on nothing else; the match is not raised
/// again, other decisions about the same upload are ruled on again, and it counts as a dismissal of the
/// references (case_teaching.h). Both sides are told: "dispute.decided". False when it is not open.
bool decide_dispute(store::Store& store, const Dispute& dispute, const DisputeOutcome& outcome,
                    const rights::Policy& thresholds, const CaseActor& actor);

}  // namespace reelprint::pipeline
