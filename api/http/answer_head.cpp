#include "api/http/answer_head.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "api/http/field.h"
#include "api/http/problem.h"

namespace reelprint::api::http {
namespace {

/// Ours to say.
constexpr std::array<std::string_view, 6> kFraming{"Content-Length", "Transfer-Encoding", "Connection",
                                                   "Keep-Alive",     "Content-Type",      "X-Request-Id"};

void add_field(std::string& text, std::string_view name, std::string_view value) {
  text += name;
  text += ": ";
  for (const char c : value) text += static_cast<unsigned char>(c) < ' ' || c == '\x7F' ? ' ' : c;
  text += "\r\n";
}

void add_framing(std::string& text, const Framing& framing) {
  if (framing.length) {
    add_field(text, "Content-Length", std::to_string(*framing.length));
  } else if (!framing.is_http10) {
    add_field(text, "Transfer-Encoding", "chunked");
  }
  if (!framing.keep_alive) {
    add_field(text, "Connection", "close");
  } else if (framing.is_http10) {
    add_field(text, "Connection", "keep-alive");
  }
}

}  // namespace

bool may_have_body(unsigned status) {
  return status >= 200 && status != 204 && status != 304;
}

std::string head_text(const Response& response, const Request& request, const Framing& framing) {
  std::string text = "HTTP/1.1 " + std::to_string(response.status) + " ";
  text += reason_of(response.status);
  text += "\r\n";
  if (may_have_body(response.status)) {
    add_field(text, "Content-Type", response.events ? "text/event-stream" : response.content_type);
    add_framing(text, framing);
  } else if (!framing.keep_alive || framing.is_http10) {
    add_field(text, "Connection", framing.keep_alive ? "keep-alive" : "close");
  }
  for (const auto& [name, value] : response.headers.all()) {
    const bool is_ours =
        std::any_of(kFraming.begin(), kFraming.end(),
                    [&, &field = name](std::string_view ours) { return is_same_name(ours, field); });
    if (!is_ours && is_token(name)) add_field(text, name, value);
  }
  if (!response.headers.find("Cache-Control")) add_field(text, "Cache-Control", "no-store");
  if (!response.headers.find("X-Content-Type-Options")) add_field(text, "X-Content-Type-Options", "nosniff");
  if (framing.secure) add_field(text, "Strict-Transport-Security", "max-age=31536000");
  add_field(text, "X-Request-Id", request.id);
  return text + "\r\n";
}

}  // namespace reelprint::api::http
