#include "crawler/politeness.h"

#include <gtest/gtest.h>

#include "core/error.h"

namespace reelprint::crawler {
namespace {

using namespace std::chrono_literals;

const WallTime kNow{1'800'000'000s};

class PolitenessTest : public testing::Test {
 protected:
  [[nodiscard]] HostPace after(const HostPace& before, const HostAnswer& answer) const {
    return pace_after(before, answer, settings_, kNow);
  }
  [[nodiscard]] HostPace after_failures(int count) const {
    HostPace pace;
    for (int i = 0; i < count; ++i) pace = after(pace, {.status = 500});
    return pace;
  }
  PolitenessSettings settings_;
};

TEST_F(PolitenessTest, LeavesAQuickHostAloneForTheLeastDelay) {
  const HostPace pace = after({}, {.status = 200, .took = 20ms});
  EXPECT_EQ(pace.delay, 1s);
  EXPECT_EQ(pace.next_at, kNow + 1s);
}

TEST_F(PolitenessTest, SlowsDownWithAHostThatSlowsDown) {
  HostPace pace;
  for (int i = 0; i < 50; ++i) pace = after(pace, {.status = 200, .took = 2s});
  EXPECT_NEAR(static_cast<double>(pace.delay.count()), 10'000, 10);
  for (int i = 0; i < 50; ++i) pace = after(pace, {.status = 200, .took = 1h});
  EXPECT_NEAR(static_cast<double>(pace.delay.count()), 60'000, 10);
  for (int i = 0; i < 50; ++i) pace = after(pace, {.status = 200, .took = 10ms});
  EXPECT_NEAR(static_cast<double>(pace.delay.count()), 1'000, 10);
}

TEST_F(PolitenessTest, DoublesTheDelayWhenAskedToSlowDown) {
  HostPace pace = after({}, {.status = 429});
  EXPECT_EQ(pace.delay, 2s);
  pace = after(pace, {.status = 503});
  EXPECT_EQ(pace.delay, 4s);
  for (int i = 0; i < 20; ++i) pace = after(pace, {.status = 429});
  EXPECT_EQ(pace.delay, 60s);
}

TEST_F(PolitenessTest, WaitsAsLongAsTheHostAsksWithinBounds) {
  EXPECT_EQ(after({}, {.status = 429, .retry_after = "120"}).next_at, kNow + 120s);
  EXPECT_EQ(after({}, {.status = 503, .retry_after = "9999999"}).next_at, kNow + 24h);
  EXPECT_EQ(after({}, {.status = 302, .retry_after = "7"}).next_at, kNow + 7s);
  EXPECT_EQ(after({}, {.status = 200, .retry_after = "7"}).next_at, kNow + 1s);
  EXPECT_EQ(after({}, {.status = 429, .retry_after = "soon"}).next_at, kNow + 2s);
}

TEST_F(PolitenessTest, KeepsToACrawlDelayAsACourtesyWithABound) {
  EXPECT_EQ(after({}, {.status = 200, .crawl_delay = 10s}).next_at, kNow + 10s);
  EXPECT_EQ(after({}, {.status = 200, .crawl_delay = 1h}).next_at, kNow + 60s);
  EXPECT_EQ(after({}, {.status = 200, .crawl_delay = 0s}).next_at, kNow + 1s);
}

TEST_F(PolitenessTest, OpensTheBreakerAfterFailuresInARowAndForEverLonger) {
  EXPECT_EQ(breaker_of(after_failures(4), settings_, kNow), Breaker::closed);
  const HostPace open = after_failures(5);
  EXPECT_EQ(open.closed_until, kNow + 5min);
  EXPECT_EQ(open.next_at, kNow + 5min);
  EXPECT_EQ(breaker_of(open, settings_, kNow), Breaker::open);
  EXPECT_EQ(breaker_of(open, settings_, kNow + 5min), Breaker::half_open);
  EXPECT_EQ(after_failures(6).closed_until, kNow + 10min);
  EXPECT_EQ(after_failures(100).closed_until, kNow + 24h);
}

TEST_F(PolitenessTest, ClosesTheBreakerWithTheFirstSuccess) {
  const HostPace pace = after(after_failures(7), {.status = 404});
  EXPECT_EQ(pace.failures, 0);
  EXPECT_EQ(breaker_of(pace, settings_, kNow), Breaker::closed);
  EXPECT_EQ(pace.closed_until, WallTime{});
}

TEST_F(PolitenessTest, CountsSilenceAsAFailureAndWhatWasNotSentAsNothing) {
  EXPECT_EQ(after({}, {.error_code = "timeout"}).failures, 1);
  EXPECT_EQ(after({}, {.status = 429}).failures, 1);
  const HostPace before{.delay = 3s, .failures = 2};
  for (const auto* code : {"forbidden_address", "invalid_url", "cancelled"})
    EXPECT_EQ(after(before, {.error_code = code}), before) << code;
}

TEST_F(PolitenessTest, TakesTheTimeToTheHeadForTheAnswersTime) {
  const Exchange exchange{.response_head = "HTTP/1.1 503 Busy\r\nretry-after: 5\r\n\r\n",
                          .status = 503,
                          .began_at = kNow,
                          .answered_at = kNow + 2s,
                          .ended_at = kNow + 60s};
  const HostAnswer answer = host_answer_of(exchange, 3s);
  EXPECT_EQ(answer.took, 2s);
  EXPECT_EQ(answer.retry_after, "5");
  EXPECT_EQ(answer.crawl_delay, 3s);
}

TEST(CrawlerUserAgent, NamesAContactOrIsNone) {
  EXPECT_EQ(crawler_user_agent("1.2", "https://rights.example/bot"),
            "reelprint/1.2 (+https://rights.example/bot)");
  EXPECT_EQ(crawler_user_agent("1.2", "mailto:bot@rights.example"),
            "reelprint/1.2 (+mailto:bot@rights.example)");
  for (const auto* contact : {"", "https://", "mailto:", "us", "https://a b", "https://a\r\nX: y",
                              "https://a)", "ftp://a.example"}) {
    EXPECT_THROW(static_cast<void>(crawler_user_agent("1", contact)), Error) << contact;
  }
}

}  // namespace
}  // namespace reelprint::crawler
