#include "api/job_handlers.h"

#include <unistd.h>

#include <atomic>
#include <charconv>
#include <chrono>
#include <memory>
#include <string>
#include <system_error>
#include <utility>

#include "api/dry_run_job.h"
#include "core/error.h"
#include "core/json_object.h"
#include "pipeline/register_job.h"
#include "pipeline/upload_fetch.h"
#include "store/screening_requests.h"
#include "store/uploads.h"

namespace reelprint::api {
namespace {

using pipeline::FetchedFile;

constexpr Metric kJobTime{"reelprint_job_seconds", "Time of attempts to do a job, by kind."};
constexpr Metric kVerdicts{"reelprint_verdicts_total", "Screenings that ended, by what was decided."};
constexpr Metric kStageTime{"reelprint_screening_stage_seconds",
                            "Processor time of a screening, by stage: decode, fingerprint, search."};
constexpr Metric kDamaged{"reelprint_damaged_media_total",
                          "Packets and frames of uploads that could not be decoded."};
constexpr Metric kJobFailures{"reelprint_job_failures_total", "Jobs set aside, by kind and error code."};

void count_screening(Metrics& metrics, const Screening& screening, Decision decision) {
  metrics.count(kVerdicts, {{"decision", to_string(decision)}});
  metrics.observe_s(kStageTime, {{"stage", "decode"}}, screening.cost.decode_s);
  metrics.observe_s(kStageTime, {{"stage", "fingerprint"}}, screening.cost.fingerprint_s);
  metrics.observe_s(kStageTime, {{"stage", "search"}}, screening.cost.search_s);
  metrics.count(kDamaged, {}, static_cast<double>(screening.damaged));
}

/// Takes the time of every attempt.
pipeline::JobHandler timed(Metrics& metrics, std::string kind, pipeline::JobHandler handler) {
  return
      [&metrics, kind = std::move(kind), handler = std::move(handler)](const pipeline::JobContext& context) {
        const auto begin = std::chrono::steady_clock::now();
        pipeline::Effect effect = handler(context);
        metrics.observe_s(kJobTime, {{"kind", kind}},
                          std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
        return effect;
      };
}

pipeline::FailureHandler counted(Metrics& metrics, std::string kind, pipeline::FailureHandler handler) {
  return [&metrics, kind = std::move(kind), handler = std::move(handler)](
             const store::Job& job, std::string_view code, std::string_view text) {
    metrics.count(kJobFailures, {{"kind", kind}, {"code", std::string(code)}});
    return handler ? handler(job, code, text) : pipeline::Effect{};
  };
}

/// The file of an upload, which tidy_sources removes.
FetchedFile uploaded(const std::filesystem::path& data, const std::string& upload) {
  std::int64_t id = 0;
  std::from_chars(upload.data(), upload.data() + upload.size(), id);
  const auto file = store::file_of(data, UploadId{id});
  if (!std::filesystem::exists(file))
    throw Error(ErrorCode::not_found, "register upload " + upload + ": its file is gone");
  return std::make_shared<const std::filesystem::path>(file);
}

/// Media of references: those at an address each in a file that goes when its job has ended.
pipeline::FetchMedia media_fetch(const std::filesystem::path& data, pipeline::FetchUpload fetch) {
  return [data, fetch = std::move(fetch)](const store::MediaSource& source, std::stop_token stop) {
    if (source.kind == store::MediaSource::Kind::upload) return uploaded(data, source.place);
    if (source.kind != store::MediaSource::Kind::url)
      throw Error(ErrorCode::invalid_input, "fetch '" + source.place + "': it is no address");
    const auto folder = data / "fetched";
    std::filesystem::create_directories(folder);
    static std::atomic<std::uint64_t> number = 0;
    const auto file = folder / ("fetched-" + std::to_string(::getpid()) + "-" + std::to_string(++number));
    const FetchedFile fetched(new std::filesystem::path(file), [](const std::filesystem::path* gone) {
      std::error_code ignored;
      std::filesystem::remove(*gone, ignored);
      delete gone;
    });
    fetch(source.place, file, stop, [](double) {});
    return fetched;
  };
}

}  // namespace

pipeline::ScreenTools screen_tools(const JobParts& parts) {
  pipeline::ScreeningSettings settings;
  settings.policy = parts.screening.thresholds;
  return {.uploads = pipeline::screening_media_folder(parts.data),
          .reader = parts.reader,
          .clock = parts.clock,
          .snapshot = [&catalog = parts.catalog] { return catalog.refresh(); },
          .fetch = pipeline::guarded_upload_fetch(parts.fetch, parts.most_media_bytes),
          .settings = settings,
          .retention = parts.retention,
          .quarantine = parts.screening.quarantine,
          .data = parts.data,
          .observe = [&metrics = parts.metrics](
                         const Screening& ended,
                         Decision decision) { count_screening(metrics, ended, decision); }};
}

void add_job_handlers(pipeline::JobRunner& runner, const JobParts& parts) {
  const auto add = [&](std::string_view kind, pipeline::JobHandler handler,
                       pipeline::FailureHandler on_failed = {}) {
    const std::string name(kind);
    runner.handle(name, timed(parts.metrics, name, std::move(handler)));
    runner.on_failed(name, counted(parts.metrics, name, std::move(on_failed)));
  };
  const pipeline::FetchUpload fetch = pipeline::guarded_upload_fetch(parts.fetch, parts.most_media_bytes);
  pipeline::LiveCatalog& catalog = parts.catalog;
  const pipeline::ScreenTools screening = screen_tools(parts);
  add(pipeline::kScreenJob, pipeline::screen_handler(screening),
      pipeline::screen_failure_handler(parts.clock));
  add(pipeline::kRetroactJob, pipeline::retroact_handler(screening));
  const pipeline::RegisterTools registration{.reader = parts.reader,
                                             .clock = parts.clock,
                                             .refresh = [&catalog] { return catalog.refresh(); },
                                             .fetch = media_fetch(parts.data, fetch),
                                             .rule = {}};
  add(pipeline::kRegisterJob, pipeline::register_handler(registration),
      pipeline::register_failure_handler(parts.clock));
  add(pipeline::kCaseExportJob,
      pipeline::case_export_handler(
          {pipeline::case_export_folder(parts.data), parts.clock, parts.make_bundle}),
      pipeline::case_export_failure_handler());
  add(kDryRunJob, dry_run_handler(open_stored_screenings, parts.screening.thresholds));
}

void follow_job(store::Store& store, const store::Job& job, WallTime now) {
  if (job.what.kind != pipeline::kScreenJob) return;
  const auto request = number_in(job.what.payload, "request");
  if (!request) return;
  store::ScreeningRequests requests(store.database());
  if (job.state == store::JobState::cancelled) requests.cancel(RequestId{*request}, now);
  if (job.state == store::JobState::queued) requests.reopen(RequestId{*request});
}

}  // namespace reelprint::api
