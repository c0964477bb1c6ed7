#include "api/screening_models.h"

#include <boost/json.hpp>

#include "api/json_text.h"
#include "api/match_json.h"
#include "store/decisions.h"
#include "store/jobs.h"

namespace reelprint::api {
namespace {

namespace json = boost::json;

constexpr std::size_t kMostDecisions = 1000;  ///< shown of one upload

json::value time_or_null(WallTime time) {
  if (time == WallTime{}) return nullptr;
  return json::value(to_rfc3339(time));
}

bool is_of_holders(Role role) {
  return role == Role::holder || role == Role::legal;
}

json::array steps_json(const std::vector<RuleStep>& steps) {
  json::array array;
  for (const RuleStep& step : steps) {
    array.push_back({{"kind", to_string(step.kind)},
                     {"id", step.id == 0 ? json::value(nullptr) : json::value(step.id)},
                     {"applies", step.applies},
                     {"text", step.text}});
  }
  return array;
}

std::vector<UploadDecision> decisions_for(const ScreeningRequest& request, const Principal& principal,
                                          store::Store& store) {
  store::DecisionFilter filter;
  filter.request = request.id;
  if (is_of_holders(principal.role)) filter.holder_tenant = principal.tenant;
  return store::Decisions(store.database()).list(filter, {}, kMostDecisions);
}

json::value result_json(const ScreeningRequest& request, Sight sight, const Principal& principal,
                        store::Store& store) {
  const auto screening = store.screening(request.screening);
  if (!screening) return nullptr;
  json::array matches;
  for (const Match& match : screening->matches) {
    const auto entry = store.reference(match.reference);
    if (sight == Sight::own_part && (!entry || !principal.may_see(entry->holder.tenant))) continue;
    matches.push_back(match_of(match, entry ? &*entry : nullptr));
  }
  json::array reasons;
  for (const std::string& reason : screening->verdict.reasons) reasons.emplace_back(reason);
  json::object result{{"result", screening->id.value},
                      {"sha256", to_hex(screening->media)},
                      {"duration_s", seconds(screening->duration)},
                      {"effort", to_string(screening->effort)},
                      {"audio", screening->with_audio},
                      {"damaged", screening->damaged},
                      {"matches", std::move(matches)},
                      {"screened_at", to_rfc3339(screening->screened_at)}};
  if (sight != Sight::all) return result;
  result["verdict"] = to_string(screening->verdict.decision);
  result["reasons"] = std::move(reasons);
  result["cost"] = {{"decode_s", rounded(screening->cost.decode_s, 4)},
                    {"fingerprint_s", rounded(screening->cost.fingerprint_s, 4)},
                    {"search_s", rounded(screening->cost.search_s, 4)},
                    {"media_s", rounded(screening->cost.media_s, 4)}};
  return result;
}

double progress_of(const ScreeningRequest& request, store::Store& store) {
  if (request.state == RequestState::done) return 1;
  const auto job = store::Jobs(store.database()).find(request.job);
  return job ? job->progress : 0;
}

}  // namespace

json::object context_json(const UploadContext& context) {
  return {{"account", text_or_null(context.account)},
          {"channel", text_or_null(context.channel)},
          {"url", text_or_null(context.url)},
          {"territory", text_or_null(context.territory)},
          {"title", text_or_null(context.title)},
          {"published_at", time_or_null(context.published_at.value_or(WallTime{}))}};
}

json::object decision_json(const UploadDecision& decision) {
  const HolderRuling& ruling = decision.ruling;
  json::array references;
  for (const ReferenceId id : decision.references) references.emplace_back(id.value);
  json::object object{{"id", decision.id.value},
                      {"screening", decision.request.value},
                      {"result", decision.screening.value},
                      {"holder", ruling.holder.value},
                      {"decision", to_string(ruling.decision)},
                      {"action", to_string(ruling.action)},
                      {"state", to_string(decision.state)},
                      {"matched_s", seconds(ruling.matched)},
                      {"share_of_upload", rounded(ruling.share_of_upload, 4)},
                      {"share_of_reference", rounded(ruling.share_of_reference, 4)},
                      {"score", rounded(ruling.score, 4)},
                      {"references", std::move(references)},
                      {"retroactive", decision.is_retroactive},
                      {"steps", steps_json(ruling.steps)},
                      {"decided_at", to_rfc3339(decision.decided_at)},
                      {"released", nullptr},
                      {"version", decision.version}};
  if (decision.state == DecisionState::released) {
    object["released"] = {{"at", to_rfc3339(decision.released_at)},
                          {"by", decision.released_by},
                          {"reason", decision.released_why}};
  }
  return object;
}

json::object request_json(const ScreeningRequest& request) {
  const bool is_done = request.state == RequestState::done;
  json::object object{{"id", request.id.value},
                      {"name", request.name},
                      {"state", to_string(request.state)},
                      {"decision", nullptr},
                      {"action", nullptr},
                      {"context", context_json(request.context)},
                      {"source", to_string(request.source_kind)},
                      {"effort", request.effort ? to_string(*request.effort) : "auto"},
                      {"audio", request.with_audio},
                      {"priority", request.priority},
                      {"error", nullptr},
                      {"created_at", to_rfc3339(request.created_at)},
                      {"ended_at", time_or_null(request.ended_at)},
                      {"version", request.version}};
  if (is_done) {
    object["decision"] = to_string(request.decision);
    object["action"] = to_string(request.action);
  }
  if (request.state == RequestState::failed)
    object["error"] = {{"code", request.error_code}, {"message", request.error}};
  return object;
}

Sight sight_of(const Principal& principal, const ScreeningRequest& request, store::Store& store) {
  if (!is_of_holders(principal.role))
    return principal.may_see(request.context.platform) ? Sight::all : Sight::none;
  if (principal.tenant == TenantId{}) return Sight::all;
  return decisions_for(request, principal, store).empty() ? Sight::none : Sight::own_part;
}

json::object screening_json(const ScreeningRequest& request, const Principal& principal,
                            store::Store& store) {
  const Sight sight = sight_of(principal, request, store);
  json::object object = request_json(request);
  json::array decisions;
  for (const auto& decision : decisions_for(request, principal, store))
    decisions.push_back(decision_json(decision));
  if (sight == Sight::own_part) {  // what other holders' works come to is not theirs to know
    object["decision"] = nullptr;
    object["action"] = nullptr;
  } else if (request.source_kind == SourceKind::url) {
    object["media_url"] = request.source;
  }
  object["progress"] = rounded(progress_of(request, store), 3);
  object["decisions"] = std::move(decisions);
  object["result"] = result_json(request, sight, principal, store);
  return object;
}

}  // namespace reelprint::api
