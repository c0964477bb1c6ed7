// URLs made comparable, so that one address is one entry of the frontier.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace reelprint::crawler {

/// RFC 3986 section 6 normalisation of an http or https URL: case of scheme and host, percent-encoding, dot
/// segments, default port; IDN hosts as A-labels (IDNA 2008), the fragment dropped, tracking parameters
/// (utm_*, fbclid, gclid …) and session ids dropped, the other parameters kept in their order. Nothing for
/// what is no such URL, has user information, or is over 2,000 bytes.
[[nodiscard]] std::optional<std::string> normal_url(std::string_view url);
/// A reference as found in a document whose base is `base` (RFC 3986 section 5), normalised; blanks around
/// and line breaks within are dropped as browsers do.
[[nodiscard]] std::optional<std::string> resolve_url(std::string_view base, std::string_view reference);
/// "https://videos.example" or "http://videos.example:8080"; `url` is normalised.
[[nodiscard]] std::string host_key(std::string_view url);
/// Path with query: what robots.txt speaks of; `url` is normalised.
[[nodiscard]] std::string target_of(std::string_view url);

}  // namespace reelprint::crawler
