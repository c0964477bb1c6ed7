// Routes of those who may ask: tenants, users, API keys, sessions, and the audit log of what they did.
#pragma once

#include "api/backend.h"
#include "api/router.h"

namespace reelprint::api {

/// All of the group, which is described in api/openapi/access.json.
void add_access_routes(Router& router, const Backend& backend);

// Its parts.
void add_tenant_routes(Router& router);
void add_user_routes(Router& router, const std::shared_ptr<Logins>& logins);
void add_key_routes(Router& router);
void add_session_routes(Router& router, const std::shared_ptr<Logins>& logins);
void add_audit_routes(Router& router);

}  // namespace reelprint::api
