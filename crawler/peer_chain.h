// The certificates that a server presented, as evidence keeps them.
#pragma once

#include <vector>

#include "core/exchange.h"

namespace reelprint::crawler {

/// `session`: an SSL of OpenSSL, connected as a client, or null. The server's own certificate first; at most
/// ten; none without a session. What cannot be written out is left out.
[[nodiscard]] std::vector<PeerCertificate> peer_chain(void* session);

}  // namespace reelprint::crawler
