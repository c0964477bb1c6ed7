#include "store/tenants.h"

#include "store/columns.h"
#include "store/tenants_statements.h"

namespace reelprint::store {
namespace {

using namespace statements;

Tenant tenant_in(const Statement& row) {
  Tenant tenant;
  tenant.id = TenantId{row.integer(0)};
  tenant.name = row.text(1);
  const auto kind = tenant_kind_of(row.text(2));
  if (!kind) row.refuse(ErrorCode::corrupt, "a tenant is of no known kind");
  tenant.kind = *kind;
  tenant.created_at = wall_time_in(row, 3);
  tenant.version = row.integer(4);
  return tenant;
}

}  // namespace

std::string_view to_string(TenantKind kind) {
  return kind == TenantKind::holder ? "holder" : "platform";
}

std::optional<TenantKind> tenant_kind_of(std::string_view name) {
  for (const TenantKind kind : {TenantKind::holder, TenantKind::platform})
    if (to_string(kind) == name) return kind;
  return std::nullopt;
}

TenantId Tenants::add(const Tenant& tenant) {
  database_.run(kInsertTenant, tenant.name, to_string(tenant.kind), microseconds_of(tenant.created_at));
  return TenantId{database_.last_key()};
}

bool Tenants::rename(TenantId id, std::int64_t version, std::string_view name) {
  return database_.run(kUpdateTenant, id.value, version, name) == 1;
}

std::optional<Tenant> Tenants::find(TenantId id) {
  Statement row = database_.statement(kReadTenant, id.value);
  if (!row.step()) return std::nullopt;
  return tenant_in(row);
}

std::optional<Tenant> Tenants::find(std::string_view name) {
  Statement row = database_.statement(kFindTenant, name);
  if (!row.step()) return std::nullopt;
  return tenant_in(row);
}

std::vector<Tenant> Tenants::list(TenantId after, std::size_t limit) {
  Statement row = database_.statement(kListTenants, after.value, limit);
  std::vector<Tenant> tenants;
  while (row.step()) tenants.push_back(tenant_in(row));
  return tenants;
}

}  // namespace reelprint::store
