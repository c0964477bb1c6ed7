#include "crawler/metadata_values.h"

#include <array>
#include <charconv>
#include <string>
#include <utility>

#include "crawler/plain_text.h"

namespace reelprint::crawler {
namespace {

constexpr double kLongestSeconds = 3'600'000;
constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::pair<std::string_view, double> kScales[] = {
    {"k", 1e3},  {"K", 1e3},  {"m", 1e6},  {"M", 1e6},  {"b", 1e9},  {"B", 1e9},  {"w", 1e4},  {"W", 1e4},
    {"千", 1e3}, {"万", 1e4}, {"萬", 1e4}, {"만", 1e4}, {"亿", 1e8}, {"億", 1e8}, {"억", 1e8},
};

/// The number in front, taken off; "," is for a fraction too, as ISO 8601 has it.
std::optional<double> take_number(std::string_view& text) {
  std::string digits;
  while (!text.empty() && digits.size() < 20 &&
         (is_digit(text.front()) || text.front() == '.' || text.front() == ',')) {
    digits += text.front() == ',' ? '.' : text.front();
    text.remove_prefix(1);
  }
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

std::optional<Duration> checked(double seconds) {
  if (!(seconds > 0) || seconds > kLongestSeconds) return std::nullopt;
  return duration_of(seconds);
}

std::optional<Duration> iso_duration(std::string_view text) {
  double seconds = 0;
  bool is_time = false;
  while (!text.empty()) {
    if (text.front() == 'T' || text.front() == 't') {
      is_time = true;
      text.remove_prefix(1);
      continue;
    }
    const auto number = take_number(text);
    if (!number || text.empty()) return std::nullopt;
    const char unit = static_cast<char>(text.front() & ~0x20);
    text.remove_prefix(1);
    const double scale = unit == 'S'              ? 1
                         : unit == 'M' && is_time ? 60
                         : unit == 'H'            ? 3600
                         : unit == 'D'            ? 86400
                         : unit == 'W'            ? 604800
                                                  : 0;
    if (scale == 0 && *number != 0) return std::nullopt;
    seconds += *number * scale;
  }
  return checked(seconds);
}

std::optional<Duration> clock_duration(std::string_view text) {
  double seconds = 0;
  for (int parts = 0; !text.empty(); ++parts) {
    std::string_view part = trimmed(take_until(text, ':'));
    const auto number = take_number(part);
    if (!number || !part.empty() || parts == 3) return std::nullopt;
    seconds = seconds * 60 + *number;
  }
  return checked(seconds);
}

/// "+0800", "+08:00", "GMT", "Z", "EST" …; minutes east of Greenwich. An unknown name counts as UTC, as RFC
/// 5322 section 4.3 has it.
int zone_minutes(std::string_view zone) {
  static constexpr std::pair<std::string_view, int> kZones[] = {{"EST", -300}, {"EDT", -240}, {"CST", -360},
                                                                {"CDT", -300}, {"MST", -420}, {"MDT", -360},
                                                                {"PST", -480}, {"PDT", -420}};
  for (const auto& [name, minutes] : kZones)
    if (zone == name) return minutes;
  std::string digits;
  for (const char c : zone)
    if (is_digit(c)) digits += c;
  if (digits.size() != 4 || (zone.front() != '+' && zone.front() != '-')) return 0;
  const int minutes =
      (digits[0] - '0') * 600 + (digits[1] - '0') * 60 + (digits[2] - '0') * 10 + digits[3] - '0';
  return zone.front() == '-' ? -minutes : minutes;
}

std::string two(std::string_view digits) {
  return (digits.size() < 2 ? "0" : "") + std::string(digits);
}

/// "Fri, 02 Jan 2026 10:00:00 +0800"
std::optional<WallTime> rfc822_date(std::string_view text) {
  if (const std::size_t comma = text.find(','); comma != std::string_view::npos)
    text = trimmed(text.substr(comma + 1));
  const std::string_view day = take_until(text, ' ');
  text = trimmed(text);
  const std::string name = lower(take_until(text, ' ').substr(0, 3));
  text = trimmed(text);
  std::string year(take_until(text, ' '));
  if (year.size() == 2) year.insert(0, year < "70" ? "20" : "19");
  text = trimmed(text);
  std::string time(take_until(text, ' '));
  if (time.empty()) time = "00:00:00";
  if (time.size() == 5) time += ":00";
  std::size_t month = 0;
  while (month < kMonths.size() && kMonths[month] != name) ++month;
  if (month == kMonths.size() || day.empty() || day.size() > 2) return std::nullopt;
  const auto local =
      wall_time_of(year + "-" + two(std::to_string(month + 1)) + "-" + two(day) + "T" + time + "Z");
  if (!local) return std::nullopt;
  text = trimmed(text);
  return text.empty() ? *local : *local - std::chrono::minutes(zone_minutes(text));
}

/// Gives a date-time what RFC 3339 asks for and people leave out.
std::string completed(std::string_view text) {
  std::string full(text.substr(0, 40));
  for (char& c : full)
    if (c == '/') c = '-';
  if (full.size() == 10) return full + "T00:00:00Z";
  full[10] = 'T';
  const std::size_t zone = full.find_first_of("Zz+-", 11);
  std::string time = full.substr(11, zone == std::string::npos ? zone : zone - 11);
  std::string offset = zone == std::string::npos ? "Z" : full.substr(zone);
  time = std::string(trimmed(time));
  if (time.size() == 5) time += ":00";
  if (offset.size() == 5 && offset[3] != ':') offset.insert(3, ":");
  if (offset.size() == 3) offset += ":00";
  return full.substr(0, 11) + time + offset;
}

std::optional<WallTime> epoch_date(std::uint64_t number) {
  using namespace std::chrono;
  constexpr std::uint64_t kLeast = 946'684'800;  // 2000-01-01: a smaller number is no date
  constexpr std::uint64_t kMost = 4'102'444'800;
  if (number >= kLeast * 1000) number /= 1000;
  if (number < kLeast || number > kMost) return std::nullopt;
  return WallTime(seconds(static_cast<std::int64_t>(number)));
}

}  // namespace

std::optional<Duration> duration_from(std::string_view text) {
  text = trimmed(text);
  if (text.empty() || text.size() > 40) return std::nullopt;
  if (text.front() == 'P' || text.front() == 'p') return iso_duration(text.substr(1));
  if (text.find(':') != std::string_view::npos) return clock_duration(text);
  const auto number = take_number(text);
  text = trimmed(text);
  if (!number || !(text.empty() || starts_with_ignoring_case(text, "s"))) return std::nullopt;
  return checked(*number);
}

std::optional<WallTime> date_from(std::string_view text) {
  text = trimmed(text);
  if (text.size() < 8 || text.size() > 60) return std::nullopt;
  if (const auto number = whole_number(text)) {
    if (text.size() != 8) return epoch_date(*number);
    const std::string day(text);
    return wall_time_of(day.substr(0, 4) + "-" + day.substr(4, 2) + "-" + day.substr(6) + "T00:00:00Z");
  }
  const bool is_iso =
      text.size() >= 10 && is_digit(text[0]) && is_digit(text[3]) && (text[4] == '-' || text[4] == '/');
  return is_iso ? wall_time_of(completed(text)) : rfc822_date(text);
}

std::optional<std::uint64_t> count_from(std::string_view text) {
  text = trimmed(text);
  std::string digits;
  while (!text.empty() && digits.size() < 20 && (is_digit(text.front()) || text.front() == '.')) {
    digits += text.front();
    text.remove_prefix(1);
    const bool is_group = text.size() >= 4 && (text[0] == ',' || text[0] == ' ' || text[0] == '_') &&
                          is_digit(text[1]) && is_digit(text[2]) && is_digit(text[3]);
    if (is_group) text.remove_prefix(1);
  }
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  text = trimmed(text);
  for (const auto& [sign, scale] : kScales) {
    if (!text.starts_with(sign)) continue;
    const char next = text.size() > sign.size() ? text[sign.size()] : ' ';
    const bool is_word = static_cast<unsigned char>(sign.front()) < 0x80 &&
                         ((next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z'));
    if (!is_word) value *= scale;
  }
  if (value > 1e15) return std::nullopt;
  return static_cast<std::uint64_t>(value + 0.5);
}

std::optional<int> episode_from(std::string_view text) {
  while (!text.empty() && !is_digit(text.front())) text.remove_prefix(1);
  std::size_t digits = 0;
  while (digits < text.size() && is_digit(text[digits])) ++digits;
  const auto number = whole_number(text.substr(0, digits));
  if (!number || *number > 100'000) return std::nullopt;
  return static_cast<int>(*number);
}

}  // namespace reelprint::crawler
