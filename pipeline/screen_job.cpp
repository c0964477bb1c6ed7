#include "pipeline/screen_job.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <system_error>
#include <utility>

#include "core/error.h"
#include "core/json_object.h"
#include "fingerprint/fingerprint_codec.h"
#include "pipeline/upload_events.h"
#include "pipeline/upload_outcome.h"
#include "store/decisions.h"
#include "store/jobs.h"
#include "store/screening_requests.h"
#include "store/uploads.h"

namespace reelprint::pipeline {
namespace {

constexpr double kFetching = 0.3;    ///< of the progress of one whose media are fetched
constexpr double kSearching = 0.95;  ///< where the search begins, or ends
constexpr int kMostLooks = 3;        ///< at a catalog that changes meanwhile

RequestId request_of(const store::Job& job) {
  return RequestId{number_in(job.what.payload, "request").value_or(0)};
}

std::filesystem::path uploaded_file(const ScreeningRequest& request, const std::filesystem::path& data) {
  std::int64_t id = 0;
  std::from_chars(request.source.data(), request.source.data() + request.source.size(), id);
  return store::file_of(data, UploadId{id});
}

/// The file to be screened; what is at an address is fetched first, again at each attempt.
std::filesystem::path media_of(const JobContext& job, const ScreeningRequest& request,
                               const ScreenTools& tools) {
  if (request.source_kind == SourceKind::upload) return uploaded_file(request, tools.data);
  if (request.source_kind != SourceKind::url) return tools.uploads / request.media;
  if (!tools.fetch)
    throw Error(ErrorCode::invalid_input, "fetch '" + request.source + "': this service fetches nothing");
  const std::string name = "fetched-" + std::to_string(request.id.value);
  if (!store::ScreeningRequests(job.store.database()).set_media(request.id, name))
    throw Error(ErrorCode::cancelled, "fetch '" + request.source + "': nobody wants it any more");
  std::error_code ignored;  // what could not be made cannot be written to, and that is told
  std::filesystem::create_directories(tools.uploads, ignored);
  tools.fetch(request.source, tools.uploads / name, job.stop,
              [&](double share) { job.progress(kFetching * share); });
  return tools.uploads / name;
}

ScreeningSettings settings_of(const ScreeningRequest& request, const ScreenTools& tools) {
  ScreeningSettings settings = tools.settings;
  settings.effort = request.effort;
  settings.audio = request.with_audio;
  return settings;
}

Screened screen_it(const JobContext& job, const ScreeningRequest& request, const std::filesystem::path& file,
                   const ScreenTools& tools) {
  const double from = request.source_kind == SourceKind::url ? kFetching : 0;
  Screened screened = screen_file(file, settings_of(request, tools), tools, job.stop,
                                  [&](double share) { job.progress(from + (kSearching - from) * share); });
  screened.screening.query = request.name;
  return screened;
}

void store_screened(store::Store& store, RequestId id, const Screened& screened,
                    const std::vector<std::byte>& print, const ScreenTools& tools) {
  const WallTime now = tools.clock.now();
  const rights::Policy& thresholds = tools.settings.policy;
  const auto request = store_result(store, id, screened.screening, thresholds, now);
  if (!request) return;
  store::ScreeningRequests requests(store.database());
  requests.keep_fingerprint(id, print, kAlgorithm, now + tools.retention.fingerprints);
  const bool is_clear = request->decision == Decision::clear;
  requests.keep_media_until(id, is_clear ? now : now + tools.retention.media);
  store::DecisionFilter filter;
  filter.request = id;
  filter.state = DecisionState::active;
  for (const auto& decision : store::Decisions(store.database()).list(filter, {}, 1000))
    for (const ReferenceId reference : decision.references)
      (void)quarantine_if_suspicious(store, reference, tools.quarantine, thresholds, now);
  if (tools.observe) tools.observe(screened.screening, request->decision);
}

Effect run(const JobContext& job, const ScreenTools& tools) {
  const RequestId id = request_of(job.job);
  store::ScreeningRequests requests(job.store.database());
  const auto request = requests.find(id);
  if (!request) return {};
  if (request->state != RequestState::queued && request->state != RequestState::running) return {};
  requests.begin(id);
  auto screened =
      std::make_shared<const Screened>(screen_it(job, *request, media_of(job, *request, tools), tools));
  auto print = fingerprint::encode(screened->print);
  job.progress(kSearching);
  return [tools, id, screened = std::move(screened), print = std::move(print)](store::Store& store) {
    store_screened(store, id, *screened, print, tools);
  };
}

}  // namespace

Screened screen_file(const std::filesystem::path& file, const ScreeningSettings& settings,
                     const ScreenTools& tools, const std::stop_token& stop,
                     const std::function<void(double)>& tell) {
  double reached_share = 0;
  const auto progress = [&](Timestamp reached, Duration expected) {
    if (expected <= Duration{0} || !tell) return;
    reached_share = std::max(reached_share, std::min(1.0, to_seconds(reached) / to_seconds(expected)));
    tell(reached_share);
  };
  ScreeningTrace trace;
  auto snapshot = tools.snapshot();
  Screening screening =
      screen(file, snapshot->view(), settings, tools.reader, tools.clock, stop, progress, &trace);
  for (int look = 1; look < kMostLooks; ++look) {
    const auto newer = tools.snapshot();
    if (newer->change == snapshot->change) break;
    snapshot = newer;  // decoding takes long: what was registered meanwhile must not be missed
    const ScreeningCost cost = screening.cost;
    const std::size_t damaged = screening.damaged;
    const std::string query = screening.query;
    screening = screen(Fingerprint(trace.query), query, snapshot->view(), settings, tools.clock, &trace);
    screening.cost.decode_s = cost.decode_s;
    screening.cost.fingerprint_s = cost.fingerprint_s;
    screening.cost.search_s += cost.search_s;
    screening.damaged = damaged;
  }
  return {std::move(screening), std::move(trace.query), trace.search.refuted};
}

ScreeningRequest record_screening(store::Store& store, const ScreeningRequest& request,
                                  const Screened& screened, const ScreenTools& tools) {
  store::ScreeningRequests requests(store.database());
  const RequestId id = requests.add(request);
  store_screened(store, id, screened, fingerprint::encode(screened.print), tools);
  return *requests.find(id);
}

JobHandler screen_handler(const ScreenTools& tools) {
  return [tools](const JobContext& job) { return run(job, tools); };
}

FailureHandler screen_failure_handler(const Clock& clock) {
  return [&clock](const store::Job& job, std::string_view code, std::string_view text) -> Effect {
    return [&clock, id = request_of(job), code = std::string(code),
            text = std::string(text)](store::Store& store) {
      store::ScreeningRequests requests(store.database());
      const WallTime now = clock.now();
      if (!requests.fail(id, code, text, now)) return;
      requests.keep_media_until(id, now + kFailedMediaTime);
      tell_of_failure(store, *requests.find(id), now);
    };
  };
}

RequestId enqueue_screening(store::Store& store, const ScreeningRequest& request, WallTime now) {
  store::ScreeningRequests requests(store.database());
  const RequestId id = requests.add(request);
  store::NewJob job;
  job.kind = kScreenJob;
  job.tenant = request.context.platform;
  job.priority = request.priority;
  job.payload = JsonObject().number("request", id.value).str();
  requests.set_job(id, store::Jobs(store.database()).enqueue(job, now));
  return id;
}

bool cancel_screening(store::Store& store, const ScreeningRequest& request, WallTime now) {
  store::ScreeningRequests requests(store.database());
  if (!requests.cancel(request.id, now)) return false;
  (void)store::Jobs(store.database()).cancel(request.job, now);
  requests.keep_media_until(request.id, now + std::chrono::minutes(1));  // a worker may be reading still
  return true;
}

}  // namespace reelprint::pipeline
