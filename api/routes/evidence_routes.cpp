// The routes of bundles and reports.
#include <boost/json.hpp>
#include <limits>
#include <optional>
#include <utility>

#include "api/answers.h"
#include "api/fields.h"
#include "api/match_json.h"
#include "api/routes/case_access.h"
#include "api/routes/case_routes.h"
#include "api/webhook_json.h"
#include "core/json_object.h"
#include "pipeline/case_export_job.h"
#include "pipeline/transparency_report.h"
#include "store/case_exports.h"
#include "store/cases.h"

namespace reelprint::api {
namespace {

namespace json = boost::json;

constexpr std::int64_t kMostId = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t kMostInRun = 5000;

store::CaseExports exports_of(const Context& context) {
  return store::CaseExports(context.store.database());
}

json::object export_json(const store::CaseExport& one) {
  json::object object{{"id", one.id.value},
                      {"case", one.in_case.value},
                      {"run", one.run.value},
                      {"language", one.language},
                      {"state", to_string(one.state)},
                      {"job", one.job.value},
                      {"asked_by", one.asked_by},
                      {"asked_at", to_rfc3339(one.asked_at)},
                      {"made_at", time_or_null(one.made_at)},
                      {"available", !one.file.empty()},
                      {"bytes", nullptr},
                      {"sha256", nullptr},
                      {"error", nullptr}};
  if (one.state == store::ExportState::done) {
    object["bytes"] = one.bytes;
    object["sha256"] = to_hex(one.digest);
  }
  if (one.state == store::ExportState::failed)
    object["error"] = {{"code", one.error_code}, {"message", one.error}};
  return object;
}

store::CaseExport export_in(const Context& context) {
  auto found = exports_of(context).find(CaseExportId{id_in(context, "export")});
  if (!found || !context.principal.may_see(found->tenant))
    throw not_found("export", context.request.params.at("export"));
  return *std::move(found);
}

http::Response accepted(const json::object& value, const std::string& location) {
  http::Response response = json_answer(value, 202);
  response.headers.add("Location", location);
  return response;
}

std::string language_in(Fields& fields) {
  std::string language = fields.text("language", {.most_bytes = 10});
  if (language.empty()) language = "en";
  if (language != "en" && language != "zh") fields.refuse("language", "is neither en nor zh");
  return language;
}

store::CaseExport wanted_of(const Context& context, const LegalCase& one, const std::string& language) {
  store::CaseExport wanted;
  wanted.in_case = one.id;
  wanted.tenant = one.tenant;
  wanted.language = language;
  wanted.asked_by = context.principal.name;
  wanted.asked_at = context.now;
  return wanted;
}

Outcome export_case(Context& context) {
  const LegalCase one = case_in(context);
  Fields fields = Fields::of_body(context.request);
  const std::string language = language_in(fields);
  fields.finish();
  const CaseExportId id =
      pipeline::enqueue_case_export(context.store, wanted_of(context, one, language), context.now);
  context.audit("case.ask_export", "case " + std::to_string(one.id.value), one.tenant,
                JsonObject().number("export", id.value).str());
  return accepted(export_json(exports_of(context).find(id).value()),
                  "/v1/exports/" + std::to_string(id.value));
}

store::CaseFilter run_filter(const Context& context, Fields& fields) {
  store::CaseFilter filter;
  filter.tenant = context.principal.tenant;
  filter.holder = HolderId{fields.integer("holder", 1, kMostId).value_or(0)};
  filter.platform = fields.text("platform");
  filter.account = fields.text("account");
  filter.from = fields.time("from");
  filter.until = fields.time("until");
  const std::string state = fields.text("state");
  filter.state = case_state_of(state);
  if (!state.empty() && !filter.state) fields.refuse("state", "is no state of a case");
  return filter;
}

json::object run_json(const Context& context, CaseExportId run) {
  const store::ExportCounts counts = exports_of(context).counts_of(run);
  return {{"id", run.value},
          {"exports", counts.queued + counts.done + counts.failed},
          {"queued", counts.queued},
          {"done", counts.done},
          {"failed", counts.failed}};
}

/// One export and one job a case: what is interrupted goes on where it was.
Outcome export_many(Context& context) {
  Fields fields = Fields::of_body(context.request);
  const store::CaseFilter filter = run_filter(context, fields);
  const std::string language = language_in(fields);
  fields.finish();
  const auto cases = store::Cases(context.store.database()).list(filter, {}, kMostInRun + 1);
  if (cases.empty()) throw conflict("no case fits", "wrong-state");
  if (cases.size() > kMostInRun)
    throw conflict("more than " + std::to_string(kMostInRun) + " cases fit: narrow the time", "wrong-state");
  CaseExportId run;
  for (const LegalCase& one : cases) {
    store::CaseExport wanted = wanted_of(context, one, language);
    wanted.run = run;
    const CaseExportId id = pipeline::enqueue_case_export(context.store, wanted, context.now);
    if (run == CaseExportId{}) run = id;
    context.audit("case.ask_export", "case " + std::to_string(one.id.value), one.tenant,
                  JsonObject().number("export", id.value).number("run", run.value).str());
  }
  return accepted(run_json(context, run), "/v1/export-runs/" + std::to_string(run.value));
}

/// Of several tenants' cases a run may be: it is of who asked, as its first export is.
Outcome get_run(Context& context) {
  const CaseExportId run{id_in(context, "run")};
  const auto first = exports_of(context).find(run);
  if (!first || first->run != run || !context.principal.may_see(first->tenant))
    throw not_found("run", context.request.params.at("run"));
  return json_answer(run_json(context, run));
}

Outcome list(Context& context, CaseId in_case) {
  const Page page = page_of(context.request);
  store::ExportFilter filter;
  filter.tenant = context.principal.tenant;
  filter.in_case = in_case;
  if (in_case == CaseId{})
    filter.run = CaseExportId{integer_parameter(context.request, "run", 1, kMostId).value_or(0)};
  return page_answer(page, exports_of(context).list(filter, CaseExportId{page.after}, page.limit + 1),
                     export_json, [](const store::CaseExport& one) { return one.id.value; });
}

/// Who took it is part of the custody: a read that writes.
Outcome download(Context& context, const Backend& backend) {
  store::Transaction change(context.store.database(), store::Transaction::Kind::write);
  const store::CaseExport one = export_in(context);
  const auto file = pipeline::case_export_folder(backend.data) / one.file;
  if (one.state != store::ExportState::done) throw conflict("it is not made yet", "wrong-state");
  if (one.file.empty() || !std::filesystem::exists(file))
    throw conflict("its file is kept no longer: ask for a new one", "wrong-state");
  pipeline::note_evidence_access(
      context.store, one.in_case,
      "bundle of export " + std::to_string(one.id.value) + ", SHA-256 " + to_hex(one.digest),
      {context.principal.name, context.request.id, context.now});
  change.commit();
  http::Response response;
  response.file = file;
  response.content_type = "application/zip";
  response.headers.add("Content-Disposition", "attachment; filename=\"" + one.file + "\"");
  return response;
}

Outcome transparency(Context& context) {
  store::TransparencyQuery query;
  query.tenant = context.principal.tenant;
  query.holder = HolderId{integer_parameter(context.request, "holder", 1, kMostId).value_or(0)};
  query.from = time_parameter(context.request, "from").value_or(WallTime{});
  query.until = time_parameter(context.request, "until").value_or(context.now);
  const auto form = context.request.query_value("form").value_or("json");
  if (form != "json" && form != "csv")
    throw http::Problem(400, "invalid-parameter", "A query parameter is not valid",
                        "form is neither json nor csv", {{"form", "is neither json nor csv"}});
  const auto figures = store::transparency(context.store.database(), query);
  http::Response response;
  if (form == "csv") {
    response.content_type = "text/csv; charset=utf-8";
    response.body = pipeline::transparency_csv(figures, query);
  } else {
    response.body = pipeline::transparency_json(figures, query);
  }
  return response;
}

}  // namespace

void add_evidence_routes(Router& router, const Backend& backend) {
  using http::Method;
  Route ask =
      plain_route(Method::post, "/v1/cases/{case}/exports", "exportCase", case_workers(), export_case);
  ask.is_heavy = true;
  router.add(std::move(ask));
  Route of_case = plain_route(Method::get, "/v1/cases/{case}/exports", "listCaseExports", case_readers(),
                              [](Context& context) { return list(context, case_in(context).id); });
  of_case.parameters = {"limit", "cursor"};
  router.add(std::move(of_case));
  Route many = plain_route(Method::post, "/v1/exports", "exportCases", case_workers(), export_many);
  many.is_heavy = true;
  router.add(std::move(many));
  Route all = plain_route(Method::get, "/v1/exports", "listExports", case_readers(),
                          [](Context& context) { return list(context, {}); });
  all.parameters = {"limit", "cursor", "run"};
  router.add(std::move(all));
  router.add(
      plain_route(Method::get, "/v1/exports/{export}", "getExport", case_readers(),
                  [](Context& context) -> Outcome { return json_answer(export_json(export_in(context))); }));
  Route file = plain_route(Method::get, "/v1/exports/{export}/file", "downloadExport", case_readers(),
                           [backend](Context& context) { return download(context, backend); });
  file.has_own_transactions = true;
  router.add(std::move(file));
  router.add(plain_route(Method::get, "/v1/export-runs/{run}", "getExportRun", case_readers(), get_run));
  Route report = plain_route(Method::get, "/v1/reports/transparency", "getTransparencyReport", case_readers(),
                             transparency);
  report.parameters = {"from", "until", "holder", "form"};
  router.add(std::move(report));
}

}  // namespace reelprint::api
