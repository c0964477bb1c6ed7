// Days on which offices work: what deadlines of notices are counted in. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/clock.h"

namespace reelprint {

using Day = std::chrono::sys_days;

/// Monday to Friday, unless it is one of `holidays` (in any order).
[[nodiscard]] bool is_business_day(Day day, std::span<const Day> holidays);
/// The day that is `days` business days after `from`, which itself does not count; `from` for 0. At most
/// 1000 days; holidays can postpone it by their number at most.
[[nodiscard]] Day add_business_days(Day from, int days, std::span<const Day> holidays);
/// The UTC day of a moment, and the end of a day.
[[nodiscard]] Day day_of(WallTime time);
[[nodiscard]] WallTime end_of(Day day);

/// "2026-12-25"; nothing for anything else, also for a day that there is not.
[[nodiscard]] std::optional<Day> day_named(std::string_view text);
[[nodiscard]] std::string to_string(Day day);

}  // namespace reelprint
