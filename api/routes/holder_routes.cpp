// Holders, and the retraction of all that one claims.
#include <boost/json.hpp>

#include "api/answers.h"
#include "api/catalog_models.h"
#include "api/fields.h"
#include "api/json_text.h"
#include "api/routes/catalog_routes.h"
#include "api/routes/catalog_rows.h"
#include "pipeline/registration_outcome.h"
#include "store/references.h"
#include "store/tenants.h"

namespace reelprint::api {
namespace {

namespace json = boost::json;
using store::Works;

std::string name_of(const Holder& holder) {
  return "holder " + std::to_string(holder.id.value);
}

http::Response shown(const Holder& holder) {
  http::Response response = json_answer(holder_json(holder));
  tag(response, holder.version);
  return response;
}

void expect_free(Works& works, const std::string& name, TenantId tenant, HolderId own) {
  const auto known = works.holder(name, tenant);
  if (known && known->id != own && known->tenant == tenant)
    throw conflict("there is a holder of this name already", "already-exists");
}

/// Whose the new holder is: the principal's own tenant, or the one that somebody bound to none names.
TenantId tenant_for(const Context& context, Fields& fields) {
  const auto wanted = fields.integer("tenant", 1, std::numeric_limits<std::int64_t>::max());
  if (!wanted) return context.principal.tenant;
  const TenantId tenant{*wanted};
  if (!context.principal.may_see(tenant) || !store::Tenants(context.store.database()).find(tenant)) {
    fields.refuse("tenant", "there is no such tenant");
  }
  return tenant;
}

Outcome create(Context& context) {
  Fields fields = Fields::of_body(context.request);
  const std::string name = fields.text("name", {.required = true});
  const TenantId tenant = tenant_for(context, fields);
  fields.finish();
  Works works(context.store.database());
  expect_free(works, name, tenant, {});
  const HolderId id = works.add_holder(name, tenant);
  const Holder holder = works.holder(id).value();
  context.audit("holder.create", name_of(holder), tenant, to_text(json::object{{"name", name}}));
  http::Response response = created(holder_json(holder), "/v1/holders/" + std::to_string(id.value));
  tag(response, holder.version);
  return response;
}

Outcome list(Context& context) {
  const Page page = page_of(context.request);
  store::HolderQuery query;
  query.tenant = context.principal.tenant;
  query.name = context.request.query_value("name").value_or("");
  const auto holders = Works(context.store.database()).holders(query, HolderId{page.after}, page.limit + 1);
  return page_answer(page, holders, holder_json, [](const Holder& holder) { return holder.id.value; });
}

Outcome get(Context& context) {
  return shown(holder_in(context));
}

Outcome change(Context& context) {
  const Holder holder = holder_in(context);
  expect_version(context.request, holder.version);
  Fields fields = Fields::of_body(context.request);
  const bool renames = fields.has("name");
  const std::string name = renames ? fields.text("name", {.required = true}) : holder.name;
  fields.finish();
  Works works(context.store.database());
  expect_free(works, name, holder.tenant, holder.id);
  if (!works.rename_holder(holder.id, holder.version, name)) throw conflict("it has been changed meanwhile");
  context.audit("holder.change", name_of(holder), holder.tenant, to_text(json::object{{"name", name}}));
  return shown(works.holder(holder.id).value());
}

Outcome remove(Context& context) {
  const Holder holder = holder_in(context);
  expect_version(context.request, holder.version);
  if (!Works(context.store.database()).remove_holder(holder.id))
    throw conflict("the holder has series: retract its claims instead", "not-empty");
  context.audit("holder.delete", name_of(holder), holder.tenant);
  return no_content();
}

/// Page by page, so that memory does not grow with the catalog.
std::size_t retract_all(const Context& context, const store::ReferenceQuery& query,
                        const std::string& reason) {
  constexpr std::size_t kPage = 500;
  store::References references(context.store.database());
  std::size_t retracted = 0;
  ReferenceId after;
  for (;;) {
    const auto entries = references.list(query, after, kPage);
    for (const ReferenceEntry& entry : entries) {
      retracted += static_cast<std::size_t>(
          pipeline::retract(context.store, entry, {context.principal.name, reason, context.now}));
    }
    if (entries.size() < kPage) return retracted;
    after = entries.back().reference.id;
  }
}

Outcome retract(Context& context) {
  const Holder holder = holder_in(context);
  Fields fields = Fields::of_body(context.request);
  const std::string reason = fields.text("reason", {.required = true});
  const auto series = fields.integer("series", 1, std::numeric_limits<std::int64_t>::max());
  fields.finish();
  store::ReferenceQuery query;
  query.holder = holder.id;
  if (series) query.series = SeriesId{*series};
  const std::size_t retracted = retract_all(context, query, reason);
  const json::object answer{{"retracted", retracted}};
  context.audit("holder.retract", name_of(holder), holder.tenant,
                to_text(json::object{{"reason", reason},
                                     {"series", series ? json::value(*series) : json::value()},
                                     {"retracted", retracted}}));
  return json_answer(answer);
}

}  // namespace

void add_holder_routes(Router& router, const Backend& /*backend*/) {
  using http::Method;
  router.add({Method::post, "/v1/holders", "createHolder", catalog_writers(), create});
  router.add({.method = Method::get,
              .pattern = "/v1/holders",
              .operation = "listHolders",
              .roles = catalog_readers(),
              .handler = list,
              .parameters = {"limit", "cursor", "name"}});
  router.add({Method::get, "/v1/holders/{holder}", "getHolder", catalog_readers(), get});
  router.add({Method::patch, "/v1/holders/{holder}", "changeHolder", catalog_writers(), change});
  router.add({Method::del, "/v1/holders/{holder}", "deleteHolder", catalog_writers(), remove});
  router.add({Method::post, "/v1/holders/{holder}/retraction", "retractHolder", catalog_writers(), retract});
}

}  // namespace reelprint::api
