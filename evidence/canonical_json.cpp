#include "evidence/canonical_json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "core/error.h"
#include "core/utf8.h"

namespace reelprint::evidence {
namespace {

namespace json = boost::json;

constexpr std::int64_t kMostWhole = std::int64_t{1} << 53;

[[noreturn]] void refuse(const char* why) {
  throw Error(ErrorCode::invalid_input, std::string("write canonical JSON: ") + why);
}

/// RFC 8785, section 3.2.2.2.
void put_text(std::string& out, std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  constexpr std::string_view kShort = "\b\t\n\f\r\"\\";
  constexpr std::string_view kLetters = "btnfr\"\\";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (const std::size_t at = kShort.find(c); at != std::string_view::npos) {
      out += '\\';
      out += kLetters[at];
    } else if (byte < 0x20) {
      out += "\\u00";
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

/// Number::toString of ECMAScript (ECMA-262, section 6.1.6.1.20): the shortest digits, plain between 1e-6 and
/// 1e21.
void put_number(std::string& out, double value) {
  if (!std::isfinite(value)) refuse("a number is not finite");
  if (value == 0) {
    out += '0';  // also for the negative zero
    return;
  }
  std::array<char, 32> text{};
  const auto end =
      std::to_chars(text.data(), text.data() + text.size(), std::abs(value), std::chars_format::scientific);
  const std::string_view shortest(text.data(), static_cast<std::size_t>(end.ptr - text.data()));
  const std::size_t mark = shortest.find('e');
  std::string digits(shortest.substr(0, mark));
  std::erase(digits, '.');
  int exponent = 0;
  const std::string_view power = shortest.substr(mark + (shortest[mark + 1] == '+' ? 2 : 1));
  std::from_chars(power.data(), power.data() + power.size(), exponent);
  const int count = static_cast<int>(digits.size());
  const int point = exponent + 1;  // digits before the decimal point
  if (value < 0) out += '-';
  if (count <= point && point <= 21) {
    out += digits + std::string(static_cast<std::size_t>(point - count), '0');
  } else if (0 < point && point <= 21) {
    out += digits.substr(0, static_cast<std::size_t>(point)) + '.' +
           digits.substr(static_cast<std::size_t>(point));
  } else if (-6 < point && point <= 0) {
    out += "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
  } else {
    out += digits.substr(0, 1);
    if (count > 1) out += '.' + digits.substr(1);
    out += exponent < 0 ? "e-" : "e+";
    out += std::to_string(std::abs(exponent));
  }
}

std::u16string utf16_of(std::string_view text) {
  std::u16string units;
  while (!text.empty()) {
    const char32_t c = take_code_point(text).value_or(U'\uFFFD');
    if (c < 0x10000) {
      units += static_cast<char16_t>(c);
    } else {
      units += static_cast<char16_t>(0xD800 + ((c - 0x10000) >> 10));
      units += static_cast<char16_t>(0xDC00 + ((c - 0x10000) & 0x3FF));
    }
  }
  return units;
}

void put(std::string& out, const json::value& value);

void put_object(std::string& out, const json::object& object) {
  std::vector<std::pair<std::u16string, const json::key_value_pair*>> members;
  for (const json::key_value_pair& member : object) members.emplace_back(utf16_of(member.key()), &member);
  std::ranges::sort(members);
  out += '{';
  for (const auto& [units, member] : members) {
    if (out.back() != '{') out += ',';
    put_text(out, to_valid_utf8(member->key()));
    out += ':';
    put(out, member->value());
  }
  out += '}';
}

void put_array(std::string& out, const json::array& array) {
  out += '[';
  bool is_first = true;
  for (const json::value& element : array) {
    if (!std::exchange(is_first, false)) out += ',';
    put(out, element);
  }
  out += ']';
}

void put(std::string& out, const json::value& value) {
  switch (value.kind()) {
    case json::kind::null: out += "null"; return;
    case json::kind::bool_: out += value.get_bool() ? "true" : "false"; return;
    case json::kind::int64:
      if (value.get_int64() > kMostWhole || value.get_int64() < -kMostWhole)
        refuse("a whole number is beyond 2^53");
      out += std::to_string(value.get_int64());
      return;
    case json::kind::uint64:
      if (value.get_uint64() > static_cast<std::uint64_t>(kMostWhole))
        refuse("a whole number is beyond 2^53");
      out += std::to_string(value.get_uint64());
      return;
    case json::kind::double_: put_number(out, value.get_double()); return;
    case json::kind::string: put_text(out, to_valid_utf8(value.get_string())); return;
    case json::kind::array: put_array(out, value.get_array()); return;
    case json::kind::object: put_object(out, value.get_object()); return;
  }
}

}  // namespace

std::string canonical_json(const json::value& value) {
  std::string out;
  put(out, value);
  return out;
}

}  // namespace reelprint::evidence
