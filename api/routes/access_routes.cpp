#include "api/routes/access_routes.h"

namespace reelprint::api {

void add_access_routes(Router& router, const Backend& backend) {
  const auto logins = std::make_shared<Logins>(backend.login);
  add_tenant_routes(router);
  add_user_routes(router, logins);
  add_key_routes(router);
  add_session_routes(router, logins);
  add_audit_routes(router);
}

}  // namespace reelprint::api
