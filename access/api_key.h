// API keys as text: "rp_" and 8 characters that may be shown, "_", 32 characters of secret (190 bits) and 6
// of checksum; all of them digits and letters of ASCII. The checksum is the CRC-32C of all before it, to the
// base 62 with the most significant digit first, so that a typing error is told from a wrong key, and a
// scanner for leaked secrets knows one when it sees it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/sha256.h"

namespace reelprint::access {

inline constexpr std::size_t kApiKeyBytes = 50;

/// What of a key is stored.
struct ApiKeyPrint {
  std::string prefix;  ///< "rp_" and 8 characters: names the key
  Sha256 digest;       ///< of the whole text
};

struct NewApiKey {
  std::string text;  ///< to be shown once and forgotten
  ApiKeyPrint print;
};

[[nodiscard]] NewApiKey make_api_key();
/// Nothing when the text is no key, or its checksum is wrong.
[[nodiscard]] std::optional<ApiKeyPrint> parse_api_key(std::string_view text);

}  // namespace reelprint::access
