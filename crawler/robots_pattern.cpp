#include "crawler/robots_pattern.h"

#include <algorithm>
#include <optional>

namespace reelprint::crawler {
namespace {

constexpr char kDigits[] = "0123456789ABCDEF";

std::optional<unsigned> digit_value(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
  return std::nullopt;
}

/// RFC 3986, section 2.3.
bool is_unreserved(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

/// The octet that "%XX" at the beginning of `text` stands for.
std::optional<unsigned char> encoded_octet(std::string_view text) {
  if (text.size() < 3 || text[0] != '%') return std::nullopt;
  const auto high = digit_value(text[1]);
  const auto low = digit_value(text[2]);
  if (!high || !low) return std::nullopt;
  return static_cast<unsigned char>(*high * 16 + *low);
}

void encode(unsigned char octet, std::string& into) {
  into += '%';
  into += kDigits[octet >> 4];
  into += kDigits[octet & 0xF];
}

}  // namespace

std::string robots_form(std::string_view text, RobotsText kind, bool from_wildcard_on_query) {
  std::string form;
  form.reserve(text.size());
  bool is_query = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (const auto octet = encoded_octet(text.substr(i))) {
      if (is_unreserved(*octet)) {
        form += static_cast<char>(*octet);
      } else {
        encode(*octet, form);
      }
      i += 2;
    } else if (kind == RobotsText::pattern && c == '*') {
      if (!form.ends_with('*')) form += '*';
      is_query = is_query || from_wildcard_on_query;
    } else if (kind == RobotsText::pattern && c == '$' && i + 1 == text.size()) {
      form += '$';
    } else if (c == '?' && !is_query) {
      form += '?';
      is_query = true;
    } else if (is_unreserved(c) || c == '&' || c == '=' || c == '+' || (c == '/' && !is_query)) {
      form += static_cast<char>(c);
    } else {
      encode(c, form);
    }
  }
  return form;
}

bool matches_pattern(std::string_view target, std::string_view pattern) {
  const bool is_anchored = pattern.ends_with('$');
  if (is_anchored) pattern.remove_suffix(1);
  const std::size_t first_end = std::min(pattern.find('*'), pattern.size());
  if (!target.starts_with(pattern.substr(0, first_end))) return false;
  target.remove_prefix(first_end);
  pattern.remove_prefix(first_end);
  if (pattern.empty()) return !is_anchored || target.empty();
  while (!pattern.empty()) {
    pattern.remove_prefix(1);
    const std::size_t end = std::min(pattern.find('*'), pattern.size());
    const std::string_view stretch = pattern.substr(0, end);
    pattern.remove_prefix(end);
    if (pattern.empty() && is_anchored) return target.ends_with(stretch);
    const std::size_t at = target.find(stretch);
    if (at == std::string_view::npos) return false;
    target.remove_prefix(at + stretch.size());
  }
  return true;
}

}  // namespace reelprint::crawler
