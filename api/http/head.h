// The head of a request: its first line and its header fields, checked more strictly than RFC 9112 asks, so
// that no proxy before us can have understood it otherwise.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "api/http/message.h"

namespace reelprint::api::http {

struct RequestHead {
  Method method = Method::get;
  std::string target;  ///< as it was sent
  Headers headers;
  bool is_http10 = false;
  std::optional<std::uint64_t> content_length;
  bool chunked = false;
  bool expects_continue = false;
  bool keep_alive = true;  ///< the client wants another request on the connection

  [[nodiscard]] bool has_body() const { return chunked || content_length.value_or(0) > 0; }
};

/// `text` is everything up to the empty line, that one included. Throws Problem: 400 "malformed-request"
/// (also what can smuggle: Content-Length twice or beside Transfer-Encoding, folded fields, blanks before a
/// colon, bare line ends), 411, 417, 431 (more than `most_fields`), 501, 505.
[[nodiscard]] RequestHead parse_head(std::string_view text, std::size_t most_fields);

}  // namespace reelprint::api::http
