// Worker threads that do what the queue holds.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "core/clock.h"
#include "pipeline/job_retry.h"
#include "store/jobs.h"
#include "store/store.h"

namespace reelprint::pipeline {

/// What a job changes, or what its failure does: run in the very transaction that marks the job as done or as
/// failed, so that both happen or neither. Quick; may throw Error.
using Effect = std::function<void(store::Store&)>;

/// What a handler works with, on a worker's thread.
struct JobContext {
  const store::Job& job;
  std::stop_token stop;                  ///< the job was cancelled or lost, or the service shuts down
  std::function<void(double)> progress;  ///< 0..1; cheap, thread-safe; shown within a heartbeat
  store::Store& store;                   ///< to read; what it writes itself may happen twice
  WallTime now;                          ///< when the attempt began
};

/// Does a job and returns its effect (none: nothing). What it throws decides what comes next: RetryLater:
/// again then; Error{busy, io, cancelled} and everything that is no Error: again, with growing delays; any
/// other Error: never again, the job has failed with its code and text. May run more than once; its effect
/// happens once at most.
using JobHandler = std::function<Effect(const JobContext&)>;
/// The effect of a job that is set aside: failed for good, tried too often, or "abandoned".
using FailureHandler =
    std::function<Effect(const store::Job& job, std::string_view code, std::string_view text)>;

/// Thrown by a handler: what it needs is not there yet. The attempt counts.
class RetryLater : public std::exception {
 public:
  explicit RetryLater(std::chrono::microseconds after, std::string why = "not yet")
      : delay(after), why_(std::move(why)) {}
  [[nodiscard]] const char* what() const noexcept override { return why_.c_str(); }

  std::chrono::microseconds delay;

 private:
  std::string why_;
};

struct JobRunnerSettings {
  std::size_t threads = 2;
  std::chrono::microseconds lease{30'000'000};
  std::chrono::milliseconds heartbeat{1'000};  ///< also how soon a cancellation is seen
  std::chrono::milliseconds poll{250};         ///< how soon jobs of other processes are found
  RetrySettings retry;
  /// Told when the queue itself cannot be used, the disk being full for one; the runner goes on trying.
  std::function<void(std::string_view what)> on_trouble;
};

/// Takes jobs of the kinds that it can handle and runs them; any number of processes may do so on one folder.
/// What is lost with a killed process is done again when its lease ends.
class JobRunner {
 public:
  /// Opens nothing yet. The clock must outlive it.
  JobRunner(std::filesystem::path folder, const Clock& clock, JobRunnerSettings settings);
  /// Stops at once.
  ~JobRunner();
  JobRunner(const JobRunner&) = delete;
  JobRunner& operator=(const JobRunner&) = delete;

  /// Before start. `threads_at_most`: of this kind at a time; 0: as many as there are.
  void handle(std::string kind, JobHandler handler, std::size_t threads_at_most = 0);
  /// Before start.
  void on_failed(std::string kind, FailureHandler handler);
  /// Throws what opening a Store throws.
  void start();
  /// A job has been committed: look now rather than at the next poll. Thread-safe.
  void wake();
  /// Takes no more; lets what runs finish until `deadline`, then asks it to stop and hands it back.
  void stop(std::chrono::steady_clock::time_point deadline);

  [[nodiscard]] std::size_t running() const;  ///< jobs just now; thread-safe

 private:
  struct Kind {
    JobHandler handler;
    FailureHandler on_failed;
    std::size_t threads_at_most = 0;
    std::size_t running = 0;
  };
  struct Running {
    store::Job job;
    store::Lease lease;
    std::stop_source stop;
    bool is_lost = false;
    double progress = 0;
  };

  void work(const std::stop_token& stop, store::Store& store);
  bool work_once(store::Store& store);
  std::list<Running>::iterator take(store::Store& store);
  void run(store::Store& store, Running& running);
  void store_effect(store::Store& store, const Running& running, const Effect& effect);
  void store_failure(store::Store& store, const Running& running, const std::exception_ptr& why);
  void run_failure_effect(store::Store& store, const store::Job& job);
  void beat(const std::stop_token& stop, store::Store& store);
  void beat_once(store::Store& store);
  void report(std::string_view what) const;

  std::filesystem::path folder_;
  const Clock& clock_;
  JobRunnerSettings settings_;
  std::string name_;
  std::mutex taking_;  // one looks into the queue at a time
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::condition_variable_any beats_;
  std::map<std::string, Kind, std::less<>> kinds_;  // its counts are guarded by mutex_, as is what follows
  std::list<Running> running_;
  std::uint64_t wakes_ = 0;
  std::uint64_t taken_ = 0;
  bool is_stopping_ = false;
  std::vector<std::jthread> threads_;
  std::jthread heart_;
};

}  // namespace reelprint::pipeline
