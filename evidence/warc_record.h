// The parts of a WARC 1.1 record (ISO 28500:2017) that do not depend on what it holds. Pure.
//
// A record is, as one gzip member of its own: "WARC/1.1", CRLF, named fields ("Name: value", CRLF each),
// CRLF, the block of Content-Length bytes, CRLF, CRLF.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/clock.h"
#include "core/sha256.h"

namespace reelprint::evidence {

using WarcFields = std::vector<std::pair<std::string, std::string>>;

/// "WARC/1.1" to the empty line. Throws Error{invalid_input} for a value with a line break or another control
/// character.
[[nodiscard]] std::string warc_head(const WarcFields& fields);

/// "sha256:" and base32 (RFC 4648) in capitals, padded as most archives write it.
[[nodiscard]] std::string warc_digest(const Sha256& digest);
[[nodiscard]] std::string base32(std::string_view bytes);

/// RFC 3339 with microseconds: "2026-11-20T09:30:00.250000Z".
[[nodiscard]] std::string warc_date(WallTime time);

/// "<urn:uuid:…>", a UUID of version 8 (RFC 9562) from a digest of all that makes the record what it is, so
/// that the same record has the same id. `number`: of the record in its file.
struct WarcIdentity {
  std::string_view type{};
  std::string_view target{};
  WallTime date{};
  Sha256 block{};
  std::uint64_t number = 0;
};
[[nodiscard]] std::string warc_record_id(const WarcIdentity& of);

}  // namespace reelprint::evidence
