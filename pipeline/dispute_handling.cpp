#include "pipeline/dispute_handling.h"

#include <chrono>

#include "core/json_object.h"
#include "pipeline/case_filing.h"
#include "pipeline/case_teaching.h"
#include "pipeline/release.h"
#include "store/case_rules.h"
#include "store/cases.h"
#include "store/decisions.h"
#include "store/disputes.h"
#include "store/events.h"
#include "store/screening_requests.h"
#include "store/settled_pairs.h"

namespace reelprint::pipeline {
namespace {

/// Statement and contact stay out: who needs them asks for the dispute.
std::string data_of(const Dispute& dispute) {
  JsonObject data;
  data.number("dispute", dispute.id.value)
      .number("case", dispute.in_case.value)
      .number("decision", dispute.decision.value)
      .text("state", to_string(dispute.state))
      .flag("appeal", dispute.appeal_of != DisputeId{})
      .text("due_at", to_rfc3339(dispute.due_at));
  return data.str();
}

void tell(store::Store& store, const Dispute& dispute, std::string_view type, const CaseActor& actor) {
  store::Cases cases(store.database());
  const auto in_case = cases.find(dispute.in_case);
  const TenantId holder = in_case ? in_case->tenant : TenantId{};
  store::Events events(store.database());
  const std::string data = data_of(dispute);
  events.emit({{}, holder, std::string(type), data, actor.now});
  if (dispute.tenant != holder) events.emit({{}, dispute.tenant, std::string(type), data, actor.now});
  JsonObject detail;
  detail.number("dispute", dispute.id.value)
      .number("decision", dispute.decision.value)
      .text("state", to_string(dispute.state));
  cases.note(dispute.in_case,
             {0, dispute.in_case, actor.now, std::string(actor.name), "dispute", detail.str()});
}

std::optional<CaseId> case_for(store::Store& store, const UploadDecision& decision, WallTime now) {
  if (const auto known = store::Cases(store.database()).of_decision(decision.id)) return known;
  const auto request = store::ScreeningRequests(store.database()).find(decision.request);
  if (!request) return std::nullopt;
  const CaseId made = file_decision(store, *request, decision, now);
  return made == CaseId{} ? std::nullopt : std::optional(made);
}

std::optional<DisputeId> add(store::Store& store, Dispute dispute, const CaseActor& actor) {
  const auto days = std::chrono::days(store::case_rules(store.database()).dispute_days);
  dispute.opened_by = actor.name;
  dispute.opened_at = actor.now;
  dispute.due_at = actor.now + days;
  const auto id = store::Disputes(store.database()).add(dispute);
  if (!id) return std::nullopt;
  dispute.id = *id;
  tell(store, dispute, "dispute.opened", actor);
  return id;
}

bool accuses(const UploadDecision& decision) {
  const Decision what = decision.ruling.decision;
  return decision.state == DecisionState::active &&
         (what == Decision::infringing || what == Decision::needs_review);
}

}  // namespace

std::optional<DisputeId> open_dispute(store::Store& store, const NewDispute& dispute,
                                      const CaseActor& actor) {
  const auto decision = store::Decisions(store.database()).find(dispute.decision);
  if (!decision || !accuses(*decision)) return std::nullopt;
  const auto in_case = case_for(store, *decision, actor.now);
  if (!in_case) return std::nullopt;
  Dispute made;
  made.in_case = *in_case;
  made.decision = dispute.decision;
  made.tenant = dispute.tenant;
  made.statement = dispute.statement;
  made.contact = dispute.contact;
  return add(store, std::move(made), actor);
}

std::optional<DisputeId> appeal(store::Store& store, const Dispute& rejected, const std::string& statement,
                                const CaseActor& actor) {
  if (rejected.state != DisputeState::rejected || rejected.appeal_of != DisputeId{}) return std::nullopt;
  Dispute made;
  made.in_case = rejected.in_case;
  made.decision = rejected.decision;
  made.tenant = rejected.tenant;
  made.appeal_of = rejected.id;
  made.statement = statement;
  made.contact = rejected.contact;
  return add(store, std::move(made), actor);
}

bool decide_dispute(store::Store& store, const Dispute& dispute, const DisputeOutcome& outcome,
                    const rights::Policy& thresholds, const CaseActor& actor) {
  if (!store::Disputes(store.database())
           .decide(dispute.id, outcome.state, outcome.why, actor.name, actor.now))
    return false;
  Dispute decided = dispute;
  decided.state = outcome.state;
  tell(store, decided, "dispute.decided", actor);
  if (outcome.state != DisputeState::upheld) return true;
  store::SettledPairs(store.database())
      .learn(dispute.in_case, dispute.decision, CaseReason::withdrawn, actor.now);
  const std::string note = "dispute " + std::to_string(dispute.id.value) + " was upheld: " + outcome.why;
  (void)release_decision(store, dispute.decision, {actor.name, note, actor.now});
  follow_settlement(store, {dispute.in_case, dispute.decision, CaseReason::withdrawn, note}, thresholds,
                    actor);
  return true;
}

}  // namespace reelprint::pipeline
