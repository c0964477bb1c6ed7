#include "evidence/visible_text.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "core/utf8.h"

namespace reelprint::evidence {
namespace {

constexpr int kMostMarks = 4;

struct Range {
  char32_t first;
  char32_t last;
};

/// Bidirectional controls, invisible operators and fillers, variation of lines, tags, private use,
/// noncharacters. Not among them: the joiners (U+200C, U+200D), which scripts and emoji need.
constexpr Range kHidden[] = {
    {0x00AD, 0x00AD}, {0x034F, 0x034F},   {0x061C, 0x061C},    {0x115F, 0x1160}, {0x17B4, 0x17B5},
    {0x180B, 0x180F}, {0x200B, 0x200B},   {0x200E, 0x200F},    {0x2028, 0x202E}, {0x2060, 0x206F},
    {0x3164, 0x3164}, {0xE000, 0xF8FF},   {0xFEFF, 0xFEFF},    {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB},
    {0xFFFE, 0xFFFF}, {0x1D173, 0x1D17A}, {0xE0000, 0x10FFFF},
};

constexpr Range kMarks[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x1AB0, 0x1AFF},
    {0x1DC0, 0x1DFF}, {0x20D0, 0x20FF}, {0xFE20, 0xFE2F},
};

template <std::size_t N>
bool is_in(char32_t c, const Range (&ranges)[N]) {
  return std::any_of(std::begin(ranges), std::end(ranges),
                     [c](const Range& range) { return range.first <= c && c <= range.last; });
}

std::string shown(char32_t c) {
  std::array<char, 16> code{};
  std::snprintf(code.data(), code.size(), "U+%04X", static_cast<unsigned>(c));
  return "⟨" + std::string(code.data()) + "⟩";
}

std::string visible(std::string_view text, std::size_t max_characters, std::string_view line_end) {
  std::string result;
  result.reserve(std::min(text.size(), max_characters));
  int marks = 0;
  for (std::size_t taken = 0; !text.empty(); ++taken) {
    if (taken == max_characters) return result + "… [+" + std::to_string(text.size()) + " bytes]";
    const std::string_view before = text;
    const auto c = take_code_point(text);
    marks = c && is_in(*c, kMarks) ? marks + 1 : 0;
    if (!c)
      result += "\uFFFD";
    else if (*c == U'\n' || (*c == U'\r' && !text.starts_with('\n')))
      result += line_end;
    else if (*c == U'\r')
      continue;
    else if (*c == U'\t')
      result += ' ';
    else if (is_control(*c) || is_in(*c, kHidden) || marks > kMostMarks)
      result += shown(*c);
    else
      result += before.substr(0, before.size() - text.size());
  }
  return result;
}

}  // namespace

std::string visible_text(std::string_view text, std::size_t max_characters) {
  return visible(text, max_characters, "\n");
}

std::string visible_line(std::string_view text, std::size_t max_characters) {
  return visible(text, max_characters, " ");
}

}  // namespace reelprint::evidence
