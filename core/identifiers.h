// Work identifiers that carry check characters: EIDR and ISAN.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace reelprint {

/// Whether `text` is a well-formed EIDR content id, "10.5240/XXXX-XXXX-XXXX-XXXX-XXXX-C", whose check
/// character is right (ISO/IEC 7064 MOD 37,36 over the twenty hexadecimal digits). Case does not matter.
[[nodiscard]] bool is_eidr(std::string_view text);

/// Whether `text` is an ISAN (ISO 15706): sixteen hexadecimal digits in groups of four, with or without "ISAN
/// " before, the check character after them right if it is given; or a V-ISAN with eight more digits and a
/// second one.
[[nodiscard]] bool is_isan(std::string_view text);

/// The check character of letters and digits by ISO/IEC 7064 MOD 37,36; nothing if `text` has anything else.
[[nodiscard]] std::optional<char> check_character(std::string_view text);

}  // namespace reelprint
