#include "pipeline/job_runner.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <stdexcept>

#include "core/error.h"
#include "tests/support/eventually.h"
#include "tests/support/set_clock.h"
#include "tests/support/temporary_folder.h"

namespace reelprint::pipeline {
namespace {

using namespace std::chrono_literals;
using store::JobState;
using test::eventually;

constexpr store::StatementText kMakeEffects{"make the effects",
                                            "CREATE TABLE effects (job INTEGER NOT NULL) STRICT"};
constexpr store::StatementText kAddEffect{"add an effect", "INSERT INTO effects (job) VALUES (?1)"};
constexpr store::StatementText kCountEffects{"count effects", "SELECT count(*) FROM effects WHERE job = ?1"};

Effect noted(JobId id) {
  return [id](store::Store& store) { store.database().run(kAddEffect, id.value); };
}

class JobRunnerTest : public testing::Test {
 protected:
  JobRunnerTest() { store_.database().run_script(kMakeEffects); }

  static JobRunnerSettings settings() {
    JobRunnerSettings settings;
    settings.heartbeat = 2ms;
    settings.poll = 2ms;
    return settings;
  }
  JobId add(const std::string& kind = "screen", int most_attempts = 5) {
    return jobs_.enqueue({.kind = kind, .payload = "{}", .most_attempts = most_attempts}, clock_.now());
  }
  [[nodiscard]] bool becomes(JobId id, JobState state) {
    return eventually([&] { return jobs_.find(id)->state == state; });
  }
  [[nodiscard]] std::int64_t effects(JobId id) {
    store::Statement row = store_.database().statement(kCountEffects, id.value);
    return row.step() ? row.integer(0) : -1;
  }
  static std::chrono::steady_clock::time_point at_once() { return std::chrono::steady_clock::now(); }

  test::TemporaryFolder folder_;
  test::SetClock clock_;
  store::Store store_{folder_.path()};
  store::Jobs jobs_{store_.database()};
  JobRunner runner_{folder_.path(), clock_, settings()};
};

TEST_F(JobRunnerTest, RunsAJobAndItsEffectOnce) {
  runner_.handle("screen", [](const JobContext& context) { return noted(context.job.id); });
  const JobId id = add();
  runner_.start();
  ASSERT_TRUE(becomes(id, JobState::done));
  EXPECT_EQ(effects(id), 1);
  EXPECT_EQ(jobs_.find(id)->attempts, 1);
}

TEST_F(JobRunnerTest, LeavesOtherKindsAlone) {
  runner_.handle("screen", [](const JobContext&) { return Effect{}; });
  const JobId other = add("register");
  const JobId id = add();
  runner_.start();
  ASSERT_TRUE(becomes(id, JobState::done));
  EXPECT_EQ(jobs_.find(other)->state, JobState::queued);
}

TEST_F(JobRunnerTest, FailsAtOnceWhatWillNeverSucceed) {
  runner_.handle("screen", [](const JobContext&) -> Effect {
    throw Error(ErrorCode::no_video, "open video 'a.mp4': no video stream");
  });
  runner_.on_failed("screen", [](const store::Job& job, std::string_view code, std::string_view text) {
    EXPECT_EQ(code, "no_video");
    EXPECT_EQ(text, "open video 'a.mp4': no video stream");
    return noted(job.id);
  });
  const JobId id = add();
  runner_.start();
  ASSERT_TRUE(becomes(id, JobState::failed));
  EXPECT_EQ(jobs_.find(id)->error_code, "no_video");
  EXPECT_EQ(effects(id), 1);
}

TEST_F(JobRunnerTest, TriesAgainWithGrowingDelaysAndThenSetsAside) {
  std::atomic<int> tries = 0;
  runner_.handle("screen", [&](const JobContext&) -> Effect {
    ++tries;
    throw std::runtime_error("out of luck");
  });
  runner_.on_failed("screen",
                    [](const store::Job& job, std::string_view, std::string_view) { return noted(job.id); });
  const JobId id = add("screen", 3);
  runner_.start();
  for (int attempt = 1; attempt < 3; ++attempt) {
    ASSERT_TRUE(eventually(
        [&] { return jobs_.find(id)->attempts == attempt && jobs_.find(id)->state == JobState::queued; }));
    const auto delay = retry_delay(RetrySettings{}, id.value, attempt);
    EXPECT_EQ(jobs_.find(id)->what.not_before, clock_.now() + delay);
    clock_.advance(delay);
  }
  ASSERT_TRUE(becomes(id, JobState::failed));
  EXPECT_EQ(tries, 3);
  EXPECT_EQ(jobs_.find(id)->error_code, "internal");
  EXPECT_EQ(effects(id), 1);
}

TEST_F(JobRunnerTest, TriesAgainWhenTheHandlerSaysSo) {
  std::atomic<int> tries = 0;
  runner_.handle("screen", [&](const JobContext& context) -> Effect {
    if (++tries == 1) throw RetryLater(1h);
    return noted(context.job.id);
  });
  const JobId id = add();
  const WallTime begun = clock_.now();
  runner_.start();
  ASSERT_TRUE(eventually([&] { return jobs_.find(id)->error_code == "retry_later"; }));
  EXPECT_EQ(jobs_.find(id)->what.not_before, begun + 1h);
  clock_.advance(1h);
  ASSERT_TRUE(becomes(id, JobState::done));
}

TEST_F(JobRunnerTest, TriesAgainWhenTheEffectCouldNotBeStored) {
  std::atomic<int> tries = 0;
  runner_.handle("screen", [&](const JobContext& context) -> Effect {
    const JobId id = context.job.id;
    return [&tries, id](store::Store& store) {
      noted(id)(store);
      if (++tries == 1) throw Error(ErrorCode::io, "disk full");
    };
  });
  const JobId id = add();
  runner_.start();
  ASSERT_TRUE(eventually([&] { return jobs_.find(id)->error_code == "io"; }));
  EXPECT_EQ(effects(id), 0);
  clock_.advance(1h);
  ASSERT_TRUE(becomes(id, JobState::done));
  EXPECT_EQ(effects(id), 1);
}

TEST_F(JobRunnerTest, StopsACancelledJobAndStoresNothingOfIt) {
  std::promise<void> begun;
  std::promise<void> stopped;
  runner_.handle("screen", [&](const JobContext& context) {
    begun.set_value();
    EXPECT_TRUE(eventually([&] { return context.stop.stop_requested(); }));
    stopped.set_value();
    return noted(context.job.id);
  });
  const JobId id = add();
  runner_.start();
  begun.get_future().wait();
  ASSERT_TRUE(jobs_.cancel(id, clock_.now()));
  stopped.get_future().wait();
  ASSERT_TRUE(eventually([&] { return runner_.running() == 0; }));
  EXPECT_EQ(jobs_.find(id)->state, JobState::cancelled);
  EXPECT_EQ(effects(id), 0);
}

TEST_F(JobRunnerTest, HandsBackWhatStillRunsWhenItStops) {
  std::promise<void> begun;
  runner_.handle("screen", [&](const JobContext& context) -> Effect {
    begun.set_value();
    EXPECT_TRUE(eventually([&] { return context.stop.stop_requested(); }));
    throw Error(ErrorCode::cancelled, "stopped");
  });
  const JobId id = add();
  runner_.start();
  begun.get_future().wait();
  runner_.stop(at_once());
  EXPECT_EQ(jobs_.find(id)->state, JobState::queued);
  EXPECT_EQ(jobs_.find(id)->attempts, 0);
}

TEST_F(JobRunnerTest, LetsWhatRunsFinishUntilTheDeadline) {
  std::promise<void> begun;
  std::promise<void> go_on;
  runner_.handle(
      "screen",
      [&](const JobContext& context) {
        begun.set_value();
        go_on.get_future().wait();
        EXPECT_FALSE(context.stop.stop_requested());
        return noted(context.job.id);
      },
      1);
  const JobId id = add();
  runner_.start();
  begun.get_future().wait();
  std::promise<void> stopping;
  const std::jthread stopper([&] {
    stopping.set_value();
    runner_.stop(at_once() + 1min);
  });
  stopping.get_future().wait();
  go_on.set_value();
  ASSERT_TRUE(becomes(id, JobState::done));
  EXPECT_EQ(effects(id), 1);
}

TEST_F(JobRunnerTest, RunsNoMoreOfAKindThanItMay) {
  std::atomic<int> at_once_now = 0;
  std::atomic<int> most = 0;
  JobRunnerSettings many = settings();
  many.threads = 4;
  JobRunner runner(folder_.path(), clock_, many);
  runner.handle(
      "screen",
      [&](const JobContext& context) {
        const int now = ++at_once_now;
        int seen = most;
        while (seen < now && !most.compare_exchange_weak(seen, now)) {
        }
        std::this_thread::yield();
        --at_once_now;
        return noted(context.job.id);
      },
      1);
  std::vector<JobId> ids;
  for (int i = 0; i < 20; ++i) ids.push_back(add());
  runner.start();
  for (const JobId id : ids) ASSERT_TRUE(becomes(id, JobState::done));
  EXPECT_EQ(most, 1);
}

TEST_F(JobRunnerTest, LooksAtOnceWhenItIsWoken) {
  JobRunnerSettings patient = settings();
  patient.poll = 1h;
  JobRunner runner(folder_.path(), clock_, patient);
  runner.handle("screen", [](const JobContext&) { return Effect{}; });
  const JobId first = add();
  runner.start();
  ASSERT_TRUE(becomes(first, JobState::done));
  const JobId second = add();
  runner.wake();
  EXPECT_TRUE(becomes(second, JobState::done));
}

TEST_F(JobRunnerTest, ShowsProgressAtAHeartbeat) {
  std::promise<void> go_on;
  runner_.handle("screen", [&](const JobContext& context) {
    context.progress(0.5);
    go_on.get_future().wait();
    return Effect{};
  });
  const JobId id = add();
  runner_.start();
  EXPECT_TRUE(eventually([&] { return jobs_.find(id)->progress == 0.5; }));
  go_on.set_value();
  EXPECT_TRUE(becomes(id, JobState::done));
}

TEST_F(JobRunnerTest, RunsTheEffectOfAFailureForAJobThatWasAbandoned) {
  const JobId id = add("screen", 1);
  constexpr std::string_view kKinds[] = {"screen"};
  ASSERT_TRUE(jobs_.take(kKinds, {"gone", 1s}, clock_.now()));
  clock_.advance(1min);
  runner_.handle("screen", [](const JobContext&) { return Effect{}; });
  runner_.on_failed("screen", [](const store::Job& job, std::string_view code, std::string_view) {
    EXPECT_EQ(code, "abandoned");
    return noted(job.id);
  });
  runner_.start();
  ASSERT_TRUE(becomes(id, JobState::failed));
  EXPECT_EQ(effects(id), 1);
}

TEST_F(JobRunnerTest, GoesOnWhenTheEffectOfAFailureFails) {
  runner_.handle("screen", [](const JobContext&) -> Effect { throw Error(ErrorCode::corrupt, "broken"); });
  runner_.on_failed("screen", [](const store::Job&, std::string_view, std::string_view) -> Effect {
    throw std::runtime_error("and this too");
  });
  const JobId first = add();
  const JobId second = add();
  runner_.start();
  EXPECT_TRUE(becomes(first, JobState::failed));
  EXPECT_TRUE(becomes(second, JobState::failed));
}

TEST(RetryDelay, GrowsUpToItsMostAndIsTheSameForTheSameAttempt) {
  const RetrySettings settings{.first = 10s, .most = 100s, .growth = 2};
  std::chrono::microseconds before{0};
  for (int attempt = 1; attempt <= 4; ++attempt) {
    const auto delay = retry_delay(settings, 7, attempt);
    EXPECT_EQ(delay, retry_delay(settings, 7, attempt));
    EXPECT_GT(delay, before);
    before = delay;
  }
  EXPECT_LE(retry_delay(settings, 7, 1'000'000), 100s);
  EXPECT_NE(retry_delay(settings, 7, 1), retry_delay(settings, 8, 1));
}

}  // namespace
}  // namespace reelprint::pipeline
