#include "api/case_models.h"

#include <boost/json.hpp>

#include "api/match_json.h"
#include "api/screening_models.h"
#include "api/webhook_json.h"
#include "core/case_steps.h"
#include "store/decisions.h"
#include "store/disputes.h"
#include "store/notices.h"
#include "store/sightings.h"

namespace reelprint::api {
namespace {

namespace json = boost::json;

constexpr std::size_t kMostShown = 1000;  ///< decisions, sightings, notices and disputes of one case, each

json::value id_or_null(std::int64_t id) {
  return id == 0 ? json::value(nullptr) : json::value(id);
}

json::value proposal_json(const std::optional<CaseProposal>& proposal) {
  if (!proposal) return nullptr;
  return {{"state", to_string(proposal->state)},
          {"reason", to_string(proposal->reason)},
          {"remark", text_or_null(proposal->remark)},
          {"by", proposal->by},
          {"at", to_rfc3339(proposal->at)}};
}

json::array next_json(CaseState from) {
  json::array steps;
  for (const CaseState to : next_states(from)) {
    json::array reasons;
    for (const CaseReason reason : reasons_for(from, to)) reasons.emplace_back(to_string(reason));
    steps.push_back({{"state", to_string(to)}, {"reasons", std::move(reasons)}});
  }
  return steps;
}

json::array decisions_json(const LegalCase& one, store::Store& store) {
  store::Decisions decisions(store.database());
  json::array array;
  for (const DecisionId id : one.decisions) {
    if (array.size() == kMostShown) break;
    if (const auto decision = decisions.find(id)) array.push_back(decision_json(*decision));
  }
  return array;
}

json::array sightings_json(const LegalCase& one, store::Store& store) {
  store::Sightings sightings(store.database());
  json::array array;
  for (const SightingId id : one.sightings) {
    if (array.size() == kMostShown) break;
    if (const auto sighting = sightings.find(id)) array.push_back(sighting_json(*sighting));
  }
  return array;
}

}  // namespace

json::object case_json(const LegalCase& one, const store::CaseSize& size) {
  return {
      {"id", one.id.value},
      {"holder", one.holder.value},
      {"platform", text_or_null(one.platform)},
      {"account", text_or_null(one.account)},
      {"state", to_string(one.state)},
      {"reason", one.reason == CaseReason::none ? json::value(nullptr) : json::value(to_string(one.reason))},
      {"remark", text_or_null(one.remark)},
      {"assignee", text_or_null(one.assignee)},
      {"proposal", proposal_json(one.proposal)},
      {"retraction_due", one.is_retraction_due},
      {"uploads", size.uploads},
      {"active_decisions", size.decisions},
      {"sighting_count", size.sightings},
      {"opened_at", to_rfc3339(one.opened_at)},
      {"changed_at", to_rfc3339(one.changed_at)},
      {"version", one.version}};
}

json::object case_detail_json(const LegalCase& one, store::Store& store) {
  json::object object = case_json(one, store::Cases(store.database()).size_of(one.id));
  object["uploads_not_noticed"] = store::Cases(store.database()).not_noticed(one.id);
  object["next"] = next_json(one.state);
  object["decisions"] = decisions_json(one, store);
  object["sightings"] = sightings_json(one, store);
  json::array notices;
  for (const auto& notice : store::Notices(store.database()).list({{}, one.id, {}}, {}, kMostShown))
    notices.push_back({{"id", notice.id.value}, {"kind", notice.kind}, {"state", to_string(notice.state)}});
  object["notices"] = std::move(notices);
  json::array disputes;
  for (const auto& dispute : store::Disputes(store.database()).list({{}, {}, one.id, {}}, {}, kMostShown))
    disputes.push_back({{"id", dispute.id.value},
                        {"decision", dispute.decision.value},
                        {"state", to_string(dispute.state)},
                        {"due_at", to_rfc3339(dispute.due_at)}});
  object["disputes"] = std::move(disputes);
  return object;
}

json::object case_event_json(const CaseEvent& event) {
  boost::system::error_code broken;
  json::value detail = json::parse(event.detail, broken);
  if (broken) detail = json::object{};
  return {{"id", event.id},
          {"at", to_rfc3339(event.at)},
          {"actor", event.actor},
          {"what", event.what},
          {"detail", std::move(detail)}};
}

json::object sighting_json(const Sighting& sighting) {
  const VideoMetadata& said = sighting.metadata;
  return {{"id", sighting.id.value},
          {"location", sighting.location},
          {"page_url", text_or_null(sighting.page_url)},
          {"title", text_or_null(said.title)},
          {"uploader", text_or_null(said.uploader)},
          {"uploader_url", text_or_null(said.uploader_url)},
          {"published_at", time_or_null(said.published_at.value_or(WallTime{}))},
          {"views", said.views ? json::value(*said.views) : json::value(nullptr)},
          {"address", text_or_null(sighting.address)},
          {"screening", id_or_null(sighting.request.value)},
          {"up", sighting.is_up},
          {"seen_at", time_or_null(sighting.seen_at)},
          {"checked_at", time_or_null(sighting.checked_at)}};
}

json::object dispute_json(const Dispute& dispute) {
  return {{"id", dispute.id.value},
          {"case", dispute.in_case.value},
          {"decision", dispute.decision.value},
          {"appeal_of", id_or_null(dispute.appeal_of.value)},
          {"statement", dispute.statement},
          {"contact", text_or_null(dispute.contact)},
          {"state", to_string(dispute.state)},
          {"opened_by", dispute.opened_by},
          {"decided_by", text_or_null(dispute.decided_by)},
          {"reason", text_or_null(dispute.why)},
          {"opened_at", to_rfc3339(dispute.opened_at)},
          {"due_at", to_rfc3339(dispute.due_at)},
          {"decided_at", time_or_null(dispute.decided_at)},
          {"version", dispute.version}};
}

json::object case_rules_json(const CaseRules& rules) {
  json::array holidays;
  for (const Day day : rules.holidays) holidays.emplace_back(to_string(day));
  return {{"two_persons_confirm", rules.two_persons_confirm},
          {"two_persons_notice", rules.two_persons_notice},
          {"flag_dismissals", rules.flag_dismissals},
          {"flag_of", rules.flag_of},
          {"dispute_days", rules.dispute_days},
          {"acknowledgement_days", rules.acknowledgement_days},
          {"holidays", std::move(holidays)},
          {"version", rules.version}};
}

}  // namespace reelprint::api
