// Who a request comes from.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/http/message.h"
#include "core/clock.h"
#include "core/principal.h"
#include "store/store.h"

namespace reelprint::api {

/// By "Authorization: Bearer rp_…", or else by the cookie of a session, which for anything but GET and HEAD
/// needs X-CSRF-Token too. Throws Problem 401 "unauthorized", the same for what is missing, wrong, expired,
/// revoked or disabled. To be called outside any transaction: now and then it notes that the key was used.
[[nodiscard]] Principal authenticate(const http::Request& request, store::Store& store, WallTime now);

/// The token in the session's cookie, whatever it may be good for; nothing when there is none. By TLS the
/// cookie's name begins with __Host-, so that no other host of the domain can have set it.
[[nodiscard]] std::optional<std::string_view> session_token_of(const http::Request& request);
/// Sets the cookie: until it ends after `seconds`; "" takes it away.
void set_session_cookie(http::Response& response, const http::Request& request, std::string_view token,
                        std::int64_t seconds);

}  // namespace reelprint::api
