// Cases of a holder whose work uploads show, and what persons do with them: no media, no jobs.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "fingerprint/fingerprint_codec.h"
#include "pipeline/case_handling.h"
#include "pipeline/notice_handling.h"
#include "pipeline/upload_outcome.h"
#include "store/cases.h"
#include "store/decisions.h"
#include "store/events.h"
#include "store/notices.h"
#include "store/screening_requests.h"
#include "store/tenants.h"
#include "tests/support/temporary_folder.h"

namespace reelprint::pipeline {

[[nodiscard]] inline WallTime at_s(std::int64_t seconds) {
  return WallTime{std::chrono::seconds(1'795'000'000 + seconds)};
}

class CaseWork : public testing::Test {
 protected:
  void SetUp() override {
    store::Tenants tenants(store_.database());
    lotus_ = tenants.add({{}, "Lotus", store::TenantKind::holder, at_s(0), 1});
    platform_ = tenants.add({{}, "ShowTube", store::TenantKind::platform, at_s(0), 1});
    reference_ = add_reference(1);
  }
  ReferenceId add_reference(std::uint8_t number) {
    store::NewReference wanted;
    wanted.holder = "Lotus";
    wanted.series = "The Oath " + std::to_string(number);
    wanted.reference.media.bytes[0] = number;
    wanted.reference.duration = std::chrono::seconds(60);
    Fingerprint print;
    print.duration = wanted.reference.duration;
    print.media = wanted.reference.media;
    const auto id = store_.add_reference(wanted, fingerprint::encode(print), kAlgorithm).reference;
    holder_ = store_.reference(id)->holder.id;
    store_.database().run({"own", "UPDATE holders SET tenant = ?1"}, lotus_.value);
    return id;
  }
  RequestId ask(const std::string& url, const std::string& account) {
    ScreeningRequest request;
    request.context.platform = platform_;
    request.context.url = url;
    request.context.account = account;
    request.created_at = at_s(0);
    return requests_.add(request);
  }
  /// A result of 30 certain seconds of the reference.
  void screened(RequestId id, std::uint8_t media, bool is_match = true) {
    Screening result;
    result.media.bytes[0] = media;
    result.duration = std::chrono::seconds(60);
    Match match;
    match.reference = reference_;
    match.query_span = match.reference_span = {Timestamp{0}, Timestamp{30'000'000}};
    match.score = 0.99;
    match.distinctive = std::chrono::seconds(30);
    match.agreeing = match.compared = 30;
    if (is_match) result.matches.push_back(match);
    ASSERT_TRUE(store_result(store_, id, result, {}, at_s(1)));
  }
  RequestId upload(const std::string& url, std::uint8_t media, const std::string& account = "amy") {
    const RequestId id = ask(url, account);
    screened(id, media);
    return id;
  }
  UploadDecision decision_of(RequestId id) {
    store::DecisionFilter filter;
    filter.request = id;
    return decisions_.list(filter, {}, 1).at(0);
  }
  CaseId case_of(RequestId id) { return cases_.of_request(id, holder_).value_or(CaseId{}); }
  LegalCase state_of(RequestId id) { return cases_.find(case_of(id)).value(); }
  CaseTaken take(CaseId id, CaseState to, CaseReason reason, std::string_view who = "kim") {
    return take_case(store_, id, {to, reason, "so", CaseMover::person}, {}, {who, at_s(5)});
  }
  std::vector<std::string> told(TenantId tenant) {
    std::vector<std::string> types;
    for (const auto& event : store::Events(store_.database()).events_after(tenant, {}, 100))
      types.push_back(event.type);
    return types;
  }
  bool was_told(TenantId tenant, const std::string& type) {
    const auto types = told(tenant);
    return std::ranges::find(types, type) != types.end();
  }
  NoticeRecord drafted(RequestId id) {
    NoticeRecord notice;
    notice.tenant = lotus_;
    notice.holder = holder_;
    notice.kind = "dmca";
    notice.fields = "{}";
    notice.cases = {case_of(id)};
    notice.decisions = {decision_of(id).id};
    notice.drafted_by = "kim";
    notice.drafted_at = at_s(4);
    notice.id = notices_.add(notice);
    return notice;
  }
  NoticeRecord become(NoticeRecord notice, NoticeState state, WallTime at = at_s(6)) {
    const NoticeState before = notice.state;
    notice.state = state;
    if (state == NoticeState::sent) notice.sent_at = at;
    if (state == NoticeState::countered) notice.answered_at = at;
    EXPECT_TRUE(put_notice(store_, notice, before, {"kim", at}));
    return notices_.find(notice.id).value();
  }

  test::TemporaryFolder folder_;
  store::Store store_{folder_.path()};
  store::ScreeningRequests requests_{store_.database()};
  store::Decisions decisions_{store_.database()};
  store::Cases cases_{store_.database()};
  store::Notices notices_{store_.database()};
  TenantId lotus_, platform_;
  HolderId holder_;
  ReferenceId reference_;
};

}  // namespace reelprint::pipeline
