// Tenants, users and API keys: every change of them, with its entry in the audit log.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/clock.h"
#include "core/principal.h"
#include "store/api_keys.h"
#include "store/store.h"
#include "store/tenants.h"
#include "store/users.h"

namespace reelprint::api {

/// Who makes a change, for the audit log, and when.
struct Author {
  std::string name;        ///< as Principal::name
  std::string request_id;  ///< "" on the command line
  WallTime now;
};

// Each call below is one transaction, or a part of the one around it. Throws Error{invalid_input} for what
// the caller should have asked about before.

/// Why somebody of a tenant cannot have a role.
enum class ScopeFault : std::uint8_t {
  no_such_tenant,
  needs_holder,    ///< its tenant must be there and a holder
  needs_platform,  ///< its tenant must be there and a platform
  takes_holder,    ///< its tenant, if any, must be a holder
  takes_none,      ///< it cannot be bound to a tenant
};
[[nodiscard]] std::string_view to_string(ScopeFault fault);  ///< "must be a holder for this role"

/// An admin is bound to no tenant, a holder and a platform to one of their kind; legal may be bound to a
/// holder and an auditor to any.
[[nodiscard]] std::optional<ScopeFault> scope_fault(store::Store& store, Role role, TenantId tenant);

/// "a@b": neither blanks nor control characters, at most 254 bytes.
[[nodiscard]] bool is_email(std::string_view text);

/// Throws when the name is empty or taken.
store::Tenant add_tenant(store::Store& store, std::string_view name, store::TenantKind kind,
                         const Author& author);
/// False when there is none of that id and version.
bool rename_tenant(store::Store& store, const store::Tenant& renamed, const Author& author);

/// Throws when the address is none or taken, or for a scope fault.
store::User add_user(store::Store& store, const store::User& user, std::string_view password_hash,
                     const Author& author);
/// Name, role, tenant and whether it is disabled, which ends its sessions. False when there is none of that
/// id and version; throws for a scope fault.
bool update_user(store::Store& store, const store::User& user, const Author& author);
/// The hash to store of a password that was chosen for somebody. Throws Error{invalid_input} when it is too
/// short or easily guessed; takes about 60 ms.
[[nodiscard]] std::string hash_of_new_password(std::string_view password, const store::User& user);
/// Ends the user's sessions. False when there is no such user.
bool set_password(store::Store& store, UserId user, std::string_view password_hash, const Author& author);

/// A key whose text is known now and never again.
struct IssuedKey {
  store::ApiKey key;
  std::string text;
};

/// With the name, role, tenant and end of `wanted`. Throws for a scope fault.
IssuedKey issue_key(store::Store& store, const store::ApiKey& wanted, const Author& author);
/// Another one of the same name, role, tenant and end; the old one goes on for `overlap` at most.
IssuedKey rotate_key(store::Store& store, const store::ApiKey& old, std::chrono::microseconds overlap,
                     const Author& author);
/// False when it was revoked already.
bool revoke_key(store::Store& store, const store::ApiKey& key, const Author& author);

}  // namespace reelprint::api
