// Characters of URLs: RFC 3986 sections 2 and 3.
#pragma once

#include <string>
#include <string_view>

namespace reelprint::crawler {

[[nodiscard]] constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

[[nodiscard]] constexpr bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

[[nodiscard]] constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// The value of a hexadecimal digit; -1 for any other character.
[[nodiscard]] constexpr int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  const char small = lower(c);
  return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

[[nodiscard]] std::string lower(std::string_view text);
/// "%41" becomes "A"; a "%" without two digits stays.
[[nodiscard]] std::string percent_decoded(std::string_view text);
/// Of a path or a query: unreserved characters decoded, the digits of what stays encoded in capitals, and
/// encoded what may not stand there as it is; `also` may.
[[nodiscard]] std::string percent_normalised(std::string_view text, std::string_view also);
/// RFC 3986 section 5.2.4, of a path that begins with "/".
[[nodiscard]] std::string without_dot_segments(std::string_view path);

}  // namespace reelprint::crawler
