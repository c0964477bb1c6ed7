#include "api/load_guard.h"

#include "api/metrics.h"
#include "core/error.h"
#include "store/jobs.h"

namespace reelprint::api {
namespace {

using namespace std::chrono_literals;

std::uint64_t free_bytes(const std::filesystem::path& folder) {
  std::error_code error;
  const auto space = std::filesystem::space(folder, error);
  if (error) throw Error(ErrorCode::io, "measure the disk of '" + folder.string() + "': " + error.message());
  return space.available;
}

std::size_t queued_jobs(store::Store& store) {
  std::size_t jobs = 0;
  for (const store::QueueCount& count : store::Jobs(store.database()).counts())
    if (count.state == store::JobState::queued) jobs += count.jobs;
  return jobs;
}

std::optional<Refusal> measured(const LoadLimits& limits, store::Store& store) {
  if (limits.least_free_bytes > 0 && free_bytes(limits.data) < limits.least_free_bytes)
    return Refusal{"the disk is nearly full", 300s};
  if (limits.most_queued_jobs > 0 && queued_jobs(store) >= limits.most_queued_jobs)
    return Refusal{"the queue is full", 30s};
  if (limits.most_memory_bytes > 0 && resident_bytes() > static_cast<double>(limits.most_memory_bytes))
    return Refusal{"memory is short", 10s};
  return std::nullopt;
}

}  // namespace

void LoadGuard::look(store::Store& store) {
  std::optional<Refusal> found = measured(limits_, store);
  const std::lock_guard lock(mutex_);
  refusal_ = std::move(found);
}

std::optional<Refusal> LoadGuard::refusal() const {
  const std::lock_guard lock(mutex_);
  return refusal_;
}

}  // namespace reelprint::api
