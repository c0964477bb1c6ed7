#include "pipeline/case_handling.h"

#include <set>
#include <string>

#include "core/json_object.h"
#include "pipeline/quarantine.h"
#include "pipeline/upload_outcome.h"
#include "store/audit.h"
#include "store/case_rules.h"
#include "store/cases.h"
#include "store/decisions.h"
#include "store/disputes.h"
#include "store/events.h"
#include "store/notices.h"
#include "store/settled_pairs.h"

namespace reelprint::pipeline {
namespace {

constexpr std::size_t kMostTold = 1000;  ///< in one transaction

void emit(store::Store& store, TenantId tenant, std::string_view type, const JsonObject& data, WallTime now) {
  store::Events(store.database()).emit({{}, tenant, std::string(type), data.str(), now});
}

struct Basis {
  std::set<RequestId> uploads;
  std::set<ReferenceId> references;
};

Basis basis_of(store::Store& store, const LegalCase& one) {
  Basis basis;
  store::Decisions decisions(store.database());
  for (const DecisionId id : one.decisions)
    if (const auto decision = decisions.find(id)) {
      basis.uploads.insert(decision->request);
      basis.references.insert(decision->references.begin(), decision->references.end());
    }
  return basis;
}

void flag_if_often_dismissed(store::Store& store, ReferenceId reference, const rights::Policy& thresholds,
                             const CaseActor& actor) {
  const CaseRules rules = store::case_rules(store.database());
  const auto verdicts = store::SettledPairs(store.database()).verdicts_of(reference, rules.flag_of);
  if (rules.flag_dismissals == 0 || verdicts.dismissed < rules.flag_dismissals) return;
  store::Decisions decisions(store.database());
  if (decisions.is_pardoned(reference, actor.now)) return;
  const auto entry = store.reference(reference);
  const std::string why = "dismissed in " + std::to_string(verdicts.dismissed) + " of its latest " +
                          std::to_string(verdicts.judged) + " cases";
  if (!entry || !quarantine(store, reference, why, thresholds, actor.name, actor.now)) return;
  const TenantId tenant = decisions.tenant_of(entry->holder.id);
  JsonObject data;
  data.number("reference", reference.value)
      .number("holder", entry->holder.id.value)
      .text("series", entry->series.name)
      .number("dismissed", verdicts.dismissed)
      .number("judged", verdicts.judged);
  emit(store, tenant, "reference.often_dismissed", data, actor.now);
  store::AuditEntry note;
  note.at = actor.now;
  note.actor = actor.name;
  note.tenant = tenant;
  note.action = "reference.quarantine";
  note.object = "reference " + std::to_string(reference.value);
  note.detail = JsonObject().text("reason", why).str();
  store::Audit(store.database()).append(note);
}

void follow_dismissal(store::Store& store, const LegalCase& before, const CaseStep& step,
                      const rights::Policy& thresholds, const CaseActor& actor) {
  if (!clears_upload(step.reason)) return;
  const Basis basis = basis_of(store, before);
  const std::string why =
      "case " + std::to_string(before.id.value) + " was dismissed: " + std::string(to_string(step.reason));
  for (const RequestId upload : basis.uploads)
    (void)rule_again(store, upload, thresholds, actor.name, why, actor.now);
  for (const ReferenceId reference : basis.references)
    flag_if_often_dismissed(store, reference, thresholds, actor);
}

}  // namespace

CaseTaken take_case(store::Store& store, CaseId id, const CaseStep& step, const rights::Policy& thresholds,
                    const CaseActor& actor) {
  store::Cases cases(store.database());
  const auto before = cases.find(id);
  const CaseRules rules = store::case_rules(store.database());
  if (before && step.to == CaseState::confirmed && step.mover == CaseMover::person &&
      rules.two_persons_confirm) {
    const auto& proposal = before->proposal;
    if (!proposal || proposal->state != step.to) {
      cases.propose(id, {step.to, step.reason, step.remark, std::string(actor.name), actor.now});
      return CaseTaken::proposed;
    }
    if (proposal->by == actor.name) return CaseTaken::needs_other_person;
  }
  cases.take(id, step, actor.name, actor.now);
  if (step.to == CaseState::dismissed) follow_dismissal(store, *before, step, thresholds, actor);
  return CaseTaken::done;
}

std::size_t tell_overdue(store::Store& store, WallTime now) {
  store::Disputes disputes(store.database());
  store::Notices notices(store.database());
  if (!disputes.has_overdue(now) && !notices.has_overdue(now)) return 0;
  store::Transaction change(store.database(), store::Transaction::Kind::write);
  const auto late_disputes = disputes.newly_overdue(now, kMostTold);
  for (const Dispute& dispute : late_disputes) {
    const auto in_case = store::Cases(store.database()).find(dispute.in_case);
    JsonObject data;
    data.number("dispute", dispute.id.value)
        .number("case", dispute.in_case.value)
        .number("decision", dispute.decision.value)
        .text("due_at", to_rfc3339(dispute.due_at));
    emit(store, in_case ? in_case->tenant : TenantId{}, "dispute.overdue", data, now);
  }
  const auto late_notices = notices.newly_overdue(now, kMostTold);
  for (const NoticeRecord& notice : late_notices) {
    JsonObject data;
    data.number("notice", notice.id.value)
        .text("state", to_string(notice.state))
        .text("due_at", to_rfc3339(notice.due_at));
    emit(store, notice.tenant, "notice.overdue", data, now);
  }
  change.commit();
  return late_disputes.size() + late_notices.size();
}

}  // namespace reelprint::pipeline
