#include "api/routes/webhook_routes.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "access/signature.h"
#include "api/answers.h"
#include "api/fields.h"
#include "api/json_text.h"
#include "api/routes/webhook_access.h"
#include "api/webhook_json.h"
#include "store/tenants.h"

namespace reelprint::api {
namespace {

using store::Endpoint;
using store::Events;

constexpr std::size_t kMostEndpoints = 50;  // of a tenant
constexpr std::size_t kMostTypes = 50;
constexpr std::size_t kMostUrlBytes = 2'000;
constexpr std::int64_t kLongestOverlap_s = 7 * 24 * 3600;
constexpr std::int64_t kUsualOverlap_s = 24 * 3600;

http::Response answer_of(const Endpoint& endpoint) {
  http::Response response = json_answer(to_json(endpoint));
  tag(response, endpoint.version);
  return response;
}

/// For the audit log; what follows a "?" may be a token.
std::string detail_of(const Endpoint& endpoint) {
  boost::json::object detail = to_json(endpoint);
  detail["url"] = endpoint.url.substr(0, endpoint.url.find('?'));
  return to_text(detail);
}

void check_url(Fields& fields, const std::string& url, const pipeline::WebhookSettings& settings) {
  if (const auto why = pipeline::refusal_of_webhook_url(url, settings)) fields.refuse("url", *why);
}

void check_types(Fields& fields, const std::vector<std::string>& types) {
  if (!std::ranges::all_of(types, store::is_event_type)) {
    fields.refuse("types", "must be names of event types: \"screening.completed\"");
  }
}

/// Whose endpoint it becomes: a tenant's own, or any if one may see all.
TenantId tenant_in(Fields& fields, Context& context) {
  const auto given = fields.integer("tenant", 1, std::numeric_limits<std::int64_t>::max());
  if (!given) return context.principal.tenant;
  const TenantId tenant{*given};
  if (!context.principal.may_see(tenant) || !store::Tenants(context.store.database()).find(tenant)) {
    fields.refuse("tenant", "is no tenant that you may act for");
  }
  return tenant;
}

void store_change(Context& context, Endpoint& endpoint) {
  if (!Events(context.store.database()).update_endpoint(endpoint)) {
    throw http::Problem(412, "precondition-failed", "It has been changed meanwhile");
  }
  ++endpoint.version;
}

Outcome create_webhook(Context& context, const pipeline::WebhookSettings& settings) {
  Fields fields = Fields::of_body(context.request);
  Endpoint endpoint;
  endpoint.tenant = tenant_in(fields, context);
  endpoint.url = fields.text("url", {.required = true, .most_bytes = kMostUrlBytes});
  if (!endpoint.url.empty()) check_url(fields, endpoint.url, settings);
  endpoint.types = fields.texts("types", {.most_bytes = 100}, kMostTypes);
  check_types(fields, endpoint.types);
  endpoint.description = fields.text("description");
  endpoint.enabled = fields.flag("enabled").value_or(true);
  fields.finish();
  Events events(context.store.database());
  const auto known = events.endpoints(endpoint.tenant);
  const auto own = std::ranges::count(known, endpoint.tenant, &Endpoint::tenant);
  if (std::cmp_greater_equal(own, kMostEndpoints)) {
    throw conflict("there are " + std::to_string(own) + " webhooks already, and there may not be more");
  }
  endpoint.secret = access::make_webhook_secret();
  endpoint.created_at = context.now;
  endpoint.id = events.add_endpoint(endpoint);
  context.audit("webhook.create", name_of(endpoint), endpoint.tenant, detail_of(endpoint));
  boost::json::object shown = to_json(endpoint);
  shown["secret"] = endpoint.secret;
  http::Response response = created(shown, "/v1/webhooks/" + std::to_string(endpoint.id.value));
  response.headers.set("Cache-Control", "no-store");
  tag(response, endpoint.version);
  return response;
}

Outcome list_webhooks(Context& context) {
  const Page page = page_of(context.request);
  auto endpoints = Events(context.store.database()).endpoints(context.principal.tenant);
  std::erase_if(endpoints, [&](const Endpoint& endpoint) { return endpoint.id.value <= page.after; });
  return page_answer(
      page, endpoints, [](const Endpoint& endpoint) { return to_json(endpoint); },
      [](const Endpoint& endpoint) { return endpoint.id.value; });
}

Outcome get_webhook(Context& context) {
  return answer_of(webhook_in(context));
}

Outcome update_webhook(Context& context, const pipeline::WebhookSettings& settings) {
  Endpoint endpoint = webhook_in(context);
  expect_version(context.request, endpoint.version);
  Fields fields = Fields::of_body(context.request);
  if (auto url = fields.optional_text("url", {.most_bytes = kMostUrlBytes})) {
    check_url(fields, *url, settings);
    endpoint.url = *std::move(url);
  }
  if (fields.has("types")) {
    endpoint.types = fields.texts("types", {.most_bytes = 100}, kMostTypes);
    check_types(fields, endpoint.types);
  }
  if (auto description = fields.optional_text("description")) endpoint.description = *std::move(description);
  if (const auto enabled = fields.flag("enabled")) endpoint.enabled = *enabled;
  fields.finish();
  store_change(context, endpoint);
  context.audit("webhook.update", name_of(endpoint), endpoint.tenant, detail_of(endpoint));
  return answer_of(endpoint);
}

Outcome remove_webhook(Context& context) {
  const Endpoint endpoint = webhook_in(context);
  expect_version(context.request, endpoint.version);
  Events(context.store.database()).remove_endpoint(endpoint.id);
  context.audit("webhook.delete", name_of(endpoint), endpoint.tenant, detail_of(endpoint));
  return no_content();
}

Outcome rotate_secret(Context& context) {
  Endpoint endpoint = webhook_in(context);
  std::int64_t overlap_s = kUsualOverlap_s;
  if (!context.request.body.empty()) {
    Fields fields = Fields::of_body(context.request);
    overlap_s = fields.integer("overlap_s", 0, kLongestOverlap_s).value_or(kUsualOverlap_s);
    fields.finish();
  }
  endpoint.old_secret = std::exchange(endpoint.secret, access::make_webhook_secret());
  endpoint.old_secret_until = context.now + std::chrono::seconds(overlap_s);
  store_change(context, endpoint);
  context.audit("webhook.rotate_secret", name_of(endpoint), endpoint.tenant, detail_of(endpoint));
  boost::json::object shown = to_json(endpoint);
  shown["secret"] = endpoint.secret;
  http::Response response = json_answer(shown);
  response.headers.set("Cache-Control", "no-store");
  tag(response, endpoint.version);
  return response;
}

Outcome test_webhook(Context& context) {
  const Endpoint endpoint = webhook_in(context);
  if (!endpoint.enabled) throw conflict("the webhook is disabled");
  const store::Event event{.tenant = endpoint.tenant,
                           .type = "webhook.test",
                           .data = to_text(boost::json::object{{"webhook", endpoint.id.value}}),
                           .at = context.now};
  const EventId id = Events(context.store.database()).emit_to(endpoint.id, event);
  context.audit("webhook.test", name_of(endpoint), endpoint.tenant);
  return json_answer(boost::json::object{{"event", id.value}}, 202);
}

}  // namespace

void add_webhook_routes(Router& router, const Backend& backend) {
  using http::Method;
  const std::vector<Role> writers{Role::admin, Role::holder, Role::platform, Role::legal};
  const std::vector<Role> readers{Role::admin, Role::holder, Role::platform, Role::legal, Role::auditor};
  const pipeline::WebhookSettings settings = backend.webhooks;
  router.add({.method = Method::post,
              .pattern = "/v1/webhooks",
              .operation = "createWebhook",
              .roles = writers,
              .handler = [settings](Context& context) { return create_webhook(context, settings); },
              .takes_idempotency_key = false});  // or the secret would be kept with the answer
  router.add({.method = Method::get,
              .pattern = "/v1/webhooks",
              .operation = "listWebhooks",
              .roles = readers,
              .handler = list_webhooks,
              .parameters = {"limit", "cursor"}});
  router.add({Method::get, "/v1/webhooks/{webhook}", "getWebhook", readers, get_webhook});
  router.add({.method = Method::patch,
              .pattern = "/v1/webhooks/{webhook}",
              .operation = "updateWebhook",
              .roles = writers,
              .handler = [settings](Context& context) { return update_webhook(context, settings); }});
  router.add({Method::del, "/v1/webhooks/{webhook}", "deleteWebhook", writers, remove_webhook});
  router.add({.method = Method::post,
              .pattern = "/v1/webhooks/{webhook}/secret",
              .operation = "rotateWebhookSecret",
              .roles = writers,
              .handler = rotate_secret,
              .takes_idempotency_key = false});
  router.add({Method::post, "/v1/webhooks/{webhook}/test", "testWebhook", writers, test_webhook});
}

}  // namespace reelprint::api
