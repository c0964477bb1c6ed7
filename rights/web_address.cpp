#include "rights/web_address.h"

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include "rights/names.h"

namespace reelprint::rights {
namespace {

constexpr std::string_view kAfterScheme = "://";

struct HostPort {
  std::string host;
  std::optional<std::uint16_t> port;
};

bool is_plain(std::string_view text) {
  return std::ranges::none_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= 0x20 || byte == 0x7f || c == '\\';
  });
}

std::uint16_t default_port(std::string_view scheme) {
  return scheme == "http" ? 80 : 443;
}

/// Nothing for another scheme than http and https; "" where there is none. Takes it away from `rest`.
std::optional<std::string> take_scheme(std::string_view& rest) {
  const std::size_t end = rest.find(kAfterScheme);
  if (end == std::string_view::npos || rest.substr(0, end).find_first_of("/?#@:") != std::string_view::npos)
    return "";
  std::string scheme = lower_ascii(rest.substr(0, end));
  rest.remove_prefix(end + kAfterScheme.size());
  if (scheme != "http" && scheme != "https") return std::nullopt;
  return scheme;
}

std::optional<HostPort> host_and_port(std::string_view authority) {
  HostPort result;
  const std::size_t bracket = authority.starts_with('[') ? authority.find(']') : 0;
  if (bracket == std::string_view::npos) return std::nullopt;
  const std::size_t colon = authority.find(':', bracket);
  if (colon != std::string_view::npos && colon + 1 < authority.size()) {
    std::uint16_t port = 0;
    const char* end = authority.data() + authority.size();
    const auto [stop, error] = std::from_chars(authority.data() + colon + 1, end, port);
    if (error != std::errc{} || stop != end) return std::nullopt;
    result.port = port;
  }
  result.host = lower_ascii(authority.substr(0, colon));
  if (result.host.ends_with('.')) result.host.pop_back();
  if (result.host.empty() || result.host.find('%') != std::string::npos) return std::nullopt;
  return result;
}

/// With encoded dots and slashes as what they stand for.
std::string plainly(std::string_view path) {
  std::string plain;
  while (!path.empty()) {
    const std::string code = lower_ascii(path.substr(0, 3));
    const char meant = code == "%2e" ? '.' : code == "%2f" || code == "%5c" ? '/' : '\0';
    plain += meant != '\0' ? meant : path.front();
    path.remove_prefix(meant != '\0' ? 3 : 1);
  }
  return plain;
}

bool leads_elsewhere(std::string_view path) {
  const std::string plain = plainly(path) + "/";
  return plain.find("/./") != std::string::npos || plain.find("/../") != std::string::npos;
}

/// Where `piece` first stands in `text` from `from` on, by Knuth, Morris and Pratt (1977).
std::size_t find_linear(std::string_view piece, std::string_view text, std::size_t from) {
  std::vector<std::size_t> border(piece.size(), 0);
  for (std::size_t i = 1, length = 0; i < piece.size(); ++i) {
    while (length > 0 && piece[i] != piece[length]) length = border[length - 1];
    if (piece[i] == piece[length]) ++length;
    border[i] = length;
  }
  std::size_t length = 0;
  for (std::size_t i = from; i < text.size(); ++i) {
    while (length > 0 && text[i] != piece[length]) length = border[length - 1];
    if (text[i] == piece[length]) ++length;
    if (length == piece.size()) return i + 1 - length;
  }
  return std::string_view::npos;
}

}  // namespace

std::optional<WebAddress> parse_web_address(std::string_view url) {
  if (url.size() > kMaxAddressBytes || !is_plain(url)) return std::nullopt;
  std::string_view rest = url;
  const auto scheme = take_scheme(rest);
  if (!scheme || scheme->empty()) return std::nullopt;
  rest = rest.substr(0, rest.find('#'));
  const std::size_t authority_end = std::min(rest.find_first_of("/?"), rest.size());
  std::string_view authority = rest.substr(0, authority_end);
  rest.remove_prefix(authority_end);
  if (const auto at = authority.rfind('@'); at != std::string_view::npos) authority.remove_prefix(at + 1);
  auto place = host_and_port(authority);
  if (!place) return std::nullopt;
  const std::size_t path_end = std::min(rest.find('?'), rest.size());
  WebAddress address{*scheme, std::move(place->host), place->port.value_or(default_port(*scheme)),
                     std::string(rest.substr(0, path_end)), std::string(rest.substr(path_end))};
  if (address.path.empty()) address.path = "/";
  if (leads_elsewhere(address.path)) return std::nullopt;
  return address;
}

std::optional<UrlPattern> parse_url_pattern(std::string_view text) {
  if (text.size() > kMaxPatternBytes || !is_plain(text) || text.find('#') != std::string_view::npos)
    return std::nullopt;
  std::string_view rest = text;
  auto scheme = take_scheme(rest);
  if (!scheme) return std::nullopt;
  UrlPattern pattern;
  pattern.scheme = std::move(*scheme);
  const std::size_t authority_end = std::min(rest.find_first_of("/?"), rest.size());
  std::string_view authority = rest.substr(0, authority_end);
  pattern.path = rest.substr(authority_end);
  if (pattern.path.starts_with('?')) pattern.path.insert(0, "/");
  if (authority.starts_with("*.")) {
    pattern.takes_subdomains = true;
    authority.remove_prefix(2);
  }
  if (authority.find_first_of("*@") != std::string_view::npos) return std::nullopt;
  auto place = host_and_port(authority);
  if (!place) return std::nullopt;
  if (pattern.takes_subdomains && place->host.find('.') == std::string::npos) return std::nullopt;
  pattern.host = std::move(place->host);
  pattern.port = place->port;
  return pattern;
}

bool fits(const UrlPattern& pattern, const WebAddress& address) {
  if (!pattern.scheme.empty() && pattern.scheme != address.scheme) return false;
  if (pattern.port.value_or(default_port(address.scheme)) != address.port) return false;
  const bool is_host = pattern.takes_subdomains ? address.host.size() > pattern.host.size() + 1 &&
                                                      address.host.ends_with("." + pattern.host)
                                                : address.host == pattern.host;
  if (!is_host) return false;
  if (pattern.path.empty()) return true;
  if (pattern.path.find('?') == std::string::npos) return fits_glob(pattern.path, address.path);
  return fits_glob(pattern.path, address.path + address.query);
}

bool fits_glob(std::string_view pattern, std::string_view text) {
  const std::size_t first = pattern.find('*');
  if (first == std::string_view::npos) return pattern == text;
  const std::size_t last = pattern.rfind('*');
  const std::string_view prefix = pattern.substr(0, first);
  const std::string_view suffix = pattern.substr(last + 1);
  if (text.size() < prefix.size() + suffix.size()) return false;
  if (!text.starts_with(prefix) || !text.ends_with(suffix)) return false;
  text = text.substr(prefix.size(), text.size() - prefix.size() - suffix.size());
  std::string_view middle = pattern.substr(first, last - first);
  // Each piece where it stands first: that leaves the most for those after it.
  std::size_t from = 0;
  while (!middle.empty()) {
    middle.remove_prefix(1);
    const std::string_view piece = middle.substr(0, middle.find('*'));
    middle.remove_prefix(piece.size());
    if (piece.empty()) continue;
    const std::size_t at = find_linear(piece, text, from);
    if (at == std::string_view::npos) return false;
    from = at + piece.size();
  }
  return true;
}

}  // namespace reelprint::rights
