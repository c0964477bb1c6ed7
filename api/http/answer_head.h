// The head of an answer as bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "api/http/message.h"

namespace reelprint::api::http {

/// How an answer goes out.
struct Framing {
  std::optional<std::uint64_t>
      length;  ///< nothing: in chunks, or to HTTP/1.0 until the end of the connection
  bool is_http10 = false;
  bool keep_alive = true;
  bool secure = false;  ///< by TLS
};

/// Status line and fields, with the empty line. Adds X-Request-Id, X-Content-Type-Options, over TLS
/// Strict-Transport-Security, and Cache-Control: no-store unless the answer has its own; what frames the
/// answer is never taken from it. A control character in a field becomes a blank.
[[nodiscard]] std::string head_text(const Response& response, const Request& request, const Framing& framing);

/// Whether an answer of this status has a body at all.
[[nodiscard]] bool may_have_body(unsigned status);

}  // namespace reelprint::api::http
