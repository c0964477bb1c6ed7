// Passwords in bodies, and what stands in the way of hashing them.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "api/fields.h"
#include "api/login.h"

namespace reelprint::api {

/// A new password; what is wrong with it is noted in `fields`. `personal` are name and address.
[[nodiscard]] std::string new_password_in(Fields& fields, std::string_view name,
                                          std::span<const std::string> personal);
/// Throws 503 with Retry-After when too many others are hashed.
[[nodiscard]] std::string hash_or_503(Logins& logins, std::string_view password);
/// 429 or 503 with Retry-After, of a login that was not tried.
[[nodiscard]] http::Problem later(const LoginRefusal& refusal);

}  // namespace reelprint::api
