#include "core/licence_number.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/utf8.h"

namespace reelprint {
namespace {

constexpr std::array<std::string_view, 36> kAuthorities{
    "总局", "京", "津", "冀", "晋", "蒙", "内蒙古", "辽", "吉", "黑", "沪", "苏",
    "浙",   "皖", "闽", "赣", "鲁", "豫", "鄂",     "湘", "粤", "桂", "琼", "渝",
    "川",   "贵", "黔", "云", "滇", "藏", "陕",     "甘", "青", "宁", "新", "兵"};

struct KindName {
  std::string_view name;
  LicenceNumberKind kind;
};
constexpr std::array<KindName, 4> kKinds{{{"网剧审字", LicenceNumberKind::web_series},
                                          {"网影审字", LicenceNumberKind::web_film},
                                          {"网微剧审字", LicenceNumberKind::micro_drama},
                                          {"网微剧备字", LicenceNumberKind::micro_drama_filing}}};

constexpr std::size_t kMostBytes = 200;  ///< no number is longer

bool is_one_of(char32_t c, std::u32string_view set) {
  return set.find(c) != std::u32string_view::npos;
}

/// Half-width brackets and digits, no blanks, no quotes; "" for what is no UTF-8.
std::string plain(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::string_view before = text;
    const auto code = take_code_point(text);
    if (!code) return {};
    if (is_one_of(*code, U" \t\u3000\u00A0「」『』\"“”")) continue;
    if (is_one_of(*code, U"(（〔［[【")) {
      out += '(';
    } else if (is_one_of(*code, U")）〕］]】")) {
      out += ')';
    } else if (*code >= U'０' && *code <= U'９') {
      out += static_cast<char>('0' + (*code - U'０'));
    } else {
      out += before.substr(0, before.size() - text.size());
    }
  }
  return out;
}

bool take(std::string_view& text, std::string_view front) {
  if (!text.starts_with(front)) return false;
  text.remove_prefix(front.size());
  return true;
}

/// Takes the digits at the front; "" if there are none.
std::string_view take_digits(std::string_view& text) {
  const std::size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
  const std::string_view digits = text.substr(0, end);
  text.remove_prefix(end);
  return digits;
}

}  // namespace

std::string_view to_string(LicenceNumberKind kind) {
  switch (kind) {
    case LicenceNumberKind::web_series: return "web_series";
    case LicenceNumberKind::web_film: return "web_film";
    case LicenceNumberKind::micro_drama: return "micro_drama";
    case LicenceNumberKind::micro_drama_filing: return "micro_drama_filing";
  }
  return "unknown";
}

std::optional<LicenceNumber> licence_number_of(std::string_view text) {
  if (text.size() > kMostBytes) return std::nullopt;
  LicenceNumber number;
  number.text = plain(text);
  std::string_view rest = number.text;
  if (!take(rest, "(")) return std::nullopt;
  number.authority = rest.substr(0, rest.find(')'));
  if (std::ranges::find(kAuthorities, number.authority) == kAuthorities.end()) return std::nullopt;
  rest.remove_prefix(number.authority.size());
  if (!take(rest, ")")) return std::nullopt;
  const auto kind = std::ranges::find_if(kKinds, [&](const KindName& k) { return take(rest, k.name); });
  if (kind == kKinds.end() || !take(rest, "(")) return std::nullopt;
  number.kind = kind->kind;
  const std::string_view year = take_digits(rest);
  if (year.size() != 4 || !take(rest, ")第")) return std::nullopt;
  std::from_chars(year.data(), year.data() + year.size(), number.year);
  const std::string_view serial = take_digits(rest);
  if (serial.empty() || serial.size() > 6 || rest != "号") return std::nullopt;
  return number;
}

}  // namespace reelprint
