// Wall time, and where it comes from.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace reelprint {

/// UTC, microseconds since 1970.
using WallTime = std::chrono::sys_time<std::chrono::microseconds>;

/// Tells the wall time; replaced by a fake one in tests.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual WallTime now() const = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] WallTime now() const override {
    return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
  }
};

/// RFC 3339 in UTC with whole seconds: "2026-11-20T09:30:00Z".
[[nodiscard]] std::string to_rfc3339(WallTime time);

/// A date-time of RFC 3339 with any offset, as UTC: "2026-11-20T17:30:00.25+08:00". Fractions beyond
/// microseconds are cut. Nothing for anything else, also for a day or an hour that there is not; a leap
/// second is the first moment of the next minute.
[[nodiscard]] std::optional<WallTime> wall_time_of(std::string_view text);

}  // namespace reelprint
