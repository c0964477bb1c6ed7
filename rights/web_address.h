// Web addresses taken apart with care, and patterns of them. Both are hostile input: nothing here takes
// longer than the lengths of what it reads, and what cannot be understood fits nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace reelprint::rights {

inline constexpr std::size_t kMaxAddressBytes = 8192;
inline constexpr std::size_t kMaxPatternBytes = 500;

/// Where something is shown on the web. User names are left out, so that "https://good.example@bad.example/"
/// is on bad.example; so is the fragment.
struct WebAddress {
  std::string scheme;  ///< "http" or "https"
  std::string host;    ///< ASCII letters in lower case, without a dot at its end; punycode as it is
  std::uint16_t port = 0;
  std::string path;   ///< as it is, percent signs and all; "/" when there is none
  std::string query;  ///< with its "?"; "" when there is none
};

/// Nothing for what is no http or https URL, is longer than kMaxAddressBytes, has blanks, control characters
/// or backslashes, or a path with "." or ".." in it, percent-encoded or not: it leads elsewhere than it says.
[[nodiscard]] std::optional<WebAddress> parse_web_address(std::string_view url);

/// "[scheme://][*.]host[:port][/path]". Without a scheme both fit, without a port the scheme's own, without a
/// path every path. "*." stands for one subdomain or several; in the path * stands for any characters, also
/// none and slashes. A path with a "?" is compared with path and query, any other with the path alone.
struct UrlPattern {
  std::string scheme;  ///< "" for either
  std::string host;
  bool takes_subdomains = false;  ///< and not the host itself
  std::optional<std::uint16_t> port;
  std::string path;  ///< "" for any
};

/// Nothing for what is no pattern, or would take in every host ("*", "*.com").
[[nodiscard]] std::optional<UrlPattern> parse_url_pattern(std::string_view text);

/// Hosts and schemes are compared without case, paths with it.
[[nodiscard]] bool fits(const UrlPattern& pattern, const WebAddress& address);

/// Whether `text` is `pattern` with anything in place of each *; time linear in both.
[[nodiscard]] bool fits_glob(std::string_view pattern, std::string_view text);

}  // namespace reelprint::rights
