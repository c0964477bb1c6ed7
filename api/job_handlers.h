// What the service's jobs are made of, kind by kind.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "api/metrics.h"
#include "api/screening_rules.h"
#include "core/clock.h"
#include "pipeline/case_export_job.h"
#include "pipeline/job_runner.h"
#include "pipeline/live_catalog.h"
#include "pipeline/media_reader.h"
#include "pipeline/screen_job.h"
#include "pipeline/upload_fetch.h"

namespace reelprint::api {

/// All that is referred to must outlive the runner.
struct JobParts {
  std::filesystem::path data;  ///< the data folder
  const Clock& clock;
  const pipeline::MediaReader& reader;
  pipeline::LiveCatalog& catalog;
  Metrics& metrics;
  crawler::FetchSettings fetch;  ///< of media that are named by an address
  std::uint64_t most_media_bytes = 0;
  ScreeningRules screening;
  pipeline::RetentionSettings retention;
  pipeline::MakeBundle make_bundle{};  ///< of cases; none: exports fail, and say so
};

/// What screenings work with: those of the jobs, and the crawl's.
[[nodiscard]] pipeline::ScreenTools screen_tools(const JobParts& parts);
/// Registers references, screens uploads, searches earlier uploads for new references, answers dry runs; and
/// counts and times them. Before the runner starts.
void add_job_handlers(pipeline::JobRunner& runner, const JobParts& parts);

/// What hangs on a job that somebody cancelled or has tried again: so is its screening.
void follow_job(store::Store& store, const store::Job& job, WallTime now);

}  // namespace reelprint::api
