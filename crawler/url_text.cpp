#include "crawler/url_text.h"

#include <algorithm>

namespace reelprint::crawler {
namespace {

constexpr std::string_view kHex = "0123456789ABCDEF";

bool is_unreserved(char c) {
  return is_letter(c) || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

/// Of two digits at the front of `text`; -1 when they are none.
int escaped_byte(std::string_view text) {
  if (text.size() < 2) return -1;
  const int high = hex_value(text[0]);
  const int low = hex_value(text[1]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

void append_escaped(std::string& text, char c) {
  const auto byte = static_cast<unsigned char>(c);
  text += '%';
  text += kHex[byte >> 4];
  text += kHex[byte & 15];
}

}  // namespace

std::string lower(std::string_view text) {
  std::string small(text);
  std::ranges::transform(small, small.begin(), [](char c) { return lower(c); });
  return small;
}

std::string percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int byte = text[i] == '%' ? escaped_byte(text.substr(i + 1)) : -1;
    decoded += byte < 0 ? text[i] : static_cast<char>(byte);
    if (byte >= 0) i += 2;
  }
  return decoded;
}

std::string percent_normalised(std::string_view text, std::string_view also) {
  constexpr std::string_view kSubDelimiters = "!$&'()*+,;=:@";
  std::string normal;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int byte = text[i] == '%' ? escaped_byte(text.substr(i + 1)) : -1;
    const char c = byte < 0 ? text[i] : static_cast<char>(byte);
    const bool is_plain =
        is_unreserved(c) || (byte < 0 && (kSubDelimiters.find(c) != std::string_view::npos ||
                                          also.find(c) != std::string_view::npos));
    if (is_plain)
      normal += c;
    else
      append_escaped(normal, c);
    if (byte >= 0) i += 2;
  }
  return normal;
}

std::string without_dot_segments(std::string_view path) {
  std::string kept;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view segment = path.substr(0, end);
    path.remove_prefix(end);
    if (segment == "..") kept.resize(std::min(kept.rfind('/'), kept.size()));
    const bool is_dots = segment == "." || segment == "..";
    if (!is_dots) kept += '/';
    if (!is_dots) kept += segment;
    if (is_dots && path.empty()) kept += '/';
  }
  return kept;
}

}  // namespace reelprint::crawler
