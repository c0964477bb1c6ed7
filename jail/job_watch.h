// One job from the outside: what it says, when it must end, how it ended. Internal to workers.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <stop_token>

#include "core/descriptor.h"
#include "jail/protocol.h"
#include "jail/records.h"
#include "jail/workers.h"

namespace reelprint::jail {

/// The owner's ends of a job: its records and its status. Closing the status ends the job.
struct JobEnds {
  Descriptor records;
  Descriptor status;
};

/// Waits for the job's end and says how it was; ends it when `stop` is requested, when it takes longer or
/// says more than `limits` allow, and when `on_progress` throws, which is passed on.
[[nodiscard]] JobOutcome watch_job(JobEnds ends, const JailLimits& limits, const std::stop_token& stop,
                                   const Workers::OnProgress& on_progress);

}  // namespace reelprint::jail
