#include "api/routes/job_routes.h"

#include <gtest/gtest.h>

#include <array>
#include <boost/json.hpp>

#include "api_harness.h"
#include "store/jobs.h"

namespace reelprint::api {
namespace {

using namespace std::chrono_literals;
using store::JobState;

class JobRoutes : public testing::Test {
 protected:
  JobId add(TenantId tenant) {
    return jobs_.enqueue({.kind = "screen", .tenant = tenant, .payload = "{}"}, harness_.clock.now());
  }
  static std::string path_of(JobId id) { return "/v1/jobs/" + std::to_string(id.value); }
  std::size_t items(const ApiClient& client, const std::string& target) {
    return json_of(client.get(target)).at("items").as_array().size();
  }

  std::vector<JobState> followed_;
  ApiHarness harness_{[this](Router& router, const Backend& backend) {
    Backend followed = backend;
    followed.follow_job = [this](store::Store&, const store::Job& job, WallTime) {
      followed_.push_back(job.state);
    };
    add_job_routes(router, followed);
  }};
  store::Jobs jobs_{harness_.database()};
  ApiClient admin_ = harness_.as(Role::admin);
  ApiClient platform_ = harness_.as(Role::platform, TenantId{1});
};

TEST_F(JobRoutes, ShowATenantItsOwnJobsAndAnAdminAll) {
  const JobId own = add(TenantId{1});
  const JobId other = add(TenantId{2});
  EXPECT_EQ(items(platform_, "/v1/jobs"), 1U);
  EXPECT_EQ(items(admin_, "/v1/jobs"), 2U);
  EXPECT_EQ(items(admin_, "/v1/jobs?state=running"), 0U);
  EXPECT_EQ(admin_.get("/v1/jobs?state=lost").status, 400U);
  EXPECT_EQ(platform_.get(path_of(own)).status, 200U);
  EXPECT_EQ(platform_.get(path_of(other)).status, 404U);
  EXPECT_EQ(platform_.post(path_of(other) + "/cancellation").status, 404U);
  EXPECT_EQ(json_of(platform_.get(path_of(own))).at("state").as_string(), "queued");
}

TEST_F(JobRoutes, CancelAJobOnceAndTellWhatHangsOnIt) {
  const JobId id = add(TenantId{1});
  const auto response = platform_.post(path_of(id) + "/cancellation");
  EXPECT_EQ(response.status, 200U) << response.body;
  EXPECT_EQ(json_of(response).at("state").as_string(), "cancelled");
  EXPECT_EQ(platform_.post(path_of(id) + "/cancellation").status, 409U);
  EXPECT_EQ(followed_, (std::vector{JobState::cancelled}));
}

TEST_F(JobRoutes, LetOnlyAnAdminTryAgainWhatFailed) {
  const JobId id = add(TenantId{1});
  EXPECT_EQ(admin_.post(path_of(id) + "/retry").status, 409U);
  ASSERT_TRUE(jobs_.cancel(id, harness_.clock.now()));
  EXPECT_EQ(platform_.post(path_of(id) + "/retry").status, 403U);
  EXPECT_EQ(admin_.post(path_of(id) + "/retry").status, 200U);
  EXPECT_EQ(jobs_.find(id)->state, JobState::queued);
  EXPECT_EQ(followed_, (std::vector{JobState::queued}));
}

TEST_F(JobRoutes, TellATenantNoMoreThanTheCodeOfAnError) {
  const JobId id = add(TenantId{1});
  constexpr std::array<std::string_view, 1> kKinds{"screen"};
  ASSERT_TRUE(jobs_.take(kKinds, {"w", 30s}, harness_.clock.now()));
  jobs_.fail(id, "w", "no_video", "open video '/srv/uploads/1'", std::nullopt, harness_.clock.now());
  const auto shown = json_of(platform_.get(path_of(id)));
  EXPECT_EQ(shown.at("error").at("code").as_string(), "no_video");
  EXPECT_FALSE(shown.at("error").as_object().contains("detail"));
  EXPECT_TRUE(json_of(admin_.get(path_of(id))).at("error").as_object().contains("detail"));
}

TEST_F(JobRoutes, PageFromTheNewestToTheOldest) {
  add(TenantId{1});
  const JobId second = add(TenantId{1});
  const auto first_page = json_of(admin_.get("/v1/jobs?limit=1"));
  EXPECT_EQ(first_page.at("items").at(0).at("id").as_int64(), second.value);
  const std::string next(first_page.at("next").as_string());
  const auto last_page = json_of(admin_.get("/v1/jobs?limit=1&cursor=" + next));
  EXPECT_EQ(last_page.at("items").as_array().size(), 1U);
  EXPECT_TRUE(last_page.at("next").is_null());
}

}  // namespace
}  // namespace reelprint::api
