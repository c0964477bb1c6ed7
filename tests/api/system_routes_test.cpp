#include "api/routes/system_routes.h"

#include <gtest/gtest.h>

#include "api_harness.h"

namespace reelprint::api {
namespace {

class SystemRoutes : public testing::Test {
 protected:
  std::string reason;
  Metrics metrics;
  ApiHarness harness{[this](Router& router, const Backend&) {
    add_system_routes(router, {metrics, {}, [this] { return reason; }});
  }};
  ApiClient anybody = harness.anonymous();
};

TEST_F(SystemRoutes, TellsAliveFromReady) {
  EXPECT_EQ(anybody.get("/healthz").status, 200U);
  EXPECT_EQ(anybody.get("/readyz").status, 200U);
  reason = "the index is not loaded";
  EXPECT_EQ(anybody.get("/healthz").status, 200U);
  const auto response = anybody.get("/readyz");
  EXPECT_EQ(response.status, 503U);
  EXPECT_EQ(problem_of(response), "not-ready");
  EXPECT_NE(field_of(response, "Retry-After"), "");
}

TEST_F(SystemRoutes, GivesTheDescriptionOnceToWhoKeepsIt) {
  const auto first = anybody.get("/openapi.json");
  EXPECT_EQ(first.status, 200U);
  const auto again = anybody.get("/openapi.json", {{"If-None-Match", field_of(first, "ETag")}});
  EXPECT_EQ(again.status, 304U);
}

TEST_F(SystemRoutes, ShowsMetricsToThisMachineOnlyAndNotThroughAProxy) {
  const auto response = anybody.get("/metrics");
  EXPECT_EQ(response.status, 200U);
  EXPECT_EQ(response.content_type, "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_EQ(anybody.get("/metrics", {{"X-Forwarded-For", "127.0.0.1"}}).status, 403U);
}

TEST(MetricsRoute, NeedsItsTokenWhenThereIsOne) {
  Metrics metrics;
  ApiHarness harness([&](Router& router, const Backend&) {
    add_system_routes(router, {metrics, "s3cret", {}});
  });
  const ApiClient anybody = harness.anonymous();
  EXPECT_EQ(anybody.get("/metrics").status, 403U);
  EXPECT_EQ(anybody.get("/metrics", {{"Authorization", "Bearer s3cre"}}).status, 403U);
  EXPECT_EQ(anybody.get("/metrics", {{"Authorization", "Bearer s3cret"}}).status, 200U);
}

}  // namespace
}  // namespace reelprint::api
