#include "pipeline/case_handling.h"

#include <string>

#include "core/json_object.h"
#include "pipeline/case_teaching.h"
#include "store/case_rules.h"
#include "store/cases.h"
#include "store/disputes.h"
#include "store/events.h"
#include "store/notices.h"

namespace reelprint::pipeline {
namespace {

constexpr std::size_t kMostTold = 1000;  ///< in one transaction

void emit(store::Store& store, TenantId tenant, std::string_view type, const JsonObject& data, WallTime now) {
  store::Events(store.database()).emit({{}, tenant, std::string(type), data.str(), now});
}

void follow_dismissal(store::Store& store, const LegalCase& before, const CaseStep& step,
                      const rights::Policy& thresholds, const CaseActor& actor) {
  if (!clears_upload(step.reason)) return;
  const std::string why =
      "case " + std::to_string(before.id.value) + " was dismissed: " + std::string(to_string(step.reason));
  follow_settlement(store, {before.id, {}, step.reason, why}, thresholds, actor);
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
