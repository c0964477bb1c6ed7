// Who asks, and what they may see.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/ids.h"

namespace reelprint {

enum class Role : std::uint8_t {
  admin,     ///< everything
  holder,    ///< its own catalog, licences, policies, and what was decided because of them
  platform,  ///< its own screenings
  legal,     ///< what a holder sees, to decide on it; changes no catalog
  auditor,   ///< reads everything, the audit log too; changes nothing
};

[[nodiscard]] std::string_view to_string(Role role);
[[nodiscard]] std::optional<Role> role_of(std::string_view name);

/// Who a request comes from. A tenant of zero means that it is bound to none and may see all of them.
struct Principal {
  Role role = Role::auditor;
  TenantId tenant;
  ApiKeyId key;      ///< zero: not by a key
  UserId user;       ///< zero: not by a person who logged in
  std::string name;  ///< as the audit log shows it: "key 12 (ingest)", "user 3 (kim)", "command line"

  [[nodiscard]] bool may_see(TenantId owner) const { return tenant == TenantId{} || tenant == owner; }
};

}  // namespace reelprint
