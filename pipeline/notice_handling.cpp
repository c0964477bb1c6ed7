#include "pipeline/notice_handling.h"

#include <optional>

#include "core/business_days.h"
#include "core/json_object.h"
#include "store/case_rules.h"
#include "store/cases.h"
#include "store/events.h"
#include "store/notices.h"

namespace reelprint::pipeline {
namespace {

// 17 U.S.C. 512(g)(2)(C): not less than 10, nor more than 14, business days after the counter-notice.
constexpr int kLeastDaysToPutBack = 10;
constexpr int kMostDaysToPutBack = 14;

WallTime after_business_days(WallTime from, int days, const CaseRules& rules) {
  return end_of(add_business_days(day_of(from), days, rules.holidays));
}

/// What is awaited from now on, and until when.
void set_deadlines(NoticeRecord& notice, NoticeState before, const CaseRules& rules, WallTime now) {
  if (notice.state == before) return;
  notice.due_at = {};
  if (notice.state == NoticeState::sent)
    notice.due_at = after_business_days(notice.sent_at, rules.acknowledgement_days, rules);
  if (notice.state != NoticeState::countered) return;
  const WallTime from = notice.answered_at == WallTime{} ? now : notice.answered_at;
  notice.put_back_from = after_business_days(from, kLeastDaysToPutBack, rules);
  notice.put_back_until = after_business_days(from, kMostDaysToPutBack, rules);
  notice.due_at = notice.put_back_from;
}

std::optional<CaseStep> step_for(NoticeState state, NoticeState before) {
  const auto step = [](CaseState to, CaseReason reason) {
    return CaseStep{to, reason, "", CaseMover::service};
  };
  switch (state) {
    case NoticeState::sent: return step(CaseState::noticed, CaseReason::none);
    case NoticeState::removed: return step(CaseState::removed, CaseReason::taken_down);
    case NoticeState::countered: return step(CaseState::countered, CaseReason::counter_notice);
    case NoticeState::withdrawn:
      return was_sent(before) ? std::optional(step(CaseState::confirmed, CaseReason::withdrawn))
                              : std::nullopt;
    default: return std::nullopt;
  }
}

void follow(store::Store& store, const NoticeRecord& notice, NoticeState before, const CaseActor& actor) {
  store::Cases cases(store.database());
  const auto step = is_claim(notice.kind) ? step_for(notice.state, before) : std::nullopt;
  for (const CaseId id : notice.cases) {
    JsonObject detail;
    detail.number("notice", notice.id.value).text("state", to_string(notice.state));
    cases.note(id, {0, id, actor.now, std::string(actor.name), "notice", detail.str()});
    const auto one = cases.find(id);
    if (!one) continue;
    if (notice.state == NoticeState::withdrawn && is_claim(notice.kind) && one->is_retraction_due)
      cases.set_retraction_due(id, false, actor.name, actor.now);
    if (step && why_not(one->state, *step).empty()) cases.take(id, *step, actor.name, actor.now);
  }
}

}  // namespace

std::string why_not_approved(store::Store& store, const NoticeRecord& notice, const CaseActor& actor) {
  store::Cases cases(store.database());
  for (const CaseId id : notice.cases) {
    const auto one = cases.find(id);
    const bool is_ready = one && one->state != CaseState::open && one->state != CaseState::dismissed &&
                          one->state != CaseState::closed;
    if (!is_ready)
      return "case " + std::to_string(id.value) + " is " +
             (one ? std::string(to_string(one->state)) : "gone") + ": confirm it first";
  }
  const bool needs_two = store::case_rules(store.database()).two_persons_notice;
  if (needs_two && notice.drafted_by == actor.name)
    return "by the two-person rule another person than who drafted it must approve it";
  return "";
}

bool put_notice(store::Store& store, NoticeRecord notice, NoticeState before, const CaseActor& actor) {
  set_deadlines(notice, before, store::case_rules(store.database()), actor.now);
  if (!store::Notices(store.database()).update(notice)) return false;
  if (notice.state != before) follow(store, notice, before, actor);
  JsonObject data;
  data.number("notice", notice.id.value).text("state", to_string(notice.state));
  store::Events(store.database()).emit({{}, notice.tenant, "notice.changed", data.str(), actor.now});
  return true;
}

}  // namespace reelprint::pipeline
