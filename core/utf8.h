// UTF-8 as RFC 3629 has it, of text that may be anything.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace reelprint {

/// Takes the code point at the front of `text`, which must not be empty. Where the bytes are no UTF-8
/// (overlong, surrogate, cut off, beyond U+10FFFF) one byte is taken and nothing given.
[[nodiscard]] std::optional<char32_t> take_code_point(std::string_view& text);

/// Whether `c` is a control character of the C0 or C1 set.
[[nodiscard]] constexpr bool is_control(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0);
}

/// Whether `text` is UTF-8 without control characters.
[[nodiscard]] bool is_printable_utf8(std::string_view text);

/// `text` with U+FFFD in the place of every byte that is no UTF-8.
[[nodiscard]] std::string to_valid_utf8(std::string_view text);

}  // namespace reelprint
