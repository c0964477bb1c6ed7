// What persons and events do to a case.
#include "core/error.h"
#include "core/json_object.h"
#include "store/cases.h"
#include "store/cases_statements.h"
#include "store/columns.h"
#include "store/events.h"
#include "store/notices.h"
#include "store/settled_pairs.h"

namespace reelprint::store {
namespace {

using namespace statements;

[[noreturn]] void refuse(CaseId id, const std::string& why) {
  throw Error(ErrorCode::invalid_input, "change case " + std::to_string(id.value) + ": " + why);
}

/// A notice may have been sent.
bool is_noticed(CaseState state) {
  return state == CaseState::noticed || state == CaseState::removed || state == CaseState::countered;
}

bool is_over(CaseState state) {
  return state == CaseState::dismissed || state == CaseState::closed;
}

std::string reasoned(CaseState from, const CaseStep& step) {
  JsonObject detail;
  detail.text("from", to_string(from)).text("to", to_string(step.to)).text("reason", to_string(step.reason));
  if (!step.remark.empty()) detail.text("remark", step.remark);
  return detail.str();
}

}  // namespace

LegalCase Cases::wanted(CaseId id) {
  auto found = find(id);
  if (!found)
    throw Error(ErrorCode::not_found, "change case " + std::to_string(id.value) + ": there is none");
  return *std::move(found);
}

void Cases::record(CaseId id, std::string_view what, std::string detail, std::string_view actor,
                   WallTime now) {
  note(id, {0, id, now, std::string(actor), std::string(what), std::move(detail)});
}

void Cases::tell(CaseId id, std::string_view type, std::string_view what, WallTime now) {
  const LegalCase is = wanted(id);
  JsonObject data;
  data.number("case", id.value)
      .number("holder", is.holder.value)
      .text("platform", is.platform)
      .text("account", is.account)
      .text("state", to_string(is.state))
      .text("reason", to_string(is.reason))
      .text("change", what)
      .flag("retraction_due", is.is_retraction_due);
  Events(database_).emit({{}, is.tenant, std::string(type), data.str(), now});
}

void Cases::change_state(const LegalCase& before, const CaseStep& step, std::string_view actor,
                         WallTime now) {
  if (const std::string why = why_not(before.state, step); !why.empty()) refuse(before.id, why);
  database_.run(kMoveCase, before.id.value, to_string(step.to), to_string(step.reason), step.remark,
                microseconds_of(now));
  record(before.id, "state", reasoned(before.state, step), actor, now);
  SettledPairs pairs(database_);
  if (step.to == CaseState::dismissed) pairs.learn(before.id, step.reason, now);
  if (step.to == CaseState::confirmed) pairs.note_verdict(before.id, CaseState::confirmed, now);
  if (before.state == CaseState::dismissed) pairs.unlearn(before.id);
}

void Cases::take(CaseId id, const CaseStep& step, std::string_view actor, WallTime now) {
  Transaction change(database_, Transaction::Kind::write);
  change_state(wanted(id), step, actor, now);
  tell(id, "case.changed", "state", now);
  change.commit();
}

void Cases::propose(CaseId id, const CaseProposal& proposal) {
  Transaction change(database_, Transaction::Kind::write);
  const LegalCase before = wanted(id);
  const CaseStep step{proposal.state, proposal.reason, proposal.remark, CaseMover::person};
  if (const std::string why = why_not(before.state, step); !why.empty()) refuse(id, why);
  database_.run(kProposeForCase, id.value, to_string(proposal.state), to_string(proposal.reason),
                proposal.remark, proposal.by, microseconds_of(proposal.at));
  record(id, "proposal", reasoned(before.state, step), proposal.by, proposal.at);
  tell(id, "case.changed", "proposal", proposal.at);
  change.commit();
}

void Cases::drop_proposal(CaseId id, std::string_view actor, WallTime now) {
  Transaction change(database_, Transaction::Kind::write);
  if (!wanted(id).proposal) refuse(id, "nothing is proposed");
  database_.run(kProposeForCase, id.value, "", "none", "", "", microseconds_of(now));
  record(id, "proposal", JsonObject().null("to").str(), actor, now);
  tell(id, "case.changed", "proposal", now);
  change.commit();
}

void Cases::assign(CaseId id, std::string_view assignee, std::string_view actor, WallTime now) {
  Transaction change(database_, Transaction::Kind::write);
  const LegalCase before = wanted(id);
  if (before.assignee == assignee) return;
  database_.run(kAssignCase, id.value, assignee, microseconds_of(now));
  record(id, "assignee", JsonObject().text("from", before.assignee).text("to", assignee).str(), actor, now);
  tell(id, "case.changed", "assignee", now);
  change.commit();
}

void Cases::set_retraction_due(CaseId id, bool is_due, std::string_view actor, WallTime now) {
  Transaction change(database_, Transaction::Kind::write);
  if (wanted(id).is_retraction_due == is_due) return;
  database_.run(kSetRetractionDue, id.value, is_due, microseconds_of(now));
  record(id, "retraction", JsonObject().flag("due", is_due).str(), actor, now);
  tell(id, "case.changed", "retraction", now);
  change.commit();
}

void Cases::let_go(CaseId id, DecisionId decision, std::string_view why, std::string_view actor,
                   WallTime now) {
  Transaction change(database_, Transaction::Kind::write);
  const LegalCase before = wanted(id);
  JsonObject detail;
  record(id, "decision", detail.number("released", decision.value).text("why", why).str(), actor, now);
  database_.run(kTouchCase, id.value, microseconds_of(now));
  if (!is_over(before.state) && size_of(id).decisions == 0)
    change_state(before, {CaseState::closed, CaseReason::withdrawn, std::string(why), CaseMover::service},
                 actor, now);
  tell(id, "case.changed", "decision", now);
  if (Notices(database_).names(decision)) set_retraction_due(id, true, actor, now);
  change.commit();
}

void Cases::merge(CaseId from, CaseId into, std::string_view actor, WallTime now) {
  Transaction change(database_, Transaction::Kind::write);
  const LegalCase source = wanted(from);
  const LegalCase target = wanted(into);
  if (from == into) refuse(from, "it cannot be merged with itself");
  if (source.holder != target.holder)
    refuse(from, "case " + std::to_string(into.value) + " is of another holder");
  if (is_over(source.state) || is_over(target.state)) refuse(from, "one of the two is over");
  if (is_noticed(source.state)) refuse(from, "a notice was sent: merge the other one into it");
  database_.run(kMoveDecisions, from.value, into.value);
  database_.run(kMoveSightings, from.value, into.value);
  change_state(source,
               {CaseState::closed, CaseReason::duplicate, "merged into case " + std::to_string(into.value),
                CaseMover::service},
               actor, now);
  record(from, "merge", JsonObject().number("into", into.value).str(), actor, now);
  record(into, "merge", JsonObject().number("from", from.value).str(), actor, now);
  database_.run(kTouchCase, into.value, microseconds_of(now));
  tell(from, "case.changed", "merge", now);
  tell(into, "case.changed", "merge", now);
  change.commit();
}

}  // namespace reelprint::store
