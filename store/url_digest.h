// What the frontier knows a URL by.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace reelprint::store {

using UrlDigest = std::array<std::byte, 16>;

/// The first half of its SHA-256: to find two URLs that share it takes 2^64 tries.
[[nodiscard]] UrlDigest url_digest(std::string_view url);

/// Scheme, host and port of a normalised URL: all before its path.
[[nodiscard]] std::string_view url_host(std::string_view url);

}  // namespace reelprint::store
