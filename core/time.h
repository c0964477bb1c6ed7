// Media time: where something happens on a video's own clock.
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <compare>
#include <cstdint>

namespace reelprint {

/// A length of media time, in whole microseconds.
using Duration = std::chrono::duration<std::int64_t, std::micro>;

/// A point of media time: microseconds since the presentation time of the first frame.
struct Timestamp {
  std::int64_t us = 0;

  friend constexpr auto operator<=>(const Timestamp&, const Timestamp&) = default;
  friend constexpr Timestamp operator+(Timestamp t, Duration d) { return {t.us + d.count()}; }
  friend constexpr Timestamp operator-(Timestamp t, Duration d) { return {t.us - d.count()}; }
  friend constexpr Duration operator-(Timestamp a, Timestamp b) { return Duration{a.us - b.us}; }
};

[[nodiscard]] constexpr double to_seconds(Duration d) {
  return static_cast<double>(d.count()) * 1e-6;
}
[[nodiscard]] constexpr double to_seconds(Timestamp t) {
  return static_cast<double>(t.us) * 1e-6;
}

/// The nearest microsecond to `seconds`; `seconds` must be finite and within ±2^63 µs.
[[nodiscard]] inline Duration duration_of(double seconds) {
  return Duration{std::llround(seconds * 1e6)};
}
[[nodiscard]] inline Timestamp timestamp_of(double seconds) {
  return {std::llround(seconds * 1e6)};
}

/// A half-open stretch of media time [begin, end) with begin ≤ end; empty when they are equal.
struct Interval {
  Timestamp begin;
  Timestamp end;

  friend constexpr auto operator<=>(const Interval&, const Interval&) = default;

  [[nodiscard]] constexpr Duration length() const { return end - begin; }
  [[nodiscard]] constexpr bool is_empty() const { return end <= begin; }
  [[nodiscard]] constexpr bool contains(Timestamp t) const { return begin <= t && t < end; }
  [[nodiscard]] constexpr bool overlaps(const Interval& other) const {
    return begin < other.end && other.begin < end;
  }
};

/// What two intervals have in common; empty (at the later begin) when they do not overlap.
[[nodiscard]] constexpr Interval intersection(const Interval& a, const Interval& b) {
  const Timestamp begin = std::max(a.begin, b.begin);
  return {begin, std::max(begin, std::min(a.end, b.end))};
}

/// How far `t` is outside `interval`: zero inside, negative before it, positive behind it.
[[nodiscard]] constexpr Duration distance_to(const Interval& interval, Timestamp t) {
  if (t < interval.begin) return t - interval.begin;
  if (t > interval.end) return t - interval.end;
  return Duration{0};
}

}  // namespace reelprint
