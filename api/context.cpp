#include "api/context.h"

#include <utility>

#include "store/audit.h"

namespace reelprint::api {

void Context::audit(std::string action, std::string object, TenantId tenant, std::string detail_json) const {
  store::AuditEntry entry;
  entry.at = now;
  entry.actor = principal.name;
  entry.tenant = tenant;
  entry.action = std::move(action);
  entry.object = std::move(object);
  entry.request_id = request.id;
  entry.detail = std::move(detail_json);
  store::Audit(store.database()).append(entry);
}

}  // namespace reelprint::api
