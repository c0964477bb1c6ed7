// What a request is called in answers, logs and the audit log.
#pragma once

#include <string>

#include "api/http/message.h"

namespace reelprint::api::http {

/// X-Request-Id when it has 1 to 64 of [A-Za-z0-9._-], else 128 random bits in hexadecimal digits. Throws
/// Error{io} when the system has no randomness.
[[nodiscard]] std::string request_id_of(const Headers& headers);

}  // namespace reelprint::api::http
