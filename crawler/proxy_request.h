// A request as a client sends it to a proxy (RFC 9112, section 3.2).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace reelprint::crawler {

struct ProxyRequest {
  bool is_tunnel = false;  ///< CONNECT: what follows is between client and server
  std::string url{};       ///< normalised; of a tunnel "https://HOST/"
  std::string to_send{};  ///< what the server is sent: the request as a server takes it, and what came behind
};

/// `text`: its head with the empty line, and perhaps more. A server is asked to close after its answer.
/// Nothing for what is neither CONNECT nor a GET, HEAD or POST of an http URL.
[[nodiscard]] std::optional<ProxyRequest> read_proxy_request(std::string_view text);

}  // namespace reelprint::crawler
