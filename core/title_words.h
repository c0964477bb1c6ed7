// Titles as they are compared: "【全集】霸總的小甜妻 EP01" and "霸总的小甜妻" name the same series.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace reelprint {

/// The words of `text`, at most `most`: in small letters, full-width forms as usual ones, traditional Chinese
/// characters as simplified ones, without punctuation, symbols and what is no UTF-8. Each Chinese or Japanese
/// character is a word of its own, since nothing parts them.
[[nodiscard]] std::vector<std::string> title_words(std::string_view text, std::size_t most = 200);

/// The simplified form of a traditional Chinese character; any other as it is. Characters of Big5's first
/// level, as the transliterator Traditional-Simplified of ICU 72 has them.
[[nodiscard]] char32_t simplified(char32_t character);

/// Whether nothing parts words of this script.
[[nodiscard]] constexpr bool is_ideograph(char32_t c) {
  return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0x20000 && c <= 0x323AF);
}

}  // namespace reelprint
