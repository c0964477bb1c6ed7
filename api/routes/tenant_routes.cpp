// Tenants: made, listed and renamed by an admin.
#include "api/access_json.h"
#include "api/answers.h"
#include "api/author.h"
#include "api/fields.h"
#include "api/routes/access_routes.h"

namespace reelprint::api {
namespace {

constexpr std::size_t kMostNameBytes = 200;

std::string name_in(Fields& fields, store::Store& store) {
  std::string name = fields.text("name", {.required = true, .most_bytes = kMostNameBytes});
  if (!name.empty() && store::Tenants(store.database()).find(name))
    fields.refuse("name", "is taken by another tenant");
  return name;
}

/// The one in the path, if the principal may know of it.
store::Tenant tenant_in(Context& context) {
  const TenantId id{id_in(context, "tenant")};
  auto tenant = store::Tenants(context.store.database()).find(id);
  if (!tenant || !context.principal.may_see(id))
    throw not_found("tenant", context.request.params.at("tenant"));
  return *std::move(tenant);
}

http::Response answer_of(const store::Tenant& tenant) {
  http::Response response = json_answer(tenant_object(tenant));
  tag(response, tenant.version);
  return response;
}

Outcome create_tenant(Context& context) {
  Fields fields = Fields::of_body(context.request);
  const std::string name = name_in(fields, context.store);
  const std::string kind_name = fields.text("kind", {.required = true});
  const auto kind = store::tenant_kind_of(kind_name);
  if (!kind && !kind_name.empty()) fields.refuse("kind", "must be holder or platform");
  fields.finish();
  const store::Tenant tenant = add_tenant(context.store, name, *kind, author_of(context));
  http::Response response = created(tenant_object(tenant), "/v1/tenants/" + std::to_string(tenant.id.value));
  tag(response, tenant.version);
  return response;
}

Outcome list_tenants(Context& context) {
  const Page page = page_of(context.request);
  store::Tenants tenants(context.store.database());
  std::vector<store::Tenant> items;
  if (context.principal.tenant == TenantId{})
    items = tenants.list(TenantId{page.after}, page.limit + 1);
  else if (const auto own = tenants.find(context.principal.tenant); own && own->id.value > page.after)
    items.push_back(*own);
  return page_answer(page, items, tenant_object, [](const store::Tenant& tenant) { return tenant.id.value; });
}

Outcome get_tenant(Context& context) {
  return answer_of(tenant_in(context));
}

Outcome update_tenant(Context& context) {
  store::Tenant tenant = tenant_in(context);
  expect_version(context.request, tenant.version);
  Fields fields = Fields::of_body(context.request);
  const auto name = fields.optional_text("name", {.most_bytes = kMostNameBytes});
  if (name && name->empty()) fields.refuse("name", "must not be empty");
  if (name && *name != tenant.name && store::Tenants(context.store.database()).find(*name))
    fields.refuse("name", "is taken by another tenant");
  fields.finish();
  if (!name || *name == tenant.name) return answer_of(tenant);
  tenant.name = *name;
  rename_tenant(context.store, tenant, author_of(context));
  ++tenant.version;
  return answer_of(tenant);
}

}  // namespace

void add_tenant_routes(Router& router) {
  using http::Method;
  const std::vector<Role> admins{Role::admin};
  const std::vector<Role> readers{Role::admin, Role::auditor};
  router.add({Method::post, "/v1/tenants", "createTenant", admins, create_tenant});
  Route list{Method::get, "/v1/tenants", "listTenants", readers, list_tenants};
  list.parameters = {"limit", "cursor"};
  router.add(std::move(list));
  router.add({Method::get, "/v1/tenants/{tenant}", "getTenant", readers, get_tenant});
  router.add({Method::patch, "/v1/tenants/{tenant}", "updateTenant", admins, update_tenant});
}

}  // namespace reelprint::api
