#include "api/log.h"

#include <gtest/gtest.h>

#include "api_harness.h"

namespace reelprint::api {
namespace {

class LogTest : public testing::Test {
 protected:
  FakeClock clock;
  std::string text;
  Log log{clock, LogLevel::info, [this](std::string_view line) { text += line; }};
};

TEST_F(LogTest, WritesOneLineAnEvent) {
  log.event(LogLevel::warning, "request", {{"status", "200"}, {"why", "a b"}, {"empty", ""}});
  EXPECT_EQ(text, "at=2026-11-18T11:06:40Z level=warning event=request status=200 why=\"a b\" empty=\"\"\n");
}

TEST_F(LogTest, LetsNobodyForgeALineOrAField) {
  log.event(LogLevel::error, "x", {{"why", "a\nlevel=info \"q\" b=c"}});
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
  EXPECT_NE(text.find(R"(why="a\u000alevel=info \"q\" b=c")"), std::string::npos) << text;
}

TEST_F(LogTest, LeavesOutWhatIsBelowItsLevel) {
  log.event(LogLevel::debug, "quiet");
  EXPECT_EQ(text, "");
  log.set_level(LogLevel::debug);
  log.event(LogLevel::debug, "loud");
  EXPECT_NE(text, "");
}

TEST(LogLevel, HasNames) {
  for (const LogLevel level : {LogLevel::debug, LogLevel::info, LogLevel::warning, LogLevel::error})
    EXPECT_EQ(log_level_of(to_string(level)), level);
  EXPECT_EQ(log_level_of("loud"), std::nullopt);
}

}  // namespace
}  // namespace reelprint::api
