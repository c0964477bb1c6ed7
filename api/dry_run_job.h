// The job that answers a dry run.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "api/dry_run_question.h"
#include "pipeline/dry_run.h"
#include "pipeline/job_runner.h"
#include "rights/judge.h"

namespace reelprint::api {

/// Its kind. The payload is {"dry_run": id}.
inline constexpr std::string_view kDryRunJob = "dry_run";

/// Opens the past screenings that a request is about; they must not outlive the store.
using OpenPastScreenings =
    std::function<std::unique_ptr<pipeline::PastScreenings>(store::Store&, const DryRunRequest&)>;

/// Those that are stored: pipeline::StoredPastScreenings.
[[nodiscard]] std::unique_ptr<pipeline::PastScreenings> open_stored_screenings(store::Store& store,
                                                                               const DryRunRequest& request);

/// Its only effect is the answer of the dry run.
[[nodiscard]] pipeline::JobHandler dry_run_handler(OpenPastScreenings open, rights::Policy thresholds);

}  // namespace reelprint::api
