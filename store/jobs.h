// The durable queue of what is still to be done.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/ids.h"
#include "store/sqlite.h"

namespace reelprint::store {

enum class JobState : std::uint8_t {
  queued,     ///< waits, perhaps for its time
  running,    ///< a worker holds it; when its lease ends without a heartbeat it is queued again
  done,       ///< its effect is stored
  failed,     ///< set aside: it will never succeed, or has been tried too often
  cancelled,  ///< nobody wants it any more
};

[[nodiscard]] std::string_view to_string(JobState state);
[[nodiscard]] std::optional<JobState> job_state_of(std::string_view name);

struct NewJob {
  std::string kind{};     ///< which handler: "screen", "register"
  TenantId tenant{};      ///< for whom; zero: for the service itself
  int priority = 0;       ///< the higher the sooner, -100..100
  std::string payload{};  ///< a JSON object that the handler understands
  WallTime not_before{};  ///< zero: at once
  int most_attempts = 5;
};

struct Job {
  JobId id;
  NewJob what;
  JobState state = JobState::queued;
  int attempts = 0;  ///< begun so far
  std::string worker;
  WallTime leased_until;
  double progress = 0;     ///< 0..1
  std::string error_code;  ///< of the last attempt that failed, also when a later one succeeded
  std::string error;
  WallTime queued_at;
  WallTime started_at;  ///< the last attempt; zero: none yet
  WallTime ended_at;    ///< zero: not yet
};

struct QueueCount {
  std::string kind;
  JobState state = JobState::queued;
  std::size_t jobs = 0;
};

/// Where and for how long a worker holds a job.
struct Lease {
  std::string worker{};  ///< unique among all processes on the folder
  std::chrono::microseconds length{30'000'000};
};

/// The queue's part of Store, with its contract.
class Jobs {
 public:
  explicit Jobs(Database& database) : database_(database) {}

  JobId enqueue(const NewJob& job, WallTime now);
  /// The job of these kinds to do next: of the highest priority the oldest that is due. A job whose lease has
  /// ended is due again, or failed ("abandoned") when it has been begun `most_attempts` times.
  [[nodiscard]] std::optional<Job> take(std::span<const std::string_view> kinds, const Lease& lease,
                                        WallTime now);
  /// What take does first, for whoever wants to know which jobs were set aside as abandoned: they are
  /// returned.
  [[nodiscard]] std::vector<Job> recover(std::span<const std::string_view> kinds, WallTime now);
  /// Whether take or recover would change anything; cheap, and takes no lock.
  [[nodiscard]] bool has_work(std::span<const std::string_view> kinds, WallTime now);
  /// Holds it for another lease; false when the worker has lost it or it was cancelled: stop then.
  [[nodiscard]] bool heartbeat(JobId id, const Lease& lease, double progress, WallTime now);
  /// False when the worker does not hold it (any more): then its effect must not be stored.
  [[nodiscard]] bool finish(JobId id, std::string_view worker, WallTime now);
  /// Queues it again for `retry_at`, or sets it aside when that is nothing or the attempts are used up.
  /// Returns its state, nothing when the worker does not hold it.
  std::optional<JobState> fail(JobId id, std::string_view worker, std::string_view error_code,
                               std::string_view error, std::optional<WallTime> retry_at, WallTime now);
  /// Gives it back as if it had not been begun: the worker shuts down.
  void hand_back(JobId id, std::string_view worker, WallTime now);
  /// False when it had ended already.
  bool cancel(JobId id, WallTime now);
  /// Queues a failed or cancelled job once more, its attempts forgotten; false when it is neither.
  bool retry(JobId id, WallTime now);

  [[nodiscard]] std::optional<Job> find(JobId id);
  /// At most `limit` with a smaller id than `before` (zero: the newest), the newest first.
  [[nodiscard]] std::vector<Job> list(TenantId tenant, std::optional<JobState> state, JobId before,
                                      std::size_t limit);
  [[nodiscard]] std::vector<QueueCount> counts();
  /// Forgets what ended before `before`; returns how many.
  std::size_t forget_ended(WallTime before);

 private:
  Database& database_;
};

}  // namespace reelprint::store
