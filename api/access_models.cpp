#include "api/access_models.h"

#include "api/access_json.h"
#include "api/json_text.h"

namespace reelprint::api {

std::string tenant_json(const store::Tenant& tenant) {
  return to_text(tenant_object(tenant));
}

std::string user_json(const store::User& user) {
  return to_text(user_object(user));
}

std::string key_json(const store::ApiKey& key) {
  return to_text(key_object(key));
}

std::string issued_key_json(const IssuedKey& issued) {
  return to_text(issued_key_object(issued));
}

std::string audit_json(const store::AuditEntry& entry) {
  return to_text(audit_object(entry));
}

}  // namespace reelprint::api
