// Tenants, users, keys and the audit log as lines of JSON, as the service shows them.
#pragma once

#include <string>

#include "api/accounts.h"
#include "store/audit.h"

namespace reelprint::api {

[[nodiscard]] std::string tenant_json(const store::Tenant& tenant);
[[nodiscard]] std::string user_json(const store::User& user);
[[nodiscard]] std::string key_json(const store::ApiKey& key);
/// With the key itself, which is a secret.
[[nodiscard]] std::string issued_key_json(const IssuedKey& issued);
[[nodiscard]] std::string audit_json(const store::AuditEntry& entry);

}  // namespace reelprint::api
