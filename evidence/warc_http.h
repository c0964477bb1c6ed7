// Request and response as a WARC record's block has them: messages of HTTP/1.x that fit the content that is
// stored, since archive readers parse no other. Pure.
//
// As received, wherever that is one. Changed where it would not be read right, and then the metadata record
// has it as received:
// - HTTP/2: the first line says HTTP/1.1 (libcurl writes HTTP/2 as lines of text).
// - Content that was decoded (chunked, gzip …): Transfer-Encoding, Content-Encoding and Content-Length become
//   X-Archive-Orig-…, and Content-Length is that of the stored content.
#pragma once

#include <string>
#include <string_view>

#include "core/exchange.h"

namespace reelprint::evidence {

struct ArchivedHead {
  std::string text{};
  bool is_changed = false;
};

/// "" when nothing was sent.
[[nodiscard]] ArchivedHead archived_request_head(const Exchange& exchange);
/// "" when there was no answer, or no whole head of one.
[[nodiscard]] ArchivedHead archived_response_head(const Exchange& exchange);

/// Why there is less than was sent, as WARC-Truncated says it: "length", "time", "disconnect", "unspecified";
/// "" when nothing is missing.
[[nodiscard]] std::string_view warc_truncation(const Exchange& exchange);

}  // namespace reelprint::evidence
