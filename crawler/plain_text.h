// Small changes of text that every reader of documents needs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "crawler/url_text.h"

namespace reelprint::crawler {

[[nodiscard]] bool equal_ignoring_case(std::string_view a, std::string_view b);
[[nodiscard]] bool starts_with_ignoring_case(std::string_view text, std::string_view prefix);
/// Whether `text` contains `word`, ASCII case aside; `word` is in lower case.
[[nodiscard]] bool contains_ignoring_case(std::string_view text, std::string_view word);
/// Without ASCII blanks and control characters at either end.
[[nodiscard]] std::string_view trimmed(std::string_view text);
/// At most so many bytes, no UTF-8 sequence cut in two.
[[nodiscard]] std::string_view cut(std::string_view text, std::size_t most_bytes);
/// Trimmed, each run of blanks (U+00A0 and U+3000 too) and control characters one blank, invalid UTF-8
/// replaced, cut.
[[nodiscard]] std::string squeezed(std::string_view text, std::size_t most_bytes);
/// RFC 4648, either alphabet, padding optional; nothing for anything else or when over `most_bytes` come out.
[[nodiscard]] std::optional<std::string> base64_decoded(std::string_view text, std::size_t most_bytes);
/// Named (the few that XML and feeds use) and numeric character references of HTML decoded.
[[nodiscard]] std::string without_references(std::string_view text);
/// What is left of a scrap of HTML when its tags go, squeezed.
[[nodiscard]] std::string without_markup(std::string_view html, std::size_t most_bytes);
/// A whole number in decimal; nothing for anything else, or beyond 2^64.
[[nodiscard]] std::optional<std::uint64_t> whole_number(std::string_view digits);
/// The next piece of `text` up to `separator`, taken off it with the separator.
[[nodiscard]] std::string_view take_until(std::string_view& text, char separator);
/// `code` as UTF-8; U+FFFD when it is no character.
void append_utf8(std::string& text, char32_t code);

}  // namespace reelprint::crawler
