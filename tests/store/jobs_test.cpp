#include "store/jobs.h"

#include <gtest/gtest.h>

#include <array>

#include "samples.h"
#include "store/schema.h"

namespace reelprint::store {
namespace {

using namespace std::chrono_literals;

constexpr WallTime kNow{1'000'000s};
constexpr std::array<std::string_view, 1> kScreen{"screen"};
constexpr std::array<std::string_view, 2> kBoth{"screen", "register"};

class JobsTest : public testing::Test {
 protected:
  JobsTest() { bring_up_to_date(database_, migrations()); }

  JobId add(int priority = 0, std::string kind = "screen", TenantId tenant = {}) {
    return jobs_.enqueue({.kind = std::move(kind), .tenant = tenant, .priority = priority, .payload = "{}"},
                         kNow);
  }
  JobId taken(WallTime now = kNow) {
    const auto job = jobs_.take(kBoth, lease_, now);
    return job ? job->id : JobId{};
  }

  TemporaryFolder folder_;
  Database database_{folder_.database(), {}};
  Jobs jobs_{database_};
  Lease lease_{"w1", 30s};
};

TEST_F(JobsTest, KeepsEveryFieldOfAJob) {
  const JobId id = jobs_.enqueue({"screen", TenantId{7}, -3, R"({"upload":1})", kNow + 5s, 2}, kNow);
  const auto job = jobs_.find(id);
  ASSERT_TRUE(job);
  EXPECT_EQ(job->what.kind, "screen");
  EXPECT_EQ(job->what.tenant, TenantId{7});
  EXPECT_EQ(job->what.priority, -3);
  EXPECT_EQ(job->what.payload, R"({"upload":1})");
  EXPECT_EQ(job->what.not_before, kNow + 5s);
  EXPECT_EQ(job->what.most_attempts, 2);
  EXPECT_EQ(job->state, JobState::queued);
  EXPECT_EQ(job->queued_at, kNow);
  EXPECT_FALSE(jobs_.find(JobId{99}));
}

TEST_F(JobsTest, GivesTheHighestPriorityAndThenTheOldestWhateverTheKind) {
  const JobId low = add(-1);
  const JobId first = add(5, "register");
  const JobId second = add(5);
  EXPECT_EQ(taken(), first);
  EXPECT_EQ(taken(), second);
  EXPECT_EQ(taken(), low);
  EXPECT_EQ(taken(), JobId{});
}

TEST_F(JobsTest, GivesOnlyKindsThatAreAskedFor) {
  add(0, "register");
  EXPECT_FALSE(jobs_.take(kScreen, lease_, kNow));
}

TEST_F(JobsTest, WaitsForTheTimeOfAJob) {
  const JobId later = jobs_.enqueue({.kind = "screen", .priority = 9, .not_before = kNow + 10s}, kNow);
  const JobId now = add();
  EXPECT_EQ(taken(), now);
  EXPECT_EQ(taken(kNow + 9s), JobId{});
  EXPECT_EQ(taken(kNow + 10s), later);
}

TEST_F(JobsTest, GivesAJobToOneWorkerUntilItsLeaseEnds) {
  const JobId id = add();
  ASSERT_EQ(taken(), id);
  EXPECT_EQ(taken(kNow + 29s), JobId{});
  const auto again = jobs_.take(kScreen, {"w2", 30s}, kNow + 30s);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->attempts, 2);
  EXPECT_FALSE(jobs_.heartbeat(id, lease_, 0.5, kNow + 31s));
  EXPECT_FALSE(jobs_.finish(id, "w1", kNow + 31s));
  EXPECT_TRUE(jobs_.finish(id, "w2", kNow + 31s));
}

TEST_F(JobsTest, HoldsAJobByHeartbeats) {
  const JobId id = add();
  ASSERT_EQ(taken(), id);
  EXPECT_TRUE(jobs_.heartbeat(id, lease_, 0.25, kNow + 20s));
  EXPECT_EQ(taken(kNow + 49s), JobId{});
  EXPECT_DOUBLE_EQ(jobs_.find(id)->progress, 0.25);
}

TEST_F(JobsTest, FinishesOnce) {
  const JobId id = add();
  ASSERT_EQ(taken(), id);
  EXPECT_TRUE(jobs_.finish(id, "w1", kNow + 1s));
  EXPECT_FALSE(jobs_.finish(id, "w1", kNow + 1s));
  const auto job = jobs_.find(id);
  EXPECT_EQ(job->state, JobState::done);
  EXPECT_EQ(job->ended_at, kNow + 1s);
  EXPECT_EQ(taken(kNow + 1h), JobId{});
}

TEST_F(JobsTest, SetsAJobAsideWhoseWorkerIsLostTooOften) {
  const JobId id = jobs_.enqueue({.kind = "screen", .most_attempts = 2}, kNow);
  ASSERT_EQ(taken(), id);
  ASSERT_EQ(taken(kNow + 1min), id);
  const auto set_aside = jobs_.recover(kScreen, kNow + 2min);
  ASSERT_EQ(set_aside.size(), 1U);
  EXPECT_EQ(set_aside[0].id, id);
  EXPECT_EQ(set_aside[0].state, JobState::failed);
  EXPECT_EQ(set_aside[0].error_code, "abandoned");
  EXPECT_EQ(taken(kNow + 1h), JobId{});
}

TEST_F(JobsTest, TakeSetsAbandonedJobsAsideToo) {
  const JobId id = jobs_.enqueue({.kind = "screen", .most_attempts = 1}, kNow);
  ASSERT_EQ(taken(), id);
  EXPECT_EQ(taken(kNow + 1min), JobId{});
  EXPECT_EQ(jobs_.find(id)->state, JobState::failed);
}

TEST_F(JobsTest, TriesAFailedJobAgainAtItsTimeUntilItsAttemptsAreUsedUp) {
  const JobId id = jobs_.enqueue({.kind = "screen", .most_attempts = 2}, kNow);
  ASSERT_EQ(taken(), id);
  EXPECT_EQ(jobs_.fail(id, "w1", "io", "disk", kNow + 5s, kNow), JobState::queued);
  EXPECT_EQ(taken(kNow + 4s), JobId{});
  ASSERT_EQ(taken(kNow + 5s), id);
  EXPECT_EQ(jobs_.fail(id, "w1", "io", "disk again", kNow + 9s, kNow + 6s), JobState::failed);
  const auto job = jobs_.find(id);
  EXPECT_EQ(job->error_code, "io");
  EXPECT_EQ(job->error, "disk again");
  EXPECT_EQ(job->ended_at, kNow + 6s);
}

TEST_F(JobsTest, SetsAJobAsideThatShallNotBeTriedAgain) {
  const JobId id = add();
  ASSERT_EQ(taken(), id);
  EXPECT_EQ(jobs_.fail(id, "w2", "io", "", std::nullopt, kNow), std::nullopt);
  EXPECT_EQ(jobs_.fail(id, "w1", "no_video", "", std::nullopt, kNow), JobState::failed);
}

TEST_F(JobsTest, TakesBackAJobAsIfItHadNotBegun) {
  const JobId id = add();
  ASSERT_EQ(taken(), id);
  jobs_.hand_back(id, "w2", kNow);
  EXPECT_EQ(jobs_.find(id)->state, JobState::running);
  jobs_.hand_back(id, "w1", kNow);
  EXPECT_EQ(jobs_.find(id)->attempts, 0);
  EXPECT_EQ(taken(), id);
}

TEST_F(JobsTest, CancelsWhatHasNotEnded) {
  const JobId queued = add();
  EXPECT_TRUE(jobs_.cancel(queued, kNow));
  EXPECT_FALSE(jobs_.cancel(queued, kNow));
  EXPECT_EQ(taken(), JobId{});
  const JobId running = add();
  ASSERT_EQ(taken(), running);
  EXPECT_TRUE(jobs_.cancel(running, kNow));
  EXPECT_FALSE(jobs_.heartbeat(running, lease_, 0, kNow));
  EXPECT_FALSE(jobs_.finish(running, "w1", kNow));
  EXPECT_EQ(jobs_.find(running)->state, JobState::cancelled);
}

TEST_F(JobsTest, QueuesOnceMoreOnlyWhatFailedOrWasCancelled) {
  const JobId id = add();
  EXPECT_FALSE(jobs_.retry(id, kNow));
  jobs_.cancel(id, kNow);
  EXPECT_TRUE(jobs_.retry(id, kNow + 1s));
  EXPECT_EQ(jobs_.find(id)->attempts, 0);
  EXPECT_EQ(taken(kNow + 1s), id);
  EXPECT_FALSE(jobs_.retry(JobId{99}, kNow));
}

TEST_F(JobsTest, ListsTheNewestFirstByTenantAndState) {
  const JobId a = add(0, "screen", TenantId{1});
  const JobId b = add(0, "screen", TenantId{2});
  const JobId c = add(0, "register", TenantId{1});
  jobs_.cancel(c, kNow);
  const auto ids = [](const std::vector<Job>& jobs) {
    std::vector<JobId> all;
    for (const Job& job : jobs) all.push_back(job.id);
    return all;
  };
  EXPECT_EQ(ids(jobs_.list({}, {}, {}, 10)), (std::vector{c, b, a}));
  EXPECT_EQ(ids(jobs_.list({}, {}, c, 1)), (std::vector{b}));
  EXPECT_EQ(ids(jobs_.list(TenantId{1}, {}, {}, 10)), (std::vector{c, a}));
  EXPECT_EQ(ids(jobs_.list({}, JobState::queued, {}, 10)), (std::vector{b, a}));
  EXPECT_EQ(ids(jobs_.list(TenantId{1}, JobState::cancelled, {}, 10)), (std::vector{c}));
}

TEST_F(JobsTest, CountsByKindAndState) {
  add();
  add();
  jobs_.cancel(add(0, "register"), kNow);
  const auto counts = jobs_.counts();
  ASSERT_EQ(counts.size(), 2U);
  EXPECT_EQ(counts[0].state, JobState::cancelled);
  EXPECT_EQ(counts[1].kind, "screen");
  EXPECT_EQ(counts[1].jobs, 2U);
}

TEST_F(JobsTest, ForgetsOnlyWhatEndedLongAgo) {
  const JobId old = add();
  jobs_.cancel(old, kNow);
  const JobId young = add();
  jobs_.cancel(young, kNow + 1h);
  add();
  EXPECT_EQ(jobs_.forget_ended(kNow + 1s), 1U);
  EXPECT_FALSE(jobs_.find(old));
  EXPECT_TRUE(jobs_.find(young));
}

TEST_F(JobsTest, RefusesWhatCannotBeQueued) {
  for (const NewJob& job :
       {NewJob{.kind = ""}, NewJob{.kind = "a", .priority = 101}, NewJob{.kind = "a", .most_attempts = 0}}) {
    EXPECT_EQ(error_of([&] { jobs_.enqueue(job, kNow); }), ErrorCode::invalid_input);
  }
}

TEST(JobStates, ComeBackFromTheirNames) {
  for (const JobState state :
       {JobState::queued, JobState::running, JobState::done, JobState::failed, JobState::cancelled}) {
    EXPECT_EQ(job_state_of(to_string(state)), state);
  }
  EXPECT_FALSE(job_state_of("lost"));
}

}  // namespace
}  // namespace reelprint::store
