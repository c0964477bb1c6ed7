#include "core/utf8.h"

#include <cstddef>

namespace reelprint {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// Bytes of the sequence that `lead` begins; 0 for a byte that begins none.
std::size_t length_of(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

bool is_scalar(char32_t code, std::size_t length) {
  constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  return code >= kLeast[length] && code <= 0x10FFFF && !(code >= 0xD800 && code <= 0xDFFF);
}

}  // namespace

std::optional<char32_t> take_code_point(std::string_view& text) {
  const std::string_view bytes = text;
  text.remove_prefix(1);
  const auto lead = static_cast<unsigned char>(bytes.front());
  const std::size_t length = length_of(lead);
  if (length == 0 || length > bytes.size()) return std::nullopt;
  char32_t code = length == 1 ? lead : lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    if ((byte & 0xC0) != 0x80) return std::nullopt;
    code = code << 6 | (byte & 0x3FU);
  }
  if (!is_scalar(code, length)) return std::nullopt;
  text.remove_prefix(length - 1);
  return code;
}

bool is_printable_utf8(std::string_view text) {
  while (!text.empty()) {
    const auto code = take_code_point(text);
    if (!code || is_control(*code)) return false;
  }
  return true;
}

std::string to_valid_utf8(std::string_view text) {
  std::string valid;
  while (!text.empty()) {
    const std::string_view before = text;
    if (take_code_point(text))
      valid += before.substr(0, before.size() - text.size());
    else
      valid += kReplacement;
  }
  return valid;
}

}  // namespace reelprint
