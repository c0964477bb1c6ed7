// Documents of any charset as UTF-8.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace reelprint::crawler {

struct DecodedText {
  std::string utf8{};     ///< valid, without a byte order mark
  std::string charset{};  ///< by iconv's name; "" for UTF-8 and UTF-16
};

/// By byte order mark, else the content type's charset, else what the document itself says (<meta charset>,
/// the XML declaration), else UTF-8 when it is that, else GB18030 when it is that, else Windows-1252: the
/// order of the WHATWG Encoding and HTML standards, guessing for the languages that we look for. The result
/// is valid UTF-8 without a byte order mark; what cannot be converted is U+FFFD; NULs are gone.
[[nodiscard]] DecodedText decoded_text(std::string_view bytes, std::string_view content_type);
/// Its text alone.
[[nodiscard]] std::string to_utf8(std::string_view bytes, std::string_view content_type);
/// `text`, UTF-8, with all that is not ASCII in `charset`, percent-encoded; nothing when `charset` is unknown
/// or has no way to write it.
[[nodiscard]] std::optional<std::string> percent_encoded_in(const std::string& charset,
                                                            std::string_view text);

}  // namespace reelprint::crawler
