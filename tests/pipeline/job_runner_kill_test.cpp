#include <gtest/gtest.h>

#include <chrono>
#include <thread>
#include <vector>

#include "pipeline/job_runner.h"
#include "tests/store/child_process.h"
#include "tests/support/eventually.h"
#include "tests/support/temporary_folder.h"

namespace reelprint::pipeline {
namespace {

using namespace std::chrono_literals;

constexpr store::StatementText kMakeEffects{"make the effects",
                                            "CREATE TABLE effects (job INTEGER NOT NULL) STRICT"};
constexpr store::StatementText kAddEffect{"add an effect", "INSERT INTO effects (job) VALUES (?1)"};
constexpr store::StatementText kCountEffects{"count effects",
                                             "SELECT count(*), count(DISTINCT job) FROM effects"};

/// Leases so short that what a killed process held is taken over within the test, or lost while it runs.
JobRunnerSettings hasty() {
  JobRunnerSettings settings;
  settings.lease = 20ms;
  settings.heartbeat = 5ms;
  settings.poll = 2ms;
  return settings;
}

void make_known(JobRunner& runner) {
  runner.handle("note", [](const JobContext& context) -> Effect {
    const JobId id = context.job.id;
    return [id](store::Store& store) { store.database().run(kAddEffect, id.value); };
  });
}

std::vector<JobId> enqueue(const std::filesystem::path& folder, int jobs) {
  store::Store store(folder);
  std::vector<JobId> ids;
  for (int i = 0; i < jobs; ++i) {
    ids.push_back(
        store::Jobs(store.database())
            .enqueue({.kind = "note", .payload = "{}", .most_attempts = 1'000'000}, SystemClock{}.now()));
  }
  return ids;
}

TEST(KilledJobRunner, LosesNoJobAndDoesNoneTwice) {
  const test::TemporaryFolder folder;
  const SystemClock clock;
  store::Store(folder.path()).database().run_script(kMakeEffects);
  std::vector<JobId> ids;
  for (int round = 0; round < 40; ++round) {
    for (const JobId id : enqueue(folder.path(), 10)) ids.push_back(id);
    store::ChildProcess worker([&] {
      JobRunner runner(folder.path(), clock, hasty());
      make_known(runner);
      runner.start();
      std::this_thread::sleep_for(1h);
    });
    std::this_thread::sleep_for(std::chrono::microseconds(1700 * round));  // another point each time
    worker.kill();
  }
  JobRunner runner(folder.path(), clock, hasty());
  make_known(runner);
  runner.start();
  store::Store store(folder.path());
  store::Jobs jobs(store.database());
  for (const JobId id : ids) {
    ASSERT_TRUE(test::eventually([&] { return jobs.find(id)->state == store::JobState::done; }));
  }
  store::Statement row = store.database().statement(kCountEffects);
  ASSERT_TRUE(row.step());
  EXPECT_EQ(row.integer<std::size_t>(0), ids.size());
  EXPECT_EQ(row.integer<std::size_t>(1), ids.size());
}

}  // namespace
}  // namespace reelprint::pipeline
