// What the crawl asked, found and cost, and what it does now.
#include <limits>

#include "api/crawl_json.h"
#include "api/crawl_status.h"
#include "api/routes/crawl_access.h"
#include "api/routes/crawl_routes.h"

namespace reelprint::api {
namespace {

constexpr std::size_t kMostSources = 1'000;

/// The `source` parameter, if there is one that the principal may know of; zero: none was given. One that was
/// removed is known by nobody but those who see all.
CrawlSourceId source_parameter(Context& context) {
  const auto id = integer_parameter(context.request, "source", 1, std::numeric_limits<std::int64_t>::max());
  if (!id) return {};
  if (context.principal.tenant != TenantId{}) (void)known_source(context, *id);
  return CrawlSourceId{*id};
}

Outcome list_requests(Context& context) {
  const Page page = page_of(context.request);
  const store::CrawlRequestFilter filter{.source = source_parameter(context),
                                         .tenant = context.principal.tenant};
  const auto requests =
      store::Frontier(context.store.database()).requests(filter, page.after, page.limit + 1);
  return page_answer(
      page, requests, [](const store::CrawlRequest& request) { return to_json(request); },
      [](const store::CrawlRequest& request) { return request.id; });
}

Outcome list_sightings(Context& context) {
  const Page page = page_of(context.request);
  const store::SightingFilter filter{.tenant = context.principal.tenant, .source = source_parameter(context)};
  const auto sightings =
      store::Sightings(context.store.database()).list(filter, SightingId{page.after}, page.limit + 1);
  return page_answer(
      page, sightings, [](const Sighting& sighting) { return to_json(sighting); },
      [](const Sighting& sighting) { return sighting.id.value; });
}

Outcome get_sighting(Context& context) {
  store::Sightings sightings(context.store.database());
  const SightingId id{id_in(context, "sighting")};
  const auto sighting = sightings.find(id);
  if (!sighting || !context.principal.may_see(sighting->tenant))
    throw not_found("sighting", context.request.params.at("sighting"));
  boost::json::object shown = to_json(*sighting);
  boost::json::array checks;
  for (const store::SightingCheck& check : sightings.checks(id)) checks.push_back(to_json(check));
  boost::json::array captures;
  for (const store::Capture& capture : sightings.captures(id)) captures.push_back(to_json(capture));
  shown["checks"] = std::move(checks);
  shown["captures"] = std::move(captures);
  return json_answer(shown);
}

Outcome get_report(Context& context) {
  store::CrawlReportQuestion question{.tenant = context.principal.tenant,
                                      .source = source_parameter(context)};
  if (const auto from = time_parameter(context.request, "from")) question.from = *from;
  if (const auto until = time_parameter(context.request, "until")) question.until = *until;
  return json_answer(to_json(store::crawl_report(context.store.database(), question)));
}

Outcome get_status(Context& context) {
  store::Database& database = context.store.database();
  const CrawlSourceId only = source_parameter(context);
  std::vector<CrawlSource> sources;
  if (only != CrawlSourceId{})
    sources.push_back(known_source(context, only.value));
  else
    sources = store::CrawlSources(database).list(context.principal.tenant, {}, kMostSources);
  boost::json::array shown;
  for (const CrawlSource& source : sources) shown.push_back(crawl_status(database, source, context.now));
  return json_answer(boost::json::object{{"now", to_rfc3339(context.now)}, {"sources", std::move(shown)}});
}

}  // namespace

void add_crawl_result_routes(Router& router, const Backend&) {
  const std::vector<Role> readers{Role::admin, Role::holder, Role::legal, Role::auditor};
  const auto add = [&](const char* pattern, const char* operation, Handler handler,
                       std::vector<std::string> parameters) {
    router.add({.method = http::Method::get,
                .pattern = pattern,
                .operation = operation,
                .roles = readers,
                .handler = std::move(handler),
                .parameters = std::move(parameters)});
  };
  add("/v1/crawl/requests", "listCrawlRequests", list_requests, {"source", "limit", "cursor"});
  add("/v1/crawl/sightings", "listSightings", list_sightings, {"source", "limit", "cursor"});
  add("/v1/crawl/sightings/{sighting}", "getSighting", get_sighting, {});
  add("/v1/crawl/report", "getCrawlReport", get_report, {"source", "from", "until"});
  add("/v1/crawl/status", "getCrawlStatus", get_status, {"source"});
}

}  // namespace reelprint::api
