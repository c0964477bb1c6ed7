// How the names of accounts and channels are compared.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace reelprint::rights {

[[nodiscard]] constexpr char lower_ascii(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

[[nodiscard]] inline std::string lower_ascii(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](char letter) { return lower_ascii(letter); });
  return lower;
}

/// Byte for byte, but for the case of ASCII letters. No other letters are folded: what looks alike in other
/// alphabets is how one account poses as another.
[[nodiscard]] inline bool is_same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower_ascii(x) == lower_ascii(y); });
}

}  // namespace reelprint::rights
