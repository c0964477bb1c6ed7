#include "pipeline/case_teaching.h"

#include <set>
#include <string>

#include "core/json_object.h"
#include "pipeline/quarantine.h"
#include "pipeline/upload_outcome.h"
#include "store/audit.h"
#include "store/case_rules.h"
#include "store/cases.h"
#include "store/decisions.h"
#include "store/events.h"
#include "store/settled_pairs.h"

namespace reelprint::pipeline {
namespace {

constexpr std::size_t kMostUploads = 10'000;  ///< that are ruled on again in one transaction

std::set<ReferenceId> references_of(store::Store& store, const SettledClaim& claim) {
  std::vector<DecisionId> rests_on{claim.decision};
  if (claim.decision == DecisionId{}) {
    const auto one = store::Cases(store.database()).find(claim.in_case);
    rests_on = one ? one->decisions : std::vector<DecisionId>{};
  }
  std::set<ReferenceId> references;
  store::Decisions decisions(store.database());
  for (const DecisionId id : rests_on)
    if (const auto decision = decisions.find(id))
      references.insert(decision->references.begin(), decision->references.end());
  return references;
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
  store::Events(store.database()).emit({{}, tenant, "reference.often_dismissed", data.str(), actor.now});
  store::AuditEntry note;
  note.at = actor.now;
  note.actor = actor.name;
  note.tenant = tenant;
  note.action = "reference.quarantine";
  note.object = "reference " + std::to_string(reference.value);
  note.detail = JsonObject().text("reason", why).str();
  store::Audit(store.database()).append(note);
}

}  // namespace

void follow_settlement(store::Store& store, const SettledClaim& claim, const rights::Policy& thresholds,
                       const CaseActor& actor) {
  const auto references = references_of(store, claim);
  store::SettledPairs pairs(store.database());
  for (const RequestId upload :
       pairs.uploads_alike(claim.in_case, claim.decision, claim.reason, kMostUploads))
    (void)rule_again(store, upload, thresholds, actor.name, claim.why, actor.now);
  for (const ReferenceId reference : references) flag_if_often_dismissed(store, reference, thresholds, actor);
}

}  // namespace reelprint::pipeline
