#include "api/load_guard.h"

#include <gtest/gtest.h>

#include <limits>
#include <memory>
#include <string>
#include <string_view>

#include "api/routes/screening_routes.h"
#include "api/routes/upload_routes.h"
#include "api_harness.h"
#include "core/error.h"
#include "store/jobs.h"

namespace reelprint::api {
namespace {

constexpr std::uint64_t kMoreThanThereIs = std::numeric_limits<std::uint64_t>::max();

void add_routes(Router& router, const Backend& backend) {
  add_screening_routes(router, backend);
  add_upload_routes(router, backend);
}

class LoadGuardTest : public testing::Test {
 protected:
  /// Has the application go by a guard with these limits, which has looked once.
  void guard_by(LoadLimits limits) {
    limits.data = api.folder();
    guard = std::make_unique<LoadGuard>(limits);
    api.backpressure = [this] { return guard->refusal(); };
    guard->look(api.store());
  }
  /// Jobs that wait.
  void enqueue(int count) {
    for (int i = 0; i < count; ++i) {
      store::NewJob job;
      job.kind = "screen";
      store::Jobs(api.database()).enqueue(job, api.clock.now());
    }
  }
  [[nodiscard]] http::Response screen() const {
    return platform.post("/v1/screenings?account=a", "media", {{"Content-Type", "video/mp4"}});
  }
  [[nodiscard]] http::Response create_upload() const {
    return platform.post("/v1/uploads", "", {{"Tus-Resumable", "1.0.0"}, {"Upload-Length", "5"}});
  }
  void expect_shed(const std::string& why, const std::string& retry_after) const {
    for (const http::Response& refused : {screen(), create_upload()}) {
      EXPECT_EQ(refused.status, 503U) << refused.body;
      EXPECT_EQ(problem_of(refused), "overloaded");
      EXPECT_EQ(field_of(refused, "Retry-After"), retry_after);
      EXPECT_NE(refused.body.find(why), std::string::npos) << refused.body;
    }
    EXPECT_EQ(platform.get("/v1/screenings").body.find("\"id\""), std::string::npos)
        << "it was taken all the same";
    EXPECT_EQ(platform.get("/v1/screenings").status, 200U);
  }

  ApiHarness api{add_routes};
  ApiClient platform = api.as(Role::platform, TenantId{3});
  std::unique_ptr<LoadGuard> guard;
};

TEST_F(LoadGuardTest, LimitsNothingByZero) {
  enqueue(3);
  guard_by({});
  EXPECT_EQ(screen().status, 202U);
  EXPECT_EQ(create_upload().status, 201U);
}

TEST_F(LoadGuardTest, TakesWorkWhileThereIsRoom) {
  enqueue(1);
  guard_by({.data = {}, .least_free_bytes = 1, .most_queued_jobs = 2, .most_memory_bytes = kMoreThanThereIs});
  EXPECT_EQ(screen().status, 202U);
}

TEST_F(LoadGuardTest, ShedsWhenTheDiskIsNearlyFull) {
  guard_by({.data = {}, .least_free_bytes = kMoreThanThereIs});
  expect_shed("the disk is nearly full", "300");
}

TEST_F(LoadGuardTest, ShedsWhenTheQueueIsFullUntilItHasBeenWorkedOff) {
  enqueue(2);
  guard_by({.data = {}, .most_queued_jobs = 2});
  expect_shed("the queue is full", "30");
  constexpr std::string_view kKinds[] = {"screen"};
  const store::Lease lease{"worker"};
  const auto taken = store::Jobs(api.database()).take(kKinds, lease, api.clock.now());
  ASSERT_TRUE(taken.has_value());
  EXPECT_EQ(screen().status, 503U) << "it goes by its last look";
  guard->look(api.store());
  EXPECT_EQ(screen().status, 202U);
}

TEST_F(LoadGuardTest, ShedsWhenMemoryIsShort) {
  guard_by({.data = {}, .most_memory_bytes = 1});
  expect_shed("memory is short", "10");
}

TEST_F(LoadGuardTest, SaysThatItCannotMeasureADiskThatIsNotThere) {
  LoadGuard lost({.data = api.folder() / "nowhere", .least_free_bytes = 1});
  EXPECT_THROW(lost.look(api.store()), Error);
  EXPECT_FALSE(lost.refusal().has_value());
}

}  // namespace
}  // namespace reelprint::api
