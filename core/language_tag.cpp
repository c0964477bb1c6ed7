#include "core/language_tag.h"

#include <algorithm>
#include <vector>

namespace reelprint {
namespace {

bool is_alpha(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_word(std::string_view part) {
  return std::ranges::all_of(part, is_alpha);
}
bool is_number(std::string_view part) {
  return std::ranges::all_of(part, is_digit);
}

std::vector<std::string_view> parts_of(std::string_view text) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t dash = text.find('-');
    parts.push_back(text.substr(0, dash));
    if (dash == std::string_view::npos) return parts;
    text.remove_prefix(dash + 1);
  }
}

bool is_variant(std::string_view part) {
  return part.size() >= 5 || (part.size() == 4 && is_digit(part.front()));
}

/// Whether the parts from `i` on are extensions and private use, each a letter or digit with what it rules.
bool are_extensions(const std::vector<std::string_view>& parts, std::size_t i) {
  while (i < parts.size()) {
    if (parts[i].size() != 1) return false;
    const bool is_private = parts[i] == "x" || parts[i] == "X";
    std::size_t ruled = 0;
    for (++i; i < parts.size() && (is_private || parts[i].size() > 1); ++i) ++ruled;
    if (ruled == 0) return false;
  }
  return true;
}

}  // namespace

bool is_language_tag(std::string_view text) {
  constexpr std::size_t kMostBytes = 60;
  if (text.empty() || text.size() > kMostBytes) return false;
  const auto parts = parts_of(text);
  for (const std::string_view part : parts) {
    if (part.empty() || part.size() > 8) return false;
    if (!std::ranges::all_of(part, [](char c) { return is_alpha(c) || is_digit(c); })) return false;
  }
  if (parts.front() == "x" || parts.front() == "X") return are_extensions(parts, 0);
  if (parts.front().size() < 2 || !is_word(parts.front())) return false;
  std::size_t i = 1;
  if (parts.front().size() <= 3) {
    for (int n = 0; n < 3 && i < parts.size() && parts[i].size() == 3 && is_word(parts[i]); ++n) ++i;
  }
  if (i < parts.size() && parts[i].size() == 4 && is_word(parts[i])) ++i;
  if (i < parts.size() &&
      ((parts[i].size() == 2 && is_word(parts[i])) || (parts[i].size() == 3 && is_number(parts[i])))) {
    ++i;
  }
  while (i < parts.size() && is_variant(parts[i])) ++i;
  return are_extensions(parts, i);
}

}  // namespace reelprint
