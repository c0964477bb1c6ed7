#include "crawler/proxy_request.h"

#include <algorithm>

#include "crawler/normal_url.h"
#include "crawler/plain_text.h"

namespace reelprint::crawler {
namespace {

/// Said between the client and us, not to the server.
bool is_of_connection(std::string_view line) {
  for (const std::string_view name :
       {"connection:", "proxy-connection:", "proxy-authorization:", "keep-alive:"})
    if (starts_with_ignoring_case(line, name)) return true;
  return false;
}

std::optional<ProxyRequest> tunnel(std::string_view target, std::string_view behind) {
  if (target.find_first_of("/@?#") != std::string_view::npos) return std::nullopt;
  const auto url = normal_url("https://" + std::string(target) + "/");
  if (!url) return std::nullopt;
  return ProxyRequest{.is_tunnel = true, .url = *url, .to_send = std::string(behind)};
}

/// Path and query as they are written: a server may mind what normalisation drops.
std::string origin_form(std::string_view target) {
  target = target.substr(target.find("//") + 2);
  const std::size_t end = target.find_first_of("/?#");
  if (end == std::string_view::npos) return "/";
  std::string path(target.substr(end, target.find('#') - end));
  return path.starts_with('/') ? path : "/" + path;
}

bool is_printable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) > 0x20; });
}

}  // namespace

std::optional<ProxyRequest> read_proxy_request(std::string_view text) {
  const std::size_t head_end = text.find("\r\n\r\n");
  const std::size_t line_end = text.find("\r\n");
  if (head_end == std::string_view::npos) return std::nullopt;
  const std::string_view line = text.substr(0, line_end);
  const std::size_t first = line.find(' ');
  const std::size_t second = line.rfind(' ');
  if (first == std::string_view::npos || second <= first) return std::nullopt;
  const std::string_view method = line.substr(0, first);
  const std::string_view target = line.substr(first + 1, second - first - 1);
  const std::string_view behind = text.substr(head_end + 4);
  if (!is_printable(target)) return std::nullopt;
  if (method == "CONNECT") return tunnel(target, behind);
  const auto url = normal_url(target);
  if (!url || !url->starts_with("http://") || (method != "GET" && method != "HEAD" && method != "POST"))
    return std::nullopt;
  ProxyRequest request{.url = *url};
  request.to_send = std::string(method) + " " + origin_form(target) + " HTTP/1.1\r\nConnection: close";
  for (std::size_t at = line_end; at < head_end;) {
    const std::size_t next = std::min(text.find("\r\n", at + 2), head_end);
    const std::string_view field = text.substr(at + 2, next - at - 2);
    if (field.find_first_of("\r\n") != std::string_view::npos) return std::nullopt;
    if (!is_of_connection(field)) request.to_send += "\r\n" + std::string(field);
    at = next;
  }
  request.to_send += "\r\n\r\n" + std::string(behind);
  return request;
}

}  // namespace reelprint::crawler
