// API keys: an admin keeps all of them, a tenant its own.
#include <limits>

#include "api/access_json.h"
#include "api/answers.h"
#include "api/author.h"
#include "api/fields.h"
#include "api/routes/access_routes.h"
#include "api/routes/scope_fields.h"

namespace reelprint::api {
namespace {

constexpr std::int64_t kDay_s = 24 * 60 * 60;

store::ApiKey key_in(Context& context) {
  const ApiKeyId id{id_in(context, "key")};
  auto key = store::ApiKeys(context.store.database()).find(id);
  if (!key || !context.principal.may_see(key->tenant))
    throw not_found("key", context.request.params.at("key"));
  return *std::move(key);
}

/// Whoever is bound to a tenant gives nothing but what it has: its own role in its own tenant.
Scope own_scope_in(Fields& fields, const Principal& principal) {
  const std::string role = fields.text("role");
  if (!role.empty() && role != to_string(principal.role))
    fields.refuse("role", "can only be your own, " + std::string(to_string(principal.role)));
  const auto tenant = fields.integer("tenant", 1, std::numeric_limits<std::int64_t>::max());
  if (tenant && *tenant != principal.tenant.value) fields.refuse("tenant", "can only be your own");
  return {principal.role, principal.tenant};
}

http::Response secret_answer(const IssuedKey& issued) {
  http::Response response =
      created(issued_key_object(issued), "/v1/keys/" + std::to_string(issued.key.id.value));
  response.headers.set("Cache-Control", "no-store");
  return response;
}

Outcome create_key(Context& context) {
  Fields fields = Fields::of_body(context.request);
  store::ApiKey wanted;
  wanted.name = fields.text("name", {.required = true, .most_bytes = 200});
  const Scope scope = context.principal.role == Role::admin ? scope_in(fields, context.store)
                                                            : own_scope_in(fields, context.principal);
  wanted.role = scope.role;
  wanted.tenant = scope.tenant;
  if (const auto end = fields.time("expires_at")) {
    wanted.expires_at = *end;
    if (*end <= context.now) fields.refuse("expires_at", "is in the past");
  }
  fields.finish();
  return secret_answer(issue_key(context.store, wanted, author_of(context)));
}

Outcome list_keys(Context& context) {
  const Page page = page_of(context.request);
  const auto keys = store::ApiKeys(context.store.database())
                        .list(context.principal.tenant, ApiKeyId{page.after}, page.limit + 1);
  return page_answer(page, keys, key_object, [](const store::ApiKey& key) { return key.id.value; });
}

Outcome get_key(Context& context) {
  return json_answer(key_object(key_in(context)));
}

Outcome rotate_key_now(Context& context) {
  const store::ApiKey key = key_in(context);
  if (context.principal.role != Role::admin && key.role != context.principal.role)
    throw forbidden("Only a key of your own role can be rotated.");
  if (!key.is_good(context.now)) throw conflict("The key is revoked or expired; create another.");
  std::int64_t overlap_s = kDay_s;
  if (!context.request.body.empty()) {
    Fields fields = Fields::of_body(context.request);
    overlap_s = fields.integer("overlap_s", 0, 30 * kDay_s).value_or(overlap_s);
    fields.finish();
  }
  return secret_answer(rotate_key(context.store, key, std::chrono::seconds(overlap_s), author_of(context)));
}

Outcome revoke_key_now(Context& context) {
  revoke_key(context.store, key_in(context), author_of(context));
  return no_content();
}

}  // namespace

void add_key_routes(Router& router) {
  using http::Method;
  const std::vector<Role> managers{Role::admin, Role::holder, Role::platform};
  const std::vector<Role> readers{Role::admin, Role::holder, Role::platform, Role::auditor};
  Route create{Method::post, "/v1/keys", "createKey", managers, create_key};
  Route rotate{Method::post, "/v1/keys/{key}/rotation", "rotateKey", managers, rotate_key_now};
  create.takes_idempotency_key = false;  // or the key would be kept with the answer
  rotate.takes_idempotency_key = false;
  router.add(std::move(create));
  router.add(std::move(rotate));
  Route list{Method::get, "/v1/keys", "listKeys", readers, list_keys};
  list.parameters = {"limit", "cursor"};
  router.add(std::move(list));
  router.add({Method::get, "/v1/keys/{key}", "getKey", readers, get_key});
  router.add({Method::del, "/v1/keys/{key}", "revokeKey", managers, revoke_key_now});
}

}  // namespace reelprint::api
