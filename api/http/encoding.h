// Compressed answers.
#pragma once

#include <string>
#include <string_view>

#include "api/http/message.h"

namespace reelprint::api::http {

/// Whether Accept-Encoding takes gzip (RFC 9110, section 12.5.3).
[[nodiscard]] bool accepts_gzip(const Headers& headers);
/// Whether a body of that type is text that becomes smaller.
[[nodiscard]] bool is_compressible(std::string_view content_type);
/// RFC 1952. Throws std::bad_alloc.
[[nodiscard]] std::string gzip(std::string_view bytes);
/// Compresses a body of over 1 KiB that is text when the client takes it, and says by Vary that it depends on
/// that. Leaves an answer with a Content-Encoding of its own as it is.
void compress(Response& response, const Headers& request);

}  // namespace reelprint::api::http
