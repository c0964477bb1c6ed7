// Documents of any charset as UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace reelprint::crawler {

/// By byte order mark, else the content type's charset, else what the document itself says (<meta charset>,
/// the XML declaration), else UTF-8 when it is that, else GB18030 when it is that, else Windows-1252: the
/// order of the WHATWG Encoding and HTML standards, guessing for the languages that we look for. The result
/// is valid UTF-8 without a byte order mark; what cannot be converted is U+FFFD; NULs are gone.
[[nodiscard]] std::string to_utf8(std::string_view bytes, std::string_view content_type);

}  // namespace reelprint::crawler
