#include "store/screening_requests.h"

#include <limits>

#include "store/columns.h"
#include "store/screening_requests_statements.h"

namespace reelprint::store {
namespace {

using namespace statements;

/// What a name in a column stands for; throws Error{corrupt} for none.
template <class Value>
Value known(const Statement& row, const std::optional<Value>& value, const char* what) {
  if (!value) row.refuse(ErrorCode::corrupt, std::string(what) + " has no meaning");
  return *value;
}

UploadContext context_in(const Statement& row) {
  UploadContext context;
  context.platform = TenantId{row.integer(1)};
  context.account = row.text(2);
  context.channel = row.text(3);
  context.url = row.text(4);
  context.territory = row.text(5);
  context.title = row.text(6);
  if (!row.is_null(7)) context.published_at = wall_time_in(row, 7);
  return context;
}

ScreeningRequest request_in(const Statement& row) {
  ScreeningRequest request;
  request.id = RequestId{row.integer(0)};
  request.context = context_in(row);
  request.key = ApiKeyId{row.integer(8)};
  request.name = row.text(9);
  request.source_kind = known(row, source_kind_of(row.text(10)), "a kind of source");
  request.source = row.text(11);
  request.media = row.text(12);
  if (const auto effort = row.text(13); !effort.empty())
    request.effort = known(row, effort_of(effort), "an effort");
  request.with_audio = row.flag(14);
  request.priority = row.integer<int>(15);
  request.state = known(row, request_state_of(row.text(16)), "a state");
  request.job = JobId{row.integer(17)};
  if (!row.is_null(18)) request.screening = ScreeningId{row.integer(18)};
  request.decision = known(row, decision_of(row.text(19)), "a decision");
  request.action = known(row, action_of(row.text(20)), "an action");
  request.error_code = row.text(21);
  request.error = row.text(22);
  request.created_at = wall_time_in(row, 23);
  request.ended_at = wall_time_in(row, 24);
  request.version = row.integer(25);
  return request;
}

std::string listing_for(const RequestFilter& filter) {
  std::string sql(kRequests);
  if (filter.tenant != TenantId{}) sql += kRequestsOfTenant;
  if (filter.holder_tenant != TenantId{}) sql += kRequestsOfHoldersTenant;
  if (filter.state) sql += kRequestsInState;
  if (filter.decision) sql += kRequestsDecided;
  if (!filter.account.empty()) sql += kRequestsOfAccount;
  if (filter.from) sql += kRequestsFrom;
  if (filter.until) sql += kRequestsUntil;
  sql += kRequestsOrder;
  return sql;
}

std::size_t count_in(Statement row) {
  return row.step() ? row.integer<std::size_t>(0) : 0;
}

}  // namespace

RequestId ScreeningRequests::add(const ScreeningRequest& request) {
  const UploadContext& context = request.context;
  database_.run(kInsertRequest, context.platform.value, context.account, context.channel, context.url,
                context.territory, context.title, microseconds_of(context.published_at.value_or(WallTime{})),
                request.key.value, request.name, to_string(request.source_kind), request.source,
                request.media, request.effort ? to_string(*request.effort) : std::string_view{},
                request.with_audio, request.priority, to_string(request.state), request.job.value,
                to_string(request.decision), to_string(request.action), request.error_code, request.error,
                microseconds_of(request.created_at), context.published_at.has_value());
  return RequestId{database_.last_key()};
}

std::optional<ScreeningRequest> ScreeningRequests::find(RequestId id) {
  Statement row = database_.statement(kReadRequest, id.value);
  if (!row.step()) return std::nullopt;
  return request_in(row);
}

std::vector<ScreeningRequest> ScreeningRequests::list(const RequestFilter& filter, RequestId before,
                                                      std::size_t limit) {
  const std::string sql = listing_for(filter);
  Statement row = database_.statement({"list the screening requests", sql});
  row.bind(1, before.value == 0 ? std::numeric_limits<std::int64_t>::max() : before.value);
  row.bind(2, limit);
  if (filter.tenant != TenantId{}) row.bind(3, filter.tenant.value);
  if (filter.holder_tenant != TenantId{}) row.bind(4, filter.holder_tenant.value);
  if (filter.state) row.bind(5, to_string(*filter.state));
  if (filter.decision) row.bind(6, to_string(*filter.decision));
  if (!filter.account.empty()) row.bind(7, filter.account);
  if (filter.from) row.bind(8, microseconds_of(*filter.from));
  if (filter.until) row.bind(9, microseconds_of(*filter.until));
  std::vector<ScreeningRequest> requests;
  while (row.step()) requests.push_back(request_in(row));
  return requests;
}

std::size_t ScreeningRequests::count_of(TenantId tenant, WallTime since) {
  return count_in(database_.statement(kCountRequestsOfTenant, tenant.value, microseconds_of(since)));
}

std::size_t ScreeningRequests::count_of(ApiKeyId key, WallTime since) {
  return count_in(database_.statement(kCountRequestsOfKey, key.value, microseconds_of(since)));
}

void ScreeningRequests::set_job(RequestId id, JobId job) {
  database_.run(kGiveRequestItsJob, id.value, job.value);
}

void ScreeningRequests::begin(RequestId id) {
  database_.run(kBeginRequest, id.value);
}

bool ScreeningRequests::set_media(RequestId id, std::string_view media) {
  return database_.run(kGiveRequestItsMedia, id.value, media) > 0;
}

bool ScreeningRequests::finish(RequestId id, ScreeningId result, const std::pair<Decision, Action>& outcome,
                               WallTime now) {
  Transaction change(database_, Transaction::Kind::write);
  const bool is_finished = database_.run(kFinishRequest, id.value, result.value, to_string(outcome.first),
                                         to_string(outcome.second), microseconds_of(now)) > 0;
  if (is_finished) database_.run(kLinkScreening, result.value, id.value);
  change.commit();
  return is_finished;
}

void ScreeningRequests::decide(RequestId id, const std::pair<Decision, Action>& outcome) {
  database_.run(kDecideRequest, id.value, to_string(outcome.first), to_string(outcome.second));
}

bool ScreeningRequests::fail(RequestId id, std::string_view error_code, std::string_view error,
                             WallTime now) {
  return database_.run(kEndRequest, id.value, to_string(RequestState::failed), error_code, error,
                       microseconds_of(now)) > 0;
}

bool ScreeningRequests::cancel(RequestId id, WallTime now) {
  return database_.run(kEndRequest, id.value, to_string(RequestState::cancelled), "", "",
                       microseconds_of(now)) > 0;
}

bool ScreeningRequests::reopen(RequestId id) {
  return database_.run(kReopenRequest, id.value) > 0;
}

std::vector<ScreeningId> ScreeningRequests::results(RequestId id) {
  Statement row = database_.statement(kListResults, id.value);
  std::vector<ScreeningId> results;
  while (row.step()) results.push_back(ScreeningId{row.integer(0)});
  return results;
}

void ScreeningRequests::keep_media_until(RequestId id, WallTime until) {
  database_.run(kKeepMedia, id.value, microseconds_of(until));
}

std::vector<ScreeningRequests::Media> ScreeningRequests::media_due(WallTime now, std::size_t limit) {
  Statement row = database_.statement(kListMediaDue, microseconds_of(now), limit);
  std::vector<Media> due;
  while (row.step()) due.push_back({RequestId{row.integer(0)}, row.text(1)});
  return due;
}

void ScreeningRequests::forget_media(RequestId id) {
  database_.run(kForgetMedia, id.value);
}

bool ScreeningRequests::has_media(std::string_view file) {
  return database_.statement(kFindMedia, file).step();
}

void ScreeningRequests::keep_fingerprint(RequestId id, std::span<const std::byte> bytes,
                                         AlgorithmId algorithm, WallTime forget_at) {
  database_.run(kKeepUploadFingerprint, id.value, number_of(algorithm), microseconds_of(forget_at), bytes);
}

std::optional<std::vector<std::byte>> ScreeningRequests::fingerprint(RequestId id, AlgorithmId algorithm) {
  Statement row = database_.statement(kReadUploadFingerprint, id.value, number_of(algorithm));
  if (!row.step()) return std::nullopt;
  const auto bytes = row.blob(0);
  return std::vector<std::byte>(bytes.begin(), bytes.end());
}

std::vector<RequestId> ScreeningRequests::fingerprinted(AlgorithmId algorithm, RequestId after, WallTime now,
                                                        std::size_t limit) {
  Statement row = database_.statement(kListUploadFingerprints, after.value, number_of(algorithm),
                                      microseconds_of(now), limit);
  std::vector<RequestId> requests;
  while (row.step()) requests.push_back(RequestId{row.integer(0)});
  return requests;
}

std::size_t ScreeningRequests::forget_fingerprints(WallTime now) {
  return database_.run(kForgetUploadFingerprints, microseconds_of(now));
}

}  // namespace reelprint::store
