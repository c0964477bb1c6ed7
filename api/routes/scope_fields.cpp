#include "api/routes/scope_fields.h"

#include <limits>

#include "api/accounts.h"

namespace reelprint::api {
namespace {

Scope read(Fields& fields, store::Store& store, const Scope& now, bool needs_role) {
  Scope scope = now;
  const std::string name = fields.text("role", {.required = needs_role});
  const auto role = role_of(name);
  if (role) scope.role = *role;
  if (!role && !name.empty()) fields.refuse("role", "must be admin, holder, platform, legal or auditor");
  const auto tenant = fields.integer("tenant", 1, std::numeric_limits<std::int64_t>::max());
  if (tenant) scope.tenant = TenantId{*tenant};
  if (fields.has("tenant") && fields.is_null("tenant")) scope.tenant = {};
  const bool is_new = needs_role || role || fields.has("tenant");
  if (!is_new || (needs_role && !role)) return scope;
  if (const auto fault = scope_fault(store, scope.role, scope.tenant))
    fields.refuse("tenant", std::string(to_string(*fault)));
  return scope;
}

}  // namespace

Scope scope_in(Fields& fields, store::Store& store) {
  return read(fields, store, {}, true);
}

Scope changed_scope_in(Fields& fields, store::Store& store, const Scope& now) {
  return read(fields, store, now, false);
}

}  // namespace reelprint::api
