#include "core/business_days.h"

#include <gtest/gtest.h>

#include <vector>

#include "core/notice_record.h"

namespace reelprint {
namespace {

Day day(std::string_view text) {
  return day_named(text).value();
}

TEST(BusinessDays, LeaveOutWeekends) {
  EXPECT_TRUE(is_business_day(day("2026-11-20"), {}));
  EXPECT_FALSE(is_business_day(day("2026-11-21"), {}));
  EXPECT_FALSE(is_business_day(day("2026-11-22"), {}));
  EXPECT_EQ(to_string(add_business_days(day("2026-11-20"), 1, {})), "2026-11-23");
  EXPECT_EQ(to_string(add_business_days(day("2026-11-20"), 10, {})), "2026-12-04");
  EXPECT_EQ(to_string(add_business_days(day("2026-11-20"), 14, {})), "2026-12-10");
  EXPECT_EQ(to_string(add_business_days(day("2026-11-21"), 1, {})), "2026-11-23");
}

TEST(BusinessDays, LeaveOutHolidays) {
  const std::vector holidays{day("2026-12-25"), day("2026-11-26")};
  EXPECT_FALSE(is_business_day(day("2026-11-26"), holidays));
  EXPECT_EQ(to_string(add_business_days(day("2026-11-25"), 1, holidays)), "2026-11-27");
  EXPECT_EQ(to_string(add_business_days(day("2026-11-20"), 10, holidays)), "2026-12-07");
}

TEST(BusinessDays, OfNoneAreTheDayItself) {
  EXPECT_EQ(add_business_days(day("2026-11-21"), 0, {}), day("2026-11-21"));
  EXPECT_EQ(add_business_days(day("2026-11-21"), -3, {}), day("2026-11-21"));
}

TEST(Days, AreReadBack) {
  EXPECT_EQ(to_string(day("2028-02-29")), "2028-02-29");
  for (const char* text : {"", "2026-02-30", "2026-1-1", "20260101", "2026-01-01T"})
    EXPECT_FALSE(day_named(text)) << text;
  EXPECT_EQ(day_of(end_of(day("2026-11-20"))), day("2026-11-21"));
}

TEST(NoticeStates, FollowEachOtherAsTheyMay) {
  using enum NoticeState;
  for (const NoticeState state :
       {drafted, approved, sent, acknowledged, removed, refused, countered, withdrawn}) {
    EXPECT_EQ(notice_state_of(to_string(state)), state);
    EXPECT_EQ(may_become(state, withdrawn), state != withdrawn);
    EXPECT_FALSE(may_become(state, state));
  }
  EXPECT_TRUE(may_become(drafted, approved));
  EXPECT_FALSE(may_become(drafted, sent)) << "nothing is sent that nobody approved";
  EXPECT_TRUE(may_become(approved, drafted)) << "to correct it";
  EXPECT_FALSE(may_become(sent, drafted));
  EXPECT_FALSE(was_sent(approved));
  EXPECT_TRUE(was_sent(refused));
}

}  // namespace
}  // namespace reelprint
