// Bulk imports: taken whole or not at all.
#include <algorithm>
#include <boost/json.hpp>

#include "api/answers.h"
#include "api/catalog_models.h"
#include "api/json_text.h"
#include "api/routes/catalog_routes.h"
#include "api/routes/catalog_rows.h"
#include "api/routes/import_document.h"
#include "core/utf8.h"
#include "pipeline/register_job.h"
#include "store/imports.h"

namespace reelprint::api {
namespace {

namespace json = boost::json;
using store::Import;
using store::Imports;
using store::Works;

constexpr std::size_t kMostTold = 1000;  ///< problems, warnings

json::object import_json(Imports& imports, const Import& import) {
  json::object progress;
  for (const auto& [state, count] : imports.progress(import.id)) progress[to_string(state)] = count;
  const auto pending = progress.if_contains("pending");
  return {{"id", import.id.value},
          {"name", import.name.empty() ? json::value() : json::value(import.name)},
          {"rows", import.rows},
          {"by", import.by},
          {"created_at", to_rfc3339(import.at)},
          {"is_done", pending == nullptr},
          {"progress", std::move(progress)}};
}

json::array warnings_json(const std::vector<pipeline::RowProblem>& warnings) {
  json::array all;
  for (const auto& warning : warnings) {
    if (all.size() == kMostTold) break;
    all.push_back(warning_json(place_of(warning), warning.reason));
  }
  return all;
}

http::Problem refusal_of(const std::vector<pipeline::RowProblem>& problems) {
  http::Problem problem(422, "invalid-import", "The import is refused as a whole",
                        std::to_string(problems.size()) + " problems; nothing has been stored");
  for (const auto& found : problems) {
    if (problem.fields.size() == kMostTold) break;
    problem.fields.push_back({place_of(found), to_valid_utf8(found.reason)});
  }
  return problem;
}

EpisodeId episode_of(Context& context, const store::NewReference& wanted) {
  Works works(context.store.database());
  const auto holder = works.holder(wanted.holder, context.principal.tenant);
  const HolderId of = holder ? holder->id : works.add_holder(wanted.holder, context.principal.tenant);
  const auto work = works.work(of, wanted.series);
  Episode episode = wanted.episode;
  episode.series = work ? work->series.id : works.add(of, wanted.series, "{}");
  const auto known = works.episode(episode.series, episode.season, episode.number);
  if (!known) return works.add(episode);
  Episode better = known->episode;
  if (!episode.title.empty()) better.title = episode.title;
  if (!episode.licence_number.empty()) better.licence_number = episode.licence_number;
  if (!episode.eidr.empty()) better.eidr = episode.eidr;
  if (!episode.isan.empty()) better.isan = episode.isan;
  const auto told = [](const Episode& e) { return std::tie(e.title, e.licence_number, e.eidr, e.isan); };
  if (told(better) != told(known->episode)) (void)works.update(better);
  return better.id;
}

void announce(Context& context, const ImportRow& row, ImportId import) {
  Reference reference = row.reference.reference;
  reference.episode = episode_of(context, row.reference);
  reference.registered_at = context.now;
  const ReferenceId id = store::References(context.store.database()).add_pending(reference, import);
  pipeline::enqueue_registration(context.store, context.store.reference(id).value(), row.source, context.now);
}

bool wants_dry_run(const Context& context) {
  const auto text = context.request.query_value("dry_run");
  if (!text || *text == "false") return false;
  if (*text == "true") return true;
  throw http::Problem(400, "invalid-parameter", "A query parameter is not valid",
                      "dry_run must be true or false", {{"dry_run", "must be true or false"}});
}

std::string name_in(const Context& context) {
  const std::string name(context.request.query_value("name").value_or(""));
  if (name.size() <= 200 && is_printable_utf8(name)) return name;
  throw http::Problem(400, "invalid-parameter", "A query parameter is not valid",
                      "name must be 200 bytes of text at most", {{"name", "must be 200 bytes of text"}});
}

Outcome create(Context& context, const CatalogSettings& settings) {
  const bool is_dry_run = wants_dry_run(context);
  Import import{{}, context.principal.tenant, name_in(context), 0, context.principal.name, context.now};
  store::Transaction trial(context.store.database(), store::Transaction::Kind::write);
  const ImportDocument document = read_import(context, settings);
  if (!document.problems.empty()) throw refusal_of(document.problems);
  if (is_dry_run) {  // the uploads that reading claimed stay free
    return json_answer(json::object{
        {"dry_run", true}, {"rows", document.rows.size()}, {"warnings", warnings_json(document.warnings)}});
  }
  trial.commit();
  Imports imports(context.store.database());
  import.rows = document.rows.size();
  import.id = imports.add(import);
  for (const ImportRow& row : document.rows) announce(context, row, import.id);
  context.audit("import.create", "import " + std::to_string(import.id.value), import.tenant,
                to_text(json::object{{"rows", import.rows}}));
  json::object answer = import_json(imports, import);
  answer["warnings"] = warnings_json(document.warnings);
  http::Response response = json_answer(answer, 202);
  response.headers.add("Location", "/v1/imports/" + std::to_string(import.id.value));
  return response;
}

Outcome list(Context& context) {
  const Page page = page_of(context.request);
  Imports imports(context.store.database());
  const auto all = imports.list(context.principal.tenant, ImportId{page.after}, page.limit + 1);
  return page_answer(
      page, all, [&](const Import& import) { return import_json(imports, import); },
      [](const Import& import) { return import.id.value; });
}

Outcome get(Context& context) {
  const Import import = import_in(context);
  Imports imports(context.store.database());
  json::object answer = import_json(imports, import);
  store::ReferenceQuery failed;
  failed.import = import.id;
  failed.state = ReferenceState::failed;
  json::array failures;
  for (const auto& entry : store::References(context.store.database()).list(failed, {}, kMostTold)) {
    failures.push_back(json::object{{"reference", entry.reference.id.value},
                                    {"series_name", entry.series.name},
                                    {"season", entry.episode.season},
                                    {"number", entry.episode.number},
                                    {"reason", entry.reference.reason}});
  }
  answer["failures"] = std::move(failures);
  return json_answer(answer);
}

}  // namespace

void add_import_routes(Router& router, const Backend& backend) {
  using http::Method;
  router.add({.method = Method::post,
              .pattern = "/v1/imports",
              .operation = "createImport",
              .roles = catalog_writers(),
              .handler = [settings = backend.catalog](Context& context) { return create(context, settings); },
              .most_body_bytes = std::size_t{8} << 20,
              .is_heavy = true,
              .parameters = {"dry_run", "name"}});
  router.add({.method = Method::get,
              .pattern = "/v1/imports",
              .operation = "listImports",
              .roles = catalog_readers(),
              .handler = list,
              .parameters = {"limit", "cursor"}});
  router.add({Method::get, "/v1/imports/{import}", "getImport", catalog_readers(), get});
}

}  // namespace reelprint::api
