#include "pipeline/screen_job.h"

#include <gtest/gtest.h>

#include <array>

#include "fingerprint/fingerprint_codec.h"
#include "pipeline/registration.h"
#include "pipeline/release.h"
#include "samples.h"
#include "store/decisions.h"
#include "store/events.h"
#include "store/jobs.h"
#include "store/rights.h"
#include "store/screening_requests.h"
#include "store/tenants.h"
#include "store/uploads.h"
#include "tests/support/set_clock.h"

namespace reelprint::pipeline {
namespace {

constexpr TenantId kPlatform{2};  ///< the tenant that is added second

/// A service without HTTP and threads: two clips of the holder Lotus are registered, jobs run when told.
class ScreeningJobs : public testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directories(tools_.uploads);
    store::Tenants tenants(store_.database());
    lotus_ = tenants.add({{}, "Lotus", store::TenantKind::holder, clock_.now(), 1});
    tenants.add({{}, "ShowTube", store::TenantKind::platform, clock_.now(), 1});
    tools_.settings.effort = Effort::fast;
  }
  void register_clips(const std::vector<std::filesystem::path>& clips) {
    Workspace workspace(data_);
    register_catalog(workspace, test::catalog_of(clips), {1}, [](const RowOutcome&) {});
    store_.database().run({"own", "UPDATE holders SET tenant = ?1"}, lotus_.value);
  }
  [[nodiscard]] HolderId holder() const { return store_.reference(ReferenceId{1})->holder.id; }

  RequestId ask(const std::filesystem::path& upload, const std::string& account = "amy") {
    ScreeningRequest request;
    request.context.platform = kPlatform;
    request.context.account = account;
    request.name = upload.filename().string();
    request.media = account + request.name;
    request.effort = Effort::fast;
    request.created_at = clock_.now();
    std::filesystem::copy_file(upload, tools_.uploads / request.media);
    return enqueue_screening(store_, request, clock_.now());
  }
  [[nodiscard]] std::optional<store::Job> take() {
    const std::array kinds{kScreenJob, kRetroactJob};
    return store::Jobs(store_.database()).take(kinds, {"worker", std::chrono::seconds(30)}, clock_.now());
  }
  [[nodiscard]] Effect handle(const store::Job& job) {
    const JobHandler handler =
        job.what.kind == kScreenJob ? screen_handler(tools_) : retroact_handler(tools_);
    return handler({job, {}, [](double) {}, store_, clock_.now()});
  }
  /// As the job runner stores an effect.
  bool settle(const store::Job& job, const Effect& effect) {
    store::Transaction change(store_.database(), store::Transaction::Kind::write);
    if (!store::Jobs(store_.database()).finish(job.id, "worker", clock_.now())) return false;
    if (effect) effect(store_);
    change.commit();
    return true;
  }
  void do_jobs() {
    while (const auto job = take()) settle(*job, handle(*job));
  }
  [[nodiscard]] ScreeningRequest request(RequestId id) { return *requests_.find(id); }
  [[nodiscard]] std::vector<UploadDecision> decisions_of(RequestId id) {
    store::DecisionFilter filter;
    filter.request = id;
    return decisions_.list(filter, {}, 100);
  }
  [[nodiscard]] std::vector<std::string> told(TenantId tenant) {
    std::vector<std::string> types;
    for (const auto& event : store::Events(store_.database()).events_after(tenant, {}, 100))
      types.push_back(event.type);
    return types;
  }

  test::ClipFolder folder_;
  std::filesystem::path data_ = folder_.path() / "data";
  store::Store store_{data_};
  store::ScreeningRequests requests_{store_.database()};
  store::Decisions decisions_{store_.database()};
  reelprint::test::SetClock clock_;
  DirectMediaReader reader_;
  LiveCatalog catalog_{data_};
  ScreenTools tools_{
      screening_media_folder(data_), reader_, clock_, [this] { return catalog_.refresh(); }, {}};
  TenantId lotus_;
};

using Types = std::vector<std::string>;

TEST_F(ScreeningJobs, AccuseACopyAndTellPlatformAndHolder) {
  const auto clip = test::make_clip(folder_, "ep1.mp4", 1);
  register_clips({clip});
  const RequestId id = ask(clip);
  do_jobs();
  EXPECT_EQ(request(id).state, RequestState::done);
  EXPECT_EQ(request(id).decision, Decision::infringing);
  ASSERT_EQ(decisions_of(id).size(), 1U);
  EXPECT_EQ(decisions_of(id)[0].references, std::vector{ReferenceId{1}});
  EXPECT_FALSE(decisions_of(id)[0].ruling.steps.empty());
  EXPECT_EQ(told(kPlatform), Types{"screening.completed"});
  EXPECT_EQ(told(lotus_), (Types{"match.found", "case.opened"}));
  EXPECT_EQ(store_.screening(request(id).screening)->query, "ep1.mp4");
}

TEST_F(ScreeningJobs, TakeAnUploadThatWasSentBefore) {
  const auto clip = test::make_clip(folder_, "ep1.mp4", 1);
  register_clips({clip});
  tools_.data = data_;
  std::vector<Decision> observed;
  tools_.observe = [&](const Screening& screening, Decision decision) {
    EXPECT_GT(screening.cost.media_s, 0);
    observed.push_back(decision);
  };
  ScreeningRequest asked;
  asked.source_kind = SourceKind::upload;
  asked.source = "7";
  asked.media = "7.part";
  asked.effort = Effort::fast;
  std::filesystem::copy_file(clip, store::file_of(data_, UploadId{7}));
  const RequestId id = enqueue_screening(store_, asked, clock_.now());
  do_jobs();
  EXPECT_EQ(request(id).decision, Decision::infringing);
  EXPECT_EQ(observed, std::vector{Decision::infringing});
}

TEST_F(ScreeningJobs, KnowALicensedAccountFromAnother) {
  const auto clip = test::make_clip(folder_, "ep1.mp4", 1);
  register_clips({clip});
  Licence licence;
  licence.holder = holder();
  licence.name = "ShowTube 2026";
  licence.grantee.accounts = {"amy"};
  store::Rights(store_.database()).add(licence);
  const RequestId licensed = ask(clip, "amy");
  const RequestId other = ask(clip, "bob");
  do_jobs();
  EXPECT_EQ(request(licensed).decision, Decision::licensed);
  EXPECT_EQ(request(other).decision, Decision::infringing);
}

TEST_F(ScreeningJobs, ReleaseTheDecisionsOfARetractedReference) {
  const auto clip = test::make_clip(folder_, "ep1.mp4", 1);
  register_clips({clip});
  const RequestId id = ask(clip);
  do_jobs();
  store_.set_reference_state(ReferenceId{1}, ReferenceState::retracted, "sold");
  EXPECT_EQ(release_decisions(store_, ReferenceId{1}, {}, {"kim", "sold", clock_.now()}), 1U);
  EXPECT_EQ(decisions_of(id)[0].state, DecisionState::released);
  EXPECT_EQ(request(id).decision, Decision::clear);
  EXPECT_EQ(told(kPlatform), (Types{"screening.completed", "decision.released"}));
  EXPECT_EQ(told(lotus_), (Types{"match.found", "case.opened", "decision.released", "case.changed"}));
  EXPECT_EQ(release_decisions(store_, ReferenceId{1}, {}, {"kim", "again", clock_.now()}), 0U);
}

TEST_F(ScreeningJobs, RuleAgainOnWhatRestsOnOtherReferencesToo) {
  const auto first = test::make_clip(folder_, "ep1.mp4", 1);
  const auto second = test::make_clip(folder_, "ep2.mp4", 2);
  register_clips({first, second});
  const RequestId id = ask(test::join_clips(folder_, "both.mp4", first, second));
  do_jobs();
  ASSERT_EQ(decisions_of(id).size(), 1U);
  EXPECT_EQ(decisions_of(id)[0].references.size(), 2U);
  store_.set_reference_state(ReferenceId{1}, ReferenceState::retracted);
  EXPECT_EQ(release_decisions(store_, ReferenceId{1}, {}, {"kim", "sold", clock_.now()}), 1U);
  const auto after = decisions_of(id);
  ASSERT_EQ(after.size(), 2U);
  EXPECT_EQ(after[0].state, DecisionState::active);
  EXPECT_EQ(after[0].references, std::vector{ReferenceId{2}});
  EXPECT_EQ(after[1].state, DecisionState::superseded);
  EXPECT_EQ(told(kPlatform).back(), "decision.changed");
}

TEST_F(ScreeningJobs, AreDoneOnceInEffectWhenDoneTwice) {
  const auto clip = test::make_clip(folder_, "ep1.mp4", 1);
  register_clips({clip});
  const RequestId id = ask(clip);
  const auto lost = take();
  ASSERT_TRUE(lost);
  const Effect never_stored = handle(*lost);  // killed before its transaction
  clock_.advance(std::chrono::seconds(31));
  do_jobs();
  EXPECT_EQ(requests_.results(id).size(), 1U);
  EXPECT_FALSE(settle(*lost, never_stored)) << "the job was done by somebody else";
  EXPECT_EQ(told(kPlatform), Types{"screening.completed"});
}

TEST_F(ScreeningJobs, LeaveAFingerprintAndNoMediaOfAClearUpload) {
  const auto clip = test::make_clip(folder_, "own.mp4", 3);
  const RequestId id = ask(clip);
  do_jobs();
  EXPECT_EQ(request(id).decision, Decision::clear);
  EXPECT_EQ(tidy_uploads(store_, tools_.uploads, clock_.now()), 1U);
  EXPECT_TRUE(std::filesystem::is_empty(tools_.uploads));
  EXPECT_EQ(request(id).media, "");
  EXPECT_TRUE(requests_.fingerprint(id, kAlgorithm));
}

TEST_F(ScreeningJobs, FindEarlierUploadsOfALaterReference) {
  const auto clip = test::make_clip(folder_, "ep1.mp4", 1);
  const RequestId leak = ask(clip);
  const RequestId stranger = ask(test::make_clip(folder_, "own.mp4", 3));
  do_jobs();
  EXPECT_EQ(request(leak).decision, Decision::clear);
  register_clips({clip});
  enqueue_retroactive(store_, ReferenceId{1}, clock_.now());
  clock_.advance(std::chrono::seconds(6));
  do_jobs();
  EXPECT_EQ(request(leak).decision, Decision::infringing);
  EXPECT_EQ(requests_.results(leak).size(), 2U) << "the older result stays";
  EXPECT_TRUE(decisions_of(leak).at(0).is_retroactive);
  EXPECT_EQ(requests_.results(stranger).size(), 1U);
  EXPECT_EQ(told(lotus_), (Types{"match.found", "case.opened"}));
  enqueue_retroactive(store_, ReferenceId{1}, clock_.now());
  clock_.advance(std::chrono::seconds(6));
  do_jobs();
  EXPECT_EQ(told(lotus_), (Types{"match.found", "case.opened"})) << "told twice";
}

TEST_F(ScreeningJobs, PutAReferenceThatMatchesTooMuchIntoQuarantine) {
  const auto clip = test::make_clip(folder_, "ep1.mp4", 1);
  register_clips({clip});
  tools_.quarantine.most_uploads = 1;
  tools_.quarantine.most_accounts = 1;
  const RequestId first = ask(clip, "amy");
  do_jobs();
  EXPECT_EQ(request(first).decision, Decision::infringing);
  const RequestId second = ask(clip, "bob");
  do_jobs();
  EXPECT_EQ(store_.reference(ReferenceId{1})->reference.state, ReferenceState::quarantined);
  EXPECT_EQ(request(first).decision, Decision::needs_review);
  EXPECT_EQ(request(second).decision, Decision::needs_review);
  EXPECT_EQ(told(lotus_).back(), "reference.quarantined");

  EXPECT_TRUE(lift_quarantine(store_, ReferenceId{1}, tools_.quarantine, {}, "kim", clock_.now()));
  EXPECT_EQ(request(first).decision, Decision::infringing);
  (void)ask(clip, "eve");
  do_jobs();
  EXPECT_EQ(store_.reference(ReferenceId{1})->reference.state, ReferenceState::active) << "it was pardoned";
}

TEST_F(ScreeningJobs, FailWithACodeAndTellThePlatform) {
  const RequestId id = ask(folder_.write("junk.mp4", "no media"));
  const auto job = take();
  ASSERT_TRUE(job);
  EXPECT_THROW(static_cast<void>(handle(*job)), Error);
  screen_failure_handler(clock_)(*job, "unreadable", "it is junk")(store_);
  EXPECT_EQ(request(id).state, RequestState::failed);
  EXPECT_EQ(request(id).error_code, "unreadable");
  EXPECT_EQ(told(kPlatform), Types{"screening.failed"});
  EXPECT_TRUE(store::ScreeningRequests(store_.database()).media_due(clock_.now(), 10).empty())
      << "somebody may have it tried again";
}

TEST_F(ScreeningJobs, FetchWhatIsAtAnAddress) {
  const auto clip = test::make_clip(folder_, "ep1.mp4", 1);
  register_clips({clip});
  tools_.fetch = [&](const std::string& url, const std::filesystem::path& file, const std::stop_token&,
                     const std::function<void(double)>& progress) {
    EXPECT_EQ(url, "https://x.test/a.mp4");
    progress(1);
    std::filesystem::copy_file(clip, file, std::filesystem::copy_options::overwrite_existing);
  };
  ScreeningRequest wanted;
  wanted.context.platform = kPlatform;
  wanted.source_kind = SourceKind::url;
  wanted.source = "https://x.test/a.mp4";
  wanted.created_at = clock_.now();
  const RequestId id = enqueue_screening(store_, wanted, clock_.now());
  do_jobs();
  EXPECT_EQ(request(id).decision, Decision::infringing);
  EXPECT_TRUE(std::filesystem::exists(tools_.uploads / request(id).media)) << "kept for whoever must look";
}

TEST_F(ScreeningJobs, StoreNothingForARequestThatWasCancelled) {
  const RequestId id = ask(test::make_clip(folder_, "own.mp4", 3));
  const auto job = take();
  ASSERT_TRUE(job);
  const Effect effect = handle(*job);
  EXPECT_TRUE(cancel_screening(store_, request(id), clock_.now()));
  EXPECT_FALSE(settle(*job, effect));
  EXPECT_EQ(request(id).state, RequestState::cancelled);
  EXPECT_TRUE(told(kPlatform).empty());
}

TEST_F(ScreeningJobs, RemoveFilesThatNobodyRefersTo) {
  std::filesystem::create_directories(tools_.uploads);
  const auto left = tools_.uploads / "left";
  std::filesystem::copy_file(folder_.write("x", "x"), left);
  EXPECT_EQ(tidy_uploads(store_, tools_.uploads, clock_.now()), 0U) << "it may be coming in still";
  std::filesystem::last_write_time(left,
                                   std::filesystem::file_time_type::clock::now() - std::chrono::hours(25));
  EXPECT_EQ(tidy_uploads(store_, tools_.uploads, clock_.now()), 1U);
}

}  // namespace
}  // namespace reelprint::pipeline
