#include "crawler/http_date.h"

#include <gtest/gtest.h>

namespace reelprint::crawler {
namespace {

using namespace std::chrono_literals;

// 2026-11-21T00:00:00Z
const WallTime kNow{std::chrono::sys_days{std::chrono::year{2026} / 11 / 21}};

TEST(HttpDate, ReadsTheThreeForms) {
  const WallTime when{784'111'777s};  // the example of RFC 9110
  EXPECT_EQ(http_date_of("Sun, 06 Nov 1994 08:49:37 GMT", kNow), when);
  EXPECT_EQ(http_date_of("Sunday, 06-Nov-94 08:49:37 GMT", kNow), when);
  EXPECT_EQ(http_date_of("Sun Nov  6 08:49:37 1994", kNow), when);
}

TEST(HttpDate, RefusesWhatIsNone) {
  for (const auto* text :
       {"", "Sun", "Sun,", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 GMT ", "6 Nov 1994",
        "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT", "Sun, -6 Nov 1994 08:49:37 GMT",
        "Sun, 06 Non 1994 08:49:37 GMT", "2026-11-21T00:00:00Z", ", , , ", "Sun, 06 Nov 1994 08:49:37 CET"}) {
    EXPECT_EQ(http_date_of(text, kNow), std::nullopt) << text;
  }
}

TEST(RetryAfter, IsSecondsOrADate) {
  EXPECT_EQ(retry_after_of("120", kNow), 120s);
  EXPECT_EQ(retry_after_of("Sat, 21 Nov 2026 00:01:00 GMT", kNow), 60s);
  EXPECT_EQ(retry_after_of("Sat, 21 Nov 2020 00:01:00 GMT", kNow), 0s);
  EXPECT_EQ(retry_after_of("99999999999999999999", kNow), std::chrono::seconds{std::chrono::years{10}});
  EXPECT_EQ(retry_after_of("-1", kNow), std::nullopt);
  EXPECT_EQ(retry_after_of("1.5", kNow), std::nullopt);
  EXPECT_EQ(retry_after_of("", kNow), std::nullopt);
}

}  // namespace
}  // namespace reelprint::crawler
