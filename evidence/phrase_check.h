// Whether a table of phrases has all of them, while it is compiled. Internal to report_phrases.cpp.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "evidence/report_phrases.h"

namespace reelprint::evidence {

consteval bool has_value(std::string_view text, char digit) {
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    if (text[i] == '{' && text[i + 1] == digit && text[i + 2] == '}') return true;
  }
  return false;
}

/// In the order of Phrase up to `last`, each with the same values in both languages.
consteval bool are_complete(std::span<const PhraseTexts> phrases, Phrase last) {
  std::size_t expected = 0;
  for (const PhraseTexts& entry : phrases) {
    if (static_cast<std::size_t>(entry.phrase) != expected++) return false;
    if (entry.en.empty() || entry.zh.empty()) return false;
    for (char digit = '1'; digit <= '9'; ++digit) {
      if (has_value(entry.en, digit) != has_value(entry.zh, digit)) return false;
    }
  }
  return expected == static_cast<std::size_t>(last) + 1;
}

}  // namespace reelprint::evidence
