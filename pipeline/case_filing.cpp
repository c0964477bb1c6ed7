#include "pipeline/case_filing.h"

#include "crawler/normal_url.h"
#include "rights/web_address.h"
#include "store/cases.h"
#include "store/decisions.h"
#include "store/sightings.h"
#include "store/tenants.h"

namespace reelprint::pipeline {
namespace {

constexpr std::string_view kService = "service";

bool is_suspect(Decision decision) {
  return decision == Decision::infringing || decision == Decision::needs_review;
}

std::string media_url(const ScreeningRequest& request) {
  return request.source_kind == SourceKind::url ? request.source : std::string();
}

}  // namespace

std::string case_platform(store::Store& store, const ScreeningRequest& request) {
  for (const std::string& url : {request.context.url, media_url(request)})
    if (const auto address = rights::parse_web_address(url)) return address->host;
  if (request.context.platform == TenantId{}) return "";
  const auto tenant = store::Tenants(store.database()).find(request.context.platform);
  return tenant ? tenant->name : "";
}

std::string case_account(const ScreeningRequest& request) {
  return request.context.account.empty() ? request.context.channel : request.context.account;
}

std::string case_channel(const ScreeningRequest& request) {
  return crawler::normal_url(request.context.channel).value_or("");
}

std::string case_location(const ScreeningRequest& request) {
  const std::string location = request.context.url.empty() ? media_url(request) : request.context.url;
  return crawler::normal_url(location).value_or(location);
}

store::UploadTraits traits_of(store::Store& store, const ScreeningRequest& request, const Sha256& media) {
  return {media, case_location(request), case_platform(store, request), case_account(request),
          case_channel(request)};
}

CaseId file_decision(store::Store& store, const ScreeningRequest& request, const UploadDecision& decision,
                     WallTime now) {
  store::Cases cases(store.database());
  const HolderId holder = decision.ruling.holder;
  if (!is_suspect(decision.ruling.decision)) {
    const auto known = cases.of_request(request.id, holder);
    if (known)
      cases.let_go(*known, decision.id, "it came out " + std::string(to_string(decision.ruling.decision)),
                   kService, now);
    return known.value_or(CaseId{});
  }
  store::CaseFinding finding;
  finding.holder = holder;
  finding.tenant = store::Decisions(store.database()).tenant_of(holder);
  finding.platform = case_platform(store, request);
  finding.account = case_account(request);
  finding.channel = case_channel(request);
  finding.location = case_location(request);
  finding.decision = decision.id;
  finding.actor = kService;
  store::Sightings sightings(store.database());
  const auto sighting = sightings.of_request(request.id);
  if (sighting) finding.sighting = sighting->id;
  const CaseId in_case = cases.open_or_join(finding, now);
  if (sighting && in_case != CaseId{}) sightings.set_case(sighting->id, in_case);
  return in_case;
}

void unfile_decision(store::Store& store, const UploadDecision& decision, std::string_view why,
                     std::string_view by, WallTime now) {
  store::Cases cases(store.database());
  if (const auto known = cases.of_decision(decision.id)) cases.let_go(*known, decision.id, why, by, now);
}

}  // namespace reelprint::pipeline
