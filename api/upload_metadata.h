// Upload-Metadata of the tus protocol.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace reelprint::api {

/// The bytes of `text` in base64 (RFC 4648, section 4, with padding); nothing when it is none.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

/// "filename ZmlsZQ==,is_final"; values are decoded. Throws Problem 400 "invalid-metadata" when it is
/// malformed or a key is there twice.
[[nodiscard]] std::map<std::string, std::string> upload_metadata(std::string_view text);

}  // namespace reelprint::api
