#include "pipeline/case_export_job.h"

#include <system_error>
#include <utility>

#include "core/error.h"
#include "core/json_object.h"
#include "store/events.h"
#include "store/jobs.h"

namespace reelprint::pipeline {
namespace {

constexpr std::size_t kMostRemoved = 1000;  ///< at a time

CaseExportId export_of(const store::Job& job) {
  return CaseExportId{number_in(job.what.payload, "export").value_or(0)};
}

std::string name_of(const store::CaseExport& wanted) {
  return "case-" + std::to_string(wanted.in_case.value) + "-" + std::to_string(wanted.id.value) + ".zip";
}

std::string told(const store::CaseExport& made) {
  JsonObject data;
  data.number("export", made.id.value)
      .number("case", made.in_case.value)
      .number("bytes", made.bytes)
      .text("sha256", to_hex(made.digest));
  return data.str();
}

void finish(store::Store& store, const store::CaseExport& made) {
  if (!store::CaseExports(store.database()).finish(made.id, made)) return;
  const std::string data = told(made);
  store::Events(store.database()).emit({{}, made.tenant, "case.exported", data, made.made_at});
}

Effect make(const JobContext& job, const CaseExportJobTools& tools) {
  auto wanted = store::CaseExports(job.store.database()).find(export_of(job.job));
  if (!wanted || wanted->state != store::ExportState::queued) return {};
  if (!tools.make)
    throw Error(ErrorCode::invalid_input,
                "export case " + std::to_string(wanted->in_case.value) + ": this service makes no bundles");
  std::error_code ignored;  // what could not be made cannot be written to, and that is told
  std::filesystem::create_directories(tools.folder, ignored);
  wanted->file = name_of(*wanted);
  const MadeBundle made = tools.make(job.store, *wanted, tools.folder / wanted->file, job.stop);
  wanted->bytes = made.bytes;
  wanted->digest = made.digest;
  return [wanted = *std::move(wanted), &clock = tools.clock](store::Store& store) mutable {
    wanted.made_at = clock.now();
    finish(store, wanted);
  };
}

}  // namespace

MakeBundle bundle_maker(CaseExportTools tools, CaseExportSettings settings) {
  return [tools = std::move(tools), settings = std::move(settings)](
             store::Store& store, const store::CaseExport& wanted, const std::filesystem::path& file,
             const std::stop_token& stop) -> MadeBundle {
    CaseExportSettings of_this = settings;
    of_this.languages = {
        evidence::report_language_of(wanted.language).value_or(evidence::ReportLanguage::en)};
    of_this.made_at = wanted.asked_at;
    const auto written = export_case(store, wanted.in_case, of_this, tools,
                                     {wanted.asked_by, "", wanted.asked_at}, file, stop);
    return {written.bytes, written.sha256};
  };
}

JobHandler case_export_handler(const CaseExportJobTools& tools) {
  return [tools](const JobContext& job) { return make(job, tools); };
}

FailureHandler case_export_failure_handler() {
  return [](const store::Job& job, std::string_view code, std::string_view text) -> Effect {
    return [id = export_of(job), code = std::string(code), text = std::string(text)](store::Store& store) {
      store::CaseExports(store.database()).fail(id, code, text);
    };
  };
}

CaseExportId enqueue_case_export(store::Store& store, const store::CaseExport& wanted, WallTime now) {
  store::CaseExports exports(store.database());
  const CaseExportId id = exports.add(wanted);
  store::NewJob job;
  job.kind = kCaseExportJob;
  job.tenant = wanted.tenant;
  job.payload = JsonObject().number("export", id.value).str();
  exports.set_job(id, store::Jobs(store.database()).enqueue(job, now));
  return id;
}

std::filesystem::path case_export_folder(const std::filesystem::path& data) {
  return data / "exports";
}

std::size_t tidy_case_exports(store::Store& store, const std::filesystem::path& folder,
                              WallTime made_before) {
  store::CaseExports exports(store.database());
  std::size_t removed = 0;
  for (const store::CaseExport& old : exports.made_before(made_before, kMostRemoved)) {
    std::error_code failed;
    std::filesystem::remove(folder / old.file, failed);
    if (failed) continue;
    exports.forget_file(old.id);
    ++removed;
  }
  return removed;
}

}  // namespace reelprint::pipeline
