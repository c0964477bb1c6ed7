// The job behind "screen this upload": media → fingerprint → search → ruling → everybody told.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <limits>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

#include "core/clock.h"
#include "core/screening_request.h"
#include "pipeline/job_runner.h"
#include "pipeline/live_catalog.h"
#include "pipeline/media_reader.h"
#include "pipeline/quarantine.h"

namespace reelprint::pipeline {

inline constexpr std::string_view kScreenJob = "screen";
inline constexpr std::string_view kRetroactJob = "retroact";

/// How long is kept what an upload leaves. Media of a clear upload are removed at once.
struct RetentionSettings {
  std::chrono::hours media{24 * 7};
  std::chrono::hours fingerprints{24 * 30};  ///< for so long later references are searched in it
};

/// Writes what is at an address into a file; `progress` 0..1. Throws what crawler::fetch throws, and
/// Error{io} for an answer that is not the file.
using FetchUpload =
    std::function<void(const std::string& url, const std::filesystem::path& file, const std::stop_token& stop,
                       const std::function<void(double)>& progress)>;

/// Handlers keep a copy; what it refers to must outlive them.
struct ScreenTools {
  std::filesystem::path uploads;  ///< folder of the media files
  const MediaReader& reader;
  const Clock& clock;
  std::function<std::shared_ptr<const CatalogSnapshot>()> snapshot;  ///< the catalog as it is now
  FetchUpload fetch;                                                 ///< none: addresses are refused
  ScreeningSettings settings{};                                      ///< effort and audio are the request's
  RetentionSettings retention{};
  QuarantineSettings quarantine{};
  std::filesystem::path data{};  ///< the data folder, where uploads are that were sent before
  /// Told of every result that is stored; thread-safe. None: nobody is.
  std::function<void(const Screening& screening, Decision decision)> observe{};
};

/// Screens the request of a job. In one transaction: the result, a decision for each holder, the events
/// "screening.completed" and "match.found", what is kept of the upload, and the quarantine of references that
/// match too much.
[[nodiscard]] JobHandler screen_handler(const ScreenTools& tools);
/// How long the media of a failed request stay: so that somebody may have it tried again.
inline constexpr std::chrono::hours kFailedMediaTime{24};

/// The request has failed: event "screening.failed".
[[nodiscard]] FailureHandler screen_failure_handler(const Clock& clock);

/// Searches a reference that has come later in the uploads of which a fingerprint is kept: whatever now
/// matches it gets a new result, a decision and events. Each upload is one transaction.
[[nodiscard]] JobHandler retroact_handler(const ScreenTools& tools);

/// A screening and the fingerprint that it searched with.
struct Screened {
  Screening screening;
  Fingerprint print;
  /// log10 of the false alarms of the likeliest alignment that was dropped as another moment of the same set.
  double refuted = std::numeric_limits<double>::infinity();
};
/// Screens a file as the job does: also what was registered meanwhile is searched. `progress` 0..1; may be
/// none.
[[nodiscard]] Screened screen_file(const std::filesystem::path& file, const ScreeningSettings& settings,
                                   const ScreenTools& tools, const std::stop_token& stop,
                                   const std::function<void(double)>& progress = {});
/// Stores a request that was looked at already, without a job: its result, decisions, events and what is kept
/// of the upload, as the job's effect has it. Its media file, if it has one, lies in `tools.uploads`. Inside
/// a transaction.
ScreeningRequest record_screening(store::Store& store, const ScreeningRequest& request,
                                  const Screened& screened, const ScreenTools& tools);

/// Adds the request and its job; `request.job` is ignored.
RequestId enqueue_screening(store::Store& store, const ScreeningRequest& request, WallTime now);
/// To be called in the transaction that makes a reference active.
JobId enqueue_retroactive(store::Store& store, ReferenceId reference, WallTime now);
/// Cancels the request with its job; false when it has ended. Its media are removed by tidy_uploads.
bool cancel_screening(store::Store& store, const ScreeningRequest& request, WallTime now);

/// Removes the media and forgets the fingerprints whose time is over, and removes files that are older than a
/// day and belong to no request: a process was killed. Returns how many files were removed. Call it every
/// minute or so.
std::size_t tidy_uploads(store::Store& store, const std::filesystem::path& uploads, WallTime now);
/// Where a data folder has the media to be screened: ScreenTools::uploads, and nobody else's files.
[[nodiscard]] std::filesystem::path screening_media_folder(const std::filesystem::path& data);

}  // namespace reelprint::pipeline
