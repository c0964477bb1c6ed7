#include "core/business_days.h"

#include <algorithm>

namespace reelprint {
namespace {

constexpr int kMostDays = 1000;

}  // namespace

bool is_business_day(Day day, std::span<const Day> holidays) {
  const std::chrono::weekday weekday(day);
  if (weekday == std::chrono::Saturday || weekday == std::chrono::Sunday) return false;
  return std::ranges::find(holidays, day) == holidays.end();
}

Day add_business_days(Day from, int days, std::span<const Day> holidays) {
  const int wanted = std::clamp(days, 0, kMostDays);
  Day day = from;
  for (int counted = 0; counted < wanted;) {
    day += std::chrono::days(1);
    if (is_business_day(day, holidays)) ++counted;
  }
  return day;
}

Day day_of(WallTime time) {
  return std::chrono::floor<std::chrono::days>(time);
}

WallTime end_of(Day day) {
  return WallTime{day + std::chrono::days(1)};
}

std::optional<Day> day_named(std::string_view text) {
  if (text.size() != 10) return std::nullopt;
  const auto midnight = wall_time_of(std::string(text) + "T00:00:00Z");
  return midnight ? std::optional(day_of(*midnight)) : std::nullopt;
}

std::string to_string(Day day) {
  return to_rfc3339(WallTime{day}).substr(0, 10);
}

}  // namespace reelprint
