// Tenants, users, keys, sessions and the audit log as JSON. Nothing here is a secret, but for what is said to
// be one.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "api/accounts.h"
#include "core/principal.h"
#include "store/audit.h"
#include "store/sessions.h"

namespace reelprint::api {

[[nodiscard]] boost::json::object tenant_object(const store::Tenant& tenant);
[[nodiscard]] boost::json::object user_object(const store::User& user);
[[nodiscard]] boost::json::object key_object(const store::ApiKey& key);
/// With the key itself as "key", which is a secret.
[[nodiscard]] boost::json::object issued_key_object(const IssuedKey& issued);
[[nodiscard]] boost::json::object audit_object(const store::AuditEntry& entry);
/// Role, tenant, and which key or user it is.
[[nodiscard]] boost::json::object principal_object(const Principal& principal);
/// With "csrf_token", which is a secret.
[[nodiscard]] boost::json::object session_object(const store::Session& session, const store::User& user,
                                                 const std::string& csrf_token);

}  // namespace reelprint::api
