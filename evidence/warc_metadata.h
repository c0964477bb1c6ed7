// What an HTTP message does not say of an exchange, as the JSON of a WARC metadata record. Pure.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/exchange.h"

namespace reelprint::evidence {

/// Why it was asked for, and what it belongs to; what is "" is left out.
struct WarcNote {
  std::string purpose{};                                     ///< "capture", "takedown_check"
  std::string redirected_from{};                             ///< the URL whose answer led here
  std::vector<std::pair<std::string, std::string>> facts{};  ///< more, by name: "robots", "resolver"
};

/// Canonical JSON (RFC 8785). Heads are there as they went over the wire: as text if they are UTF-8, else as
/// "…_base64".
[[nodiscard]] std::string warc_metadata(const Exchange& exchange, const WarcNote& note);

}  // namespace reelprint::evidence
