// What the commands that keep tenants, users and keys have in common.
#pragma once

#include <string>

#include "api/accounts.h"

namespace reelprint::app {

/// The command line, now.
[[nodiscard]] api::Author author_now();
/// Throws Error{invalid_input} for what is no role.
[[nodiscard]] Role role_named(const std::string& name);
/// By name or id; "" is none. Throws Error{not_found}.
[[nodiscard]] TenantId tenant_named(store::Store& store, const std::string& name);

/// "" for a time of zero.
[[nodiscard]] std::string time_or_blank(WallTime time);
/// "" for an id of zero.
[[nodiscard]] std::string number_or_blank(std::int64_t id);

}  // namespace reelprint::app
