#include "crawler/http_date.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace reelprint::crawler {
namespace {

constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::chrono::seconds kLongest{std::chrono::years{10}};

/// Reads a date from its beginning on; once something does not fit, nothing does.
class DateReader {
 public:
  explicit DateReader(std::string_view text) : rest_(text) {}

  void skip_word() { rest_.remove_prefix(std::min(rest_.find_first_of(", "), rest_.size())); }
  void expect(std::string_view text) {
    is_well_ = is_well_ && rest_.starts_with(text);
    if (is_well_) rest_.remove_prefix(text.size());
  }
  /// Exactly so many digits; of asctime's day the first may be a blank.
  int number(std::size_t digits) {
    if (digits == 2 && rest_.starts_with(' ')) {
      rest_.remove_prefix(1);
      digits = 1;
    }
    int value = 0;
    is_well_ = is_well_ && rest_.size() >= digits;
    if (!is_well_) return 0;
    const char* const end = rest_.data() + digits;
    const auto [read_to, problem] = std::from_chars(rest_.data(), end, value);
    is_well_ = problem == std::errc{} && read_to == end && value >= 0;
    rest_.remove_prefix(digits);
    return value;
  }
  unsigned month() {
    const auto found = std::ranges::find(kMonths, rest_.substr(0, 3));
    is_well_ = is_well_ && found != kMonths.end();
    if (is_well_) rest_.remove_prefix(3);
    return static_cast<unsigned>(found - kMonths.begin()) + 1;
  }
  std::chrono::seconds time_of_day() {
    const int hours = number(2);
    expect(":");
    const int minutes = number(2);
    expect(":");
    const int seconds = number(2);
    is_well_ = is_well_ && hours < 24 && minutes < 60 && seconds <= 60;
    return std::chrono::hours{hours} + std::chrono::minutes{minutes} + std::chrono::seconds{seconds};
  }
  [[nodiscard]] char next() const { return rest_.empty() ? '\0' : rest_[0]; }
  [[nodiscard]] bool is_done() const { return is_well_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool is_well_ = true;
};

struct Parts {
  int year = 0;
  unsigned month = 0;
  int day = 0;
  std::chrono::seconds time{0};
};

Parts read_asctime(DateReader& reader) {
  Parts parts;
  reader.expect(" ");
  parts.month = reader.month();
  reader.expect(" ");
  parts.day = reader.number(2);
  reader.expect(" ");
  parts.time = reader.time_of_day();
  reader.expect(" ");
  parts.year = reader.number(4);
  return parts;
}

Parts read_with_comma(DateReader& reader, WallTime now) {
  Parts parts;
  reader.expect(", ");
  parts.day = reader.number(2);
  const bool is_rfc850 = reader.next() == '-';
  reader.expect(is_rfc850 ? "-" : " ");
  parts.month = reader.month();
  reader.expect(is_rfc850 ? "-" : " ");
  parts.year = reader.number(is_rfc850 ? 2 : 4);
  if (is_rfc850) {
    const std::chrono::year_month_day today{std::chrono::floor<std::chrono::days>(now)};
    const int this_year = static_cast<int>(today.year());
    parts.year += this_year / 100 * 100;
    if (parts.year > this_year + 50) parts.year -= 100;
  }
  reader.expect(" ");
  parts.time = reader.time_of_day();
  reader.expect(" GMT");
  return parts;
}

}  // namespace

std::optional<WallTime> http_date_of(std::string_view text, WallTime now) {
  DateReader reader(text);
  reader.skip_word();
  const Parts parts = reader.next() == ',' ? read_with_comma(reader, now) : read_asctime(reader);
  const std::chrono::year_month_day day{std::chrono::year{parts.year}, std::chrono::month{parts.month},
                                        std::chrono::day{static_cast<unsigned>(parts.day)}};
  if (!reader.is_done() || !day.ok()) return std::nullopt;
  return std::chrono::sys_days{day} + parts.time;
}

std::optional<std::chrono::seconds> retry_after_of(std::string_view text, WallTime now) {
  const bool is_number =
      !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  if (is_number) {
    std::int64_t seconds = 0;
    const auto problem = std::from_chars(text.data(), text.data() + text.size(), seconds).ec;
    if (problem != std::errc{}) return kLongest;
    return std::min(std::chrono::seconds{seconds}, kLongest);
  }
  const auto date = http_date_of(text, now);
  if (!date) return std::nullopt;
  const auto wait = std::chrono::ceil<std::chrono::seconds>(*date - now);
  return std::clamp(wait, std::chrono::seconds{0}, kLongest);
}

}  // namespace reelprint::crawler
