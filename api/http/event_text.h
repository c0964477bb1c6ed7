// Server-sent events as text (WHATWG HTML, section 9.2).
#pragma once

#include <string>
#include <string_view>

#include "api/http/message.h"

namespace reelprint::api::http {

/// Keeps proxies from closing the stream.
inline constexpr std::string_view kHeartbeat = ":\n\n";

/// "id: …", "event: …", one "data: …" for each line, and an empty line. Line ends in `id` and `type` become
/// blanks, so that nobody can put a field of his own there.
[[nodiscard]] std::string event_text(const ServerSentEvent& event);

/// `bytes`, which must not be empty, as one chunk of a chunked body.
[[nodiscard]] std::string chunk_of(std::string_view bytes);
inline constexpr std::string_view kLastChunk = "0\r\n\r\n";

}  // namespace reelprint::api::http
