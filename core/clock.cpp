#include "core/clock.h"

#include <array>
#include <cstdint>
#include <cstdio>

namespace reelprint {
namespace {

/// Takes exactly `digits` digits off the front.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return std::nullopt;
  int number = 0;
  for (const char c : text.substr(0, digits)) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  text.remove_prefix(digits);
  return number;
}

bool take(std::string_view& text, std::string_view choices) {
  if (text.empty() || choices.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<std::chrono::sys_days> take_day(std::string_view& text) {
  const auto year = take_number(text, 4);
  if (!year || !take(text, "-")) return std::nullopt;
  const auto month = take_number(text, 2);
  if (!month || !take(text, "-")) return std::nullopt;
  const auto day = take_number(text, 2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*year},
                                         std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days{date};
}

/// "09:30", not beyond `most_hours`:59.
std::optional<std::chrono::minutes> take_minutes(std::string_view& text, int most_hours) {
  const auto hours = take_number(text, 2);
  if (!hours || *hours > most_hours || !take(text, ":")) return std::nullopt;
  const auto minutes = take_number(text, 2);
  if (!minutes || *minutes > 59) return std::nullopt;
  return std::chrono::hours{*hours} + std::chrono::minutes{*minutes};
}

/// What stands behind a point; nothing when no digit does.
std::optional<std::chrono::microseconds> take_fraction(std::string_view& text) {
  std::int64_t value = 0;
  std::int64_t scale = 1'000'000;
  bool has_digit = false;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
    scale /= 10;
    value += (text.front() - '0') * scale;
    has_digit = true;
    text.remove_prefix(1);
  }
  if (!has_digit) return std::nullopt;
  return std::chrono::microseconds{value};
}

std::optional<std::chrono::minutes> take_offset(std::string_view& text) {
  if (take(text, "Zz")) return std::chrono::minutes{0};
  const bool is_west = text.starts_with('-');
  if (!take(text, "+-")) return std::nullopt;
  const auto offset = take_minutes(text, 23);
  if (!offset) return std::nullopt;
  return is_west ? -*offset : *offset;
}

}  // namespace

std::string to_rfc3339(WallTime time) {
  const auto whole = std::chrono::floor<std::chrono::seconds>(time);
  const auto day = std::chrono::floor<std::chrono::days>(whole);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{whole - day};
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return text.data();
}

std::optional<WallTime> wall_time_of(std::string_view text) {
  const auto day = take_day(text);
  if (!day || !take(text, "Tt ")) return std::nullopt;
  const auto minutes = take_minutes(text, 23);
  if (!minutes || !take(text, ":")) return std::nullopt;
  const auto seconds = take_number(text, 2);
  if (!seconds || *seconds > 60) return std::nullopt;
  std::chrono::microseconds fraction{0};
  if (take(text, ".")) {
    const auto given = take_fraction(text);
    if (!given) return std::nullopt;
    fraction = *seconds == 60 ? std::chrono::microseconds{0} : *given;
  }
  const auto offset = take_offset(text);
  if (!offset || !text.empty()) return std::nullopt;
  return WallTime{*day} + *minutes + std::chrono::seconds{*seconds} + fraction - *offset;
}

}  // namespace reelprint
