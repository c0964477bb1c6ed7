#include "crawler/normal_url.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "crawler/tracking_parameters.h"
#include "crawler/url_host.h"
#include "crawler/url_text.h"

namespace reelprint::crawler {
namespace {

constexpr std::size_t kMostBytes = 2'000;
/// Before tracking parameters are dropped.
constexpr std::size_t kMostBytesWritten = 16'000;

/// RFC 3986 appendix B, of a hierarchical URL.
struct Parts {
  std::string_view scheme;
  std::string_view authority;
  std::string_view path;
  std::string_view query;
  bool has_authority = false;
  bool has_query = false;
};

/// Without blanks and control characters around, and tabs and line breaks within; nothing when other control
/// characters are within.
std::optional<std::string> cleaned(std::string_view text) {
  const auto is_blank = [](char c) { return static_cast<unsigned char>(c) <= 0x20; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  if (text.size() > kMostBytesWritten) return std::nullopt;
  std::string clean;
  for (const char c : text) {
    if (c == '\t' || c == '\n' || c == '\r') continue;
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return std::nullopt;
    clean += c;
  }
  // To browsers a backslash is a slash, up to the query.
  std::replace(clean.begin(),
               clean.begin() + static_cast<std::ptrdiff_t>(std::min(clean.find_first_of("?#"), clean.size())),
               '\\', '/');
  return clean;
}

std::string_view take_scheme(std::string_view& rest) {
  std::size_t end = 0;
  while (end < rest.size() && (is_letter(rest[end]) || (end > 0 && (is_digit(rest[end]) || rest[end] == '+' ||
                                                                    rest[end] == '-' || rest[end] == '.'))))
    ++end;
  if (end == 0 || end >= rest.size() || rest[end] != ':') return {};
  const std::string_view scheme = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return scheme;
}

Parts split(std::string_view text) {
  Parts parts;
  parts.scheme = take_scheme(text);
  text = text.substr(0, text.find('#'));
  if (text.starts_with("//")) {
    text.remove_prefix(2);
    parts.has_authority = true;
    parts.authority = text.substr(0, text.find_first_of("/?"));
    text.remove_prefix(parts.authority.size());
  }
  const std::size_t question = text.find('?');
  parts.path = text.substr(0, question);
  parts.has_query = question != std::string_view::npos;
  if (parts.has_query) parts.query = text.substr(question + 1);
  return parts;
}

/// ":8080", or "" for the scheme's own; nothing for what is no port.
std::optional<std::string> normal_port(std::string_view port, bool is_https) {
  if (port.empty()) return "";
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
  if (error != std::errc{} || end != port.data() + port.size() || number == 0 || number > 65'535)
    return std::nullopt;
  if (number == (is_https ? 443U : 80U)) return "";
  return ":" + std::to_string(number);
}

std::optional<std::string> normal_authority(std::string_view authority, bool is_https) {
  if (authority.find('@') != std::string_view::npos) return std::nullopt;
  const std::size_t bracket = authority.rfind(']');
  const std::size_t colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  const auto host = normal_host(authority.substr(0, colon));
  const auto port = normal_port(
      colon == std::string_view::npos ? std::string_view{} : authority.substr(colon + 1), is_https);
  if (!host || !port) return std::nullopt;
  return *host + *port;
}

/// ASP.NET writes the session into the path: "/(S(lit3py55t21z5v55vlm25s55))/".
bool is_session_segment(std::string_view segment) {
  return segment.size() > 5 && segment.starts_with("(S(") && segment.ends_with("))");
}

/// Servlets write it behind a segment: "watch;jsessionid=17".
std::string without_session_parameters(std::string_view segment) {
  std::string kept(segment);
  while (true) {
    const std::size_t begin = lower(kept).find(";jsessionid=");
    if (begin == std::string::npos) return kept;
    kept.erase(begin, std::min(kept.find(';', begin + 1), kept.size()) - begin);
  }
}

std::string without_sessions(std::string_view path) {
  std::string kept;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::string_view segment = path.substr(0, path.find('/'));
    path.remove_prefix(segment.size());
    if (is_session_segment(segment)) {
      if (path.empty()) kept += '/';
      continue;
    }
    kept += '/';
    kept += without_session_parameters(segment);
  }
  return kept;
}

std::string normal_path(std::string_view path) {
  if (path.empty()) return "/";
  // Sessions first: a segment that goes may leave none, and dots are only seen once they are decoded.
  return without_dot_segments(without_sessions(percent_normalised(path, "/")));
}

std::string normal_query(std::string_view query) {
  std::string kept;
  while (!query.empty()) {
    const std::string_view parameter = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(parameter.size() + 1, query.size()));
    const std::string normal = percent_normalised(parameter, "/?");
    const std::size_t equals = std::min(normal.find('='), normal.size());
    const std::string name = lower(normal.substr(0, equals));
    const std::string_view value = std::string_view(normal).substr(std::min(equals + 1, normal.size()));
    if (normal.empty() || is_tracking_parameter(name) || is_session_parameter(name, value)) continue;
    kept += (kept.empty() ? "?" : "&") + normal;
  }
  return kept;
}

std::optional<std::string> normal_of(const Parts& parts) {
  const std::string scheme = lower(parts.scheme);
  if ((scheme != "http" && scheme != "https") || !parts.has_authority) return std::nullopt;
  const auto authority = normal_authority(parts.authority, scheme == "https");
  if (!authority) return std::nullopt;
  std::string url = scheme + "://" + *authority + normal_path(parts.path) + normal_query(parts.query);
  if (url.size() > kMostBytes) return std::nullopt;
  return url;
}

/// RFC 3986 section 5.2.3.
std::string merged(const Parts& base, std::string_view path) {
  const std::string_view folder = base.path.substr(0, base.path.rfind('/') + 1);
  return (folder.empty() ? "/" : std::string(folder)) + std::string(path);
}

}  // namespace

std::optional<std::string> normal_url(std::string_view url) {
  const auto clean = cleaned(url);
  if (!clean) return std::nullopt;
  return normal_of(split(*clean));
}

std::optional<std::string> resolve_url(std::string_view base, std::string_view reference) {
  const auto clean_base = cleaned(base);
  const auto clean = cleaned(reference);
  if (!clean_base || !clean) return std::nullopt;
  const Parts from = split(*clean_base);
  Parts to = split(*clean);
  // "http:g" is of old days: section 5.2.2 lets it stand for "g", and browsers do.
  if (!to.scheme.empty() && !to.has_authority && lower(to.scheme) != lower(from.scheme)) return std::nullopt;
  if (to.scheme.empty()) to.scheme = from.scheme;
  if (to.has_authority) return normal_of(to);
  to.authority = from.authority;
  to.has_authority = from.has_authority;
  if (to.path.empty()) {
    to.path = from.path;
    if (!to.has_query) to.query = from.query;
    return normal_of(to);
  }
  if (to.path.starts_with('/')) return normal_of(to);
  const std::string path = merged(from, to.path);
  to.path = path;
  return normal_of(to);
}

std::string host_key(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  return std::string(url.substr(0, url.find_first_of("/?", scheme + 3)));
}

std::string target_of(std::string_view url) {
  const std::string target(url.substr(host_key(url).size()));
  return target.starts_with('/') ? target : "/" + target;
}

}  // namespace reelprint::crawler
