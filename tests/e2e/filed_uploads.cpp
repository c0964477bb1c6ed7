#include "tests/e2e/filed_uploads.h"

#include "core/screening.h"
#include "core/screening_request.h"
#include "fingerprint/fingerprint_codec.h"
#include "pipeline/upload_outcome.h"
#include "store/cases.h"
#include "store/decisions.h"
#include "store/screening_requests.h"
#include "store/tenants.h"

namespace reelprint::e2e {

FiledUploads::FiledUploads(const std::filesystem::path& data) : store_(data) {
  const WallTime now = SystemClock().now();
  store::Tenants tenants(store_.database());
  const TenantId lotus = tenants.add({{}, "Lotus", store::TenantKind::holder, now, 1});
  platform_ = tenants.add({{}, "ShowTube", store::TenantKind::platform, now, 1});
  store::NewReference wanted;
  wanted.holder = "Lotus";
  wanted.series = "The Oath";
  wanted.reference.media.bytes[0] = 1;
  wanted.reference.duration = std::chrono::seconds(60);
  Fingerprint print;
  print.duration = wanted.reference.duration;
  print.media = wanted.reference.media;
  reference_ = store_.add_reference(wanted, fingerprint::encode(print), kAlgorithm).reference;
  holder_ = store_.reference(reference_)->holder.id;
  store_.database().run({"own", "UPDATE holders SET tenant = ?1"}, lotus.value);
}

RequestId FiledUploads::add(const std::string& url, std::uint8_t media, const std::string& account) {
  const WallTime now = SystemClock().now();
  store::Transaction change(store_.database(), store::Transaction::Kind::write);
  ScreeningRequest request;
  request.context.platform = platform_;
  request.context.url = url;
  request.context.account = account;
  request.created_at = now;
  const RequestId id = store::ScreeningRequests(store_.database()).add(request);
  Screening result;
  result.media.bytes[0] = media;
  result.duration = std::chrono::seconds(60);
  Match match;
  match.reference = reference_;
  match.query_span = match.reference_span = {Timestamp{0}, Timestamp{30'000'000}};
  match.score = 0.99;
  match.distinctive = std::chrono::seconds(30);
  match.agreeing = match.compared = 30;
  result.matches.push_back(match);
  (void)pipeline::store_result(store_, id, result, {}, now);
  change.commit();
  return id;
}

DecisionId FiledUploads::decision_of(RequestId upload) {
  store::DecisionFilter filter;
  filter.request = upload;
  filter.state = DecisionState::active;
  const auto found = store::Decisions(store_.database()).list(filter, {}, 1);
  return found.empty() ? DecisionId{} : found.front().id;
}

CaseId FiledUploads::case_of(RequestId upload) {
  return store::Cases(store_.database()).of_request(upload, holder_).value_or(CaseId{});
}

}  // namespace reelprint::e2e
