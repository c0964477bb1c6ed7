// Series, with what proves whose they are.
#include <algorithm>
#include <boost/json.hpp>

#include "api/answers.h"
#include "api/catalog_models.h"
#include "api/fields.h"
#include "api/json_text.h"
#include "api/routes/catalog_routes.h"
#include "api/routes/catalog_rows.h"

namespace reelprint::api {
namespace {

namespace json = boost::json;
using store::Work;
using store::Works;

constexpr std::size_t kMostDocuments = 50;

std::string name_of(const Work& work) {
  return "series " + std::to_string(work.series.id.value);
}

http::Response shown(const Work& work) {
  http::Response response = json_answer(series_json(work));
  tag(response, work.series.version);
  return response;
}

bool is_sha256(const std::string& text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

/// "2026", "2026-11" or "2026-11-21".
bool is_date(const std::string& text) {
  constexpr std::string_view kShape = "dddd-dd-dd";
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return false;
  return std::ranges::equal(text, kShape.substr(0, text.size()), [](char c, char shape) {
    return shape == 'd' ? c >= '0' && c <= '9' : c == shape;
  });
}

json::array chain_of_title(Fields& proof) {
  json::array documents;
  for (Fields& document : proof.objects("chain_of_title", kMostDocuments)) {
    const std::string name = document.text("name", {.required = true});
    const auto digest = document.optional_text("sha256");
    if (digest && !is_sha256(*digest)) document.refuse("sha256", "must be 64 lower-case hexadecimal digits");
    documents.push_back(
        json::object{{"name", name}, {"sha256", digest ? json::value(*digest) : json::value()}});
  }
  return documents;
}

/// Whole: what is not given is not kept.
json::object proof_in(Fields& fields) {
  json::object stored;
  auto proof = fields.object("proof");
  if (!proof) return stored;
  for (const char* name : {"copyright_owner", "first_published_in", "registration_number", "notes"}) {
    const TextRule rule{.most_bytes = std::string_view(name) == "notes" ? std::size_t{4000} : 500};
    if (auto text = proof->optional_text(name, rule)) stored[name] = std::move(*text);
  }
  if (auto day = proof->optional_text("first_published_on")) {
    if (!is_date(*day)) proof->refuse("first_published_on", "must be a date: 2026, 2026-11 or 2026-11-21");
    stored["first_published_on"] = std::move(*day);
  }
  if (json::array documents = chain_of_title(*proof); !documents.empty())
    stored["chain_of_title"] = std::move(documents);
  return stored;
}

void expect_free(Works& works, HolderId holder, const std::string& name, SeriesId own) {
  const auto known = works.work(holder, name);
  if (known && known->series.id != own)
    throw conflict("the holder has a series of this name already", "already-exists");
}

HolderId holder_for(const Context& context, Fields& fields) {
  const auto id = fields.integer("holder", 1, std::numeric_limits<std::int64_t>::max());
  const auto holder = id ? Works(context.store.database()).holder(HolderId{*id}) : std::optional<Holder>();
  if (!id && !fields.has("holder")) fields.refuse("holder", "is required");
  if (id && (!holder || !context.principal.may_see(holder->tenant)))
    fields.refuse("holder", "there is no such holder");
  return holder ? holder->id : HolderId{};
}

Outcome create(Context& context) {
  Fields fields = Fields::of_body(context.request);
  const HolderId holder = holder_for(context, fields);
  const std::string name = fields.text("name", {.required = true});
  const json::object proof = proof_in(fields);
  fields.finish();
  Works works(context.store.database());
  expect_free(works, holder, name, {});
  const SeriesId id = works.add(holder, name, to_text(proof));
  const Work work = works.work(id).value();
  context.audit("series.create", name_of(work), work.holder.tenant, to_text(series_json(work)));
  http::Response response = created(series_json(work), "/v1/series/" + std::to_string(id.value));
  tag(response, work.series.version);
  return response;
}

Outcome list(Context& context) {
  const Page page = page_of(context.request);
  store::WorkQuery query;
  query.tenant = context.principal.tenant;
  query.holder = HolderId{id_parameter(context, "holder")};
  query.name = context.request.query_value("name").value_or("");
  const auto works = Works(context.store.database()).works(query, SeriesId{page.after}, page.limit + 1);
  return page_answer(page, works, series_json, [](const Work& work) { return work.series.id.value; });
}

Outcome get(Context& context) {
  return shown(series_in(context));
}

Outcome change(Context& context) {
  Work work = series_in(context);
  expect_version(context.request, work.series.version);
  Fields fields = Fields::of_body(context.request);
  if (fields.has("name")) work.series.name = fields.text("name", {.required = true});
  if (fields.has("proof")) work.proof = to_text(proof_in(fields));
  fields.finish();
  Works works(context.store.database());
  expect_free(works, work.holder.id, work.series.name, work.series.id);
  if (!works.update(work)) throw conflict("it has been changed meanwhile");
  const Work changed = works.work(work.series.id).value();
  context.audit("series.change", name_of(work), work.holder.tenant, to_text(series_json(changed)));
  return shown(changed);
}

Outcome remove(Context& context) {
  const Work work = series_in(context);
  expect_version(context.request, work.series.version);
  if (!Works(context.store.database()).remove(work.series.id))
    throw conflict("the series has episodes", "not-empty");
  context.audit("series.delete", name_of(work), work.holder.tenant);
  return no_content();
}

}  // namespace

void add_series_routes(Router& router, const Backend& /*backend*/) {
  using http::Method;
  router.add({Method::post, "/v1/series", "createSeries", catalog_writers(), create});
  router.add({.method = Method::get,
              .pattern = "/v1/series",
              .operation = "listSeries",
              .roles = catalog_readers(),
              .handler = list,
              .parameters = {"limit", "cursor", "holder", "name"}});
  router.add({Method::get, "/v1/series/{series}", "getSeries", catalog_readers(), get});
  router.add({Method::patch, "/v1/series/{series}", "changeSeries", catalog_writers(), change});
  router.add({Method::del, "/v1/series/{series}", "deleteSeries", catalog_writers(), remove});
}

}  // namespace reelprint::api
