// The job behind "register this reference": media → fingerprint → conflict check → active or held.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <string_view>

#include "core/clock.h"
#include "pipeline/conflict_check.h"
#include "pipeline/job_runner.h"
#include "pipeline/live_catalog.h"
#include "pipeline/media_reader.h"
#include "store/references.h"

namespace reelprint::pipeline {

inline constexpr std::string_view kRegisterJob = "register";

/// A file that was fetched for a job; removed when nobody holds it any more if it was made for it.
using FetchedFile = std::shared_ptr<const std::filesystem::path>;
/// Makes the media at an address, or of an upload, a file; throws Error.
using FetchMedia = std::function<FetchedFile(const store::MediaSource& source, std::stop_token stop)>;

/// Handlers keep a copy; what it refers to must outlive them.
struct RegisterTools {
  const MediaReader& reader;
  const Clock& clock;
  std::function<std::shared_ptr<const CatalogSnapshot>()> refresh;  ///< the catalog as it is now
  FetchMedia fetch;  ///< none: addresses and uploads are refused
  ClaimRule rule;
};

/// Registers the pending reference of a job. Its fingerprint is stored first, so that an attempt that comes
/// after a crash does not decode again; then it becomes active, or held when another holder's reference
/// claims the same pictures, with the event "reference.ready" or "reference.held". No two references that
/// claim the same become active unseen: what was registered meanwhile is compared too.
[[nodiscard]] JobHandler register_handler(const RegisterTools& tools);
/// Gives the reference up: it has failed, for the reason in the job's error. Event "reference.failed".
[[nodiscard]] FailureHandler register_failure_handler(const Clock& clock);

/// Announces the reference's media and enqueues its job, for its holder's tenant.
JobId enqueue_registration(store::Store& store, const ReferenceEntry& reference,
                           const store::MediaSource& source, WallTime now);
/// As above for a reference whose fingerprint is stored.
JobId enqueue_registration(store::Store& store, const ReferenceEntry& reference, WallTime now);

}  // namespace reelprint::pipeline
