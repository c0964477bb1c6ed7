#include "core/title_words.h"

#include "core/utf8.h"

namespace reelprint {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

/// Punctuation, symbols, spaces, private use, variation selectors, pictures.
constexpr Range kBetweenWords[] = {{0x00, 0x2F},     {0x3A, 0x40},      {0x5B, 0x60},     {0x7B, 0xA9},
                                   {0xAB, 0xB4},     {0xB6, 0xB9},      {0xBB, 0xBF},     {0xD7, 0xD7},
                                   {0xF7, 0xF7},     {0x2000, 0x2BFF},  {0x3000, 0x3004}, {0x3008, 0x303F},
                                   {0x30FB, 0x30FB}, {0xE000, 0xF8FF},  {0xFE00, 0xFE6F}, {0xFF00, 0xFF65},
                                   {0xFFE0, 0xFFFF}, {0x1F000, 0x1FAFF}};

bool is_between_words(char32_t c) {
  for (const Range& range : kBetweenWords)
    if (c >= range.first && c <= range.last) return true;
  return false;
}

/// Of Latin, Greek and Cyrillic letters whose small form lies a fixed step away.
char32_t in_small(char32_t c) {
  const bool steps_32 = (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) ||
                        (c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F);
  if (steps_32) return c + 32;
  return c >= 0x400 && c <= 0x40F ? c + 80 : c;
}

char32_t usual_form(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;  // full-width ASCII
  return simplified(in_small(c));
}

void append(std::string& text, char32_t c) {
  const auto put = [&](char32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | c >> 6);
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | c >> 12);
    put(0x80 | (c >> 6 & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | c >> 18);
    put(0x80 | (c >> 12 & 0x3F));
    put(0x80 | (c >> 6 & 0x3F));
    put(0x80 | (c & 0x3F));
  }
}

}  // namespace

std::vector<std::string> title_words(std::string_view text, std::size_t most) {
  std::vector<std::string> words;
  std::string word;
  const auto end_word = [&] {
    if (!word.empty() && words.size() < most) words.push_back(std::move(word));
    word.clear();
  };
  while (!text.empty() && words.size() < most) {
    const auto taken = take_code_point(text);
    const char32_t c = taken ? usual_form(*taken) : U' ';
    if (is_between_words(c) || is_ideograph(c)) end_word();
    if (is_between_words(c)) continue;
    append(word, c);
    if (is_ideograph(c)) end_word();
  }
  end_word();
  return words;
}

}  // namespace reelprint
