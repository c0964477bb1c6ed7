#include "api/routes/crawl_routes.h"

#include <limits>
#include <utility>

#include "api/crawl_fields.h"
#include "api/crawl_json.h"
#include "api/json_text.h"
#include "api/routes/crawl_access.h"
#include "store/tenants.h"

namespace reelprint::api {
namespace {

using store::CrawlSources;

http::Response answer_of(const CrawlSource& source) {
  http::Response response = json_answer(to_json(source));
  tag(response, source.version);
  return response;
}

std::string name_of(const CrawlSource& source) {
  return "crawl_source " + std::to_string(source.id.value);
}

void audit(Context& context, const char* action, const CrawlSource& source) {
  context.audit(std::string("crawl_source.") + action, name_of(source), source.tenant,
                to_text(to_json(source)));
}

/// Whose source it becomes: a tenant's own, or any if one may see all.
TenantId tenant_in(Fields& fields, Context& context) {
  const auto given = fields.integer("tenant", 1, std::numeric_limits<std::int64_t>::max());
  if (!given) return context.principal.tenant;
  const TenantId tenant{*given};
  if (!context.principal.may_see(tenant) || !store::Tenants(context.store.database()).find(tenant))
    fields.refuse("tenant", "is no tenant that you may act for");
  return tenant;
}

/// Folders are of the machine, not of a tenant.
void check_kind(Fields& fields, const Context& context, const CrawlSource& source) {
  if (source.kind == CrawlSourceKind::folder && context.principal.role != Role::admin)
    fields.refuse("kind", "folder is for admins only");
}

void check_name(Context& context, const CrawlSource& source) {
  const auto other = CrawlSources(context.store.database()).find(source.tenant, source.name);
  if (other && other->id != source.id) throw conflict("there is a source of that name already");
}

void store_change(Context& context, CrawlSource& source) {
  if (!CrawlSources(context.store.database()).update(source))
    throw http::Problem(412, "precondition-failed", "It has been changed meanwhile");
  ++source.version;
}

Outcome create_source(Context& context, const pipeline::CrawlSourceRules& rules) {
  Fields fields = Fields::of_body(context.request);
  CrawlSource source;
  source.tenant = tenant_in(fields, context);
  read_source(fields, source, rules);
  check_kind(fields, context, source);
  fields.finish();
  check_name(context, source);
  source.next_round_at = source.created_at = context.now;
  source.id = CrawlSources(context.store.database()).add(source);
  audit(context, "create", source);
  http::Response response = created(to_json(source), "/v1/crawl/sources/" + std::to_string(source.id.value));
  tag(response, source.version);
  return response;
}

Outcome list_sources(Context& context) {
  const Page page = page_of(context.request);
  const auto sources = CrawlSources(context.store.database())
                           .list(context.principal.tenant, CrawlSourceId{page.after}, page.limit + 1);
  return page_answer(
      page, sources, [](const CrawlSource& source) { return to_json(source); },
      [](const CrawlSource& source) { return source.id.value; });
}

Outcome get_source(Context& context) {
  return answer_of(source_in(context));
}

Outcome update_source(Context& context, const pipeline::CrawlSourceRules& rules) {
  CrawlSource source = source_in(context);
  expect_version(context.request, source.version);
  const CrawlSource before = source;
  Fields fields = Fields::of_body(context.request);
  read_source(fields, source, rules);
  check_kind(fields, context, before);
  check_kind(fields, context, source);
  fields.finish();
  check_name(context, source);
  if (source.every != before.every || source.at != before.at) {
    const auto newest = CrawlSources(context.store.database()).rounds(source.id, 1);
    if (!newest.empty()) source.next_round_at = next_round_after(source, newest[0].began_at);
  }
  store_change(context, source);
  audit(context, "update", source);
  return answer_of(source);
}

Outcome set_state(Context& context, CrawlSourceState state) {
  CrawlSource source = source_in(context);
  expect_version(context.request, source.version);
  if (source.state == state) return answer_of(source);
  source.state = state;
  store_change(context, source);
  audit(context, state == CrawlSourceState::paused ? "pause" : "resume", source);
  return answer_of(source);
}

Outcome remove_source(Context& context) {
  const CrawlSource source = source_in(context);
  expect_version(context.request, source.version);
  CrawlSources(context.store.database()).remove(source.id);
  audit(context, "delete", source);
  return no_content();
}

Outcome begin_round(Context& context) {
  CrawlSource source = source_in(context);
  CrawlSources sources(context.store.database());
  if (source.state == CrawlSourceState::paused) throw conflict("the source is paused");
  if (sources.current_round(source.id)) throw conflict("a round is going on");
  sources.set_next_round(source.id, context.now);
  source.next_round_at = context.now;
  audit(context, "round", source);
  return json_answer(to_json(source), 202);
}

Outcome list_rounds(Context& context) {
  const CrawlSource source = source_in(context);
  const Page page = page_of(context.request);
  const auto rounds = CrawlSources(context.store.database()).rounds(source.id, page.after, page.limit + 1);
  return page_answer(
      page, rounds, [](const store::CrawlRound& round) { return to_json(round); },
      [](const store::CrawlRound& round) { return round.number; });
}

}  // namespace

void add_crawl_routes(Router& router, const Backend& backend) {
  using http::Method;
  const std::vector<Role> writers{Role::admin, Role::holder, Role::legal};
  const std::vector<Role> readers{Role::admin, Role::holder, Role::legal, Role::auditor};
  const pipeline::CrawlSourceRules rules = backend.crawl;
  const auto add = [&](Method method, const char* pattern, const char* operation, const auto& roles,
                       Handler handler) {
    router.add(plain_route(method, pattern, operation, roles, std::move(handler)));
  };
  add(Method::post, "/v1/crawl/sources", "createCrawlSource", writers,
      [rules](Context& context) { return create_source(context, rules); });
  router.add({.method = Method::get,
              .pattern = "/v1/crawl/sources",
              .operation = "listCrawlSources",
              .roles = readers,
              .handler = list_sources,
              .parameters = {"limit", "cursor"}});
  add(Method::get, "/v1/crawl/sources/{crawl_source}", "getCrawlSource", readers, get_source);
  add(Method::patch, "/v1/crawl/sources/{crawl_source}", "updateCrawlSource", writers,
      [rules](Context& context) { return update_source(context, rules); });
  add(Method::del, "/v1/crawl/sources/{crawl_source}", "deleteCrawlSource", writers, remove_source);
  add(Method::post, "/v1/crawl/sources/{crawl_source}/pause", "pauseCrawlSource", writers,
      [](Context& context) { return set_state(context, CrawlSourceState::paused); });
  add(Method::post, "/v1/crawl/sources/{crawl_source}/resume", "resumeCrawlSource", writers,
      [](Context& context) { return set_state(context, CrawlSourceState::active); });
  add(Method::post, "/v1/crawl/sources/{crawl_source}/rounds", "beginCrawlRound", writers, begin_round);
  router.add({.method = Method::get,
              .pattern = "/v1/crawl/sources/{crawl_source}/rounds",
              .operation = "listCrawlRounds",
              .roles = readers,
              .handler = list_rounds,
              .parameters = {"limit", "cursor"}});
}

}  // namespace reelprint::api
