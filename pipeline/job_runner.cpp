#include "pipeline/job_runner.h"

#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <optional>
#include <random>
#include <utility>

#include "core/error.h"
#include "pipeline/stored_text.h"

namespace reelprint::pipeline {
namespace {

using store::Transaction;

/// Longer texts of errors are cut.
constexpr std::size_t kMostErrorBytes = 2000;
/// After the queue itself could not be used.
constexpr std::chrono::seconds kPauseAfterTrouble{2};

/// No other process on this or another machine has the same.
std::string unique_name() {
  std::random_device random;
  return std::to_string(::getpid()) + "-" + std::to_string(random()) + "-" + std::to_string(random());
}

struct Failure {
  std::string code;
  std::string text;
  bool is_final = false;
  std::optional<std::chrono::microseconds> delay;  ///< as the handler wishes
};

bool is_final(ErrorCode code) {
  return code != ErrorCode::busy && code != ErrorCode::io && code != ErrorCode::cancelled;
}

Failure failure_of(const std::exception_ptr& why) {
  try {
    std::rethrow_exception(why);
  } catch (const RetryLater& later) {
    return {"retry_later", storable_text(later.what(), kMostErrorBytes), false, std::max(later.delay, {})};
  } catch (const Error& error) {
    return {std::string(to_string(error.code())),
            storable_text(error.what(), kMostErrorBytes),
            is_final(error.code()),
            {}};
  } catch (const std::exception& error) {
    return {"internal", storable_text(error.what(), kMostErrorBytes), false, {}};
  } catch (...) {
    return {"internal", "an exception of an unknown type", false, {}};
  }
}

}  // namespace

JobRunner::JobRunner(std::filesystem::path folder, const Clock& clock, JobRunnerSettings settings)
    : folder_(std::move(folder)), clock_(clock), settings_(std::move(settings)), name_(unique_name()) {}

JobRunner::~JobRunner() {
  stop(std::chrono::steady_clock::now());
}

void JobRunner::handle(std::string kind, JobHandler handler, std::size_t threads_at_most) {
  assert(threads_.empty() && "kinds are made known before the start");
  Kind& known = kinds_[std::move(kind)];
  known.handler = std::move(handler);
  known.threads_at_most = threads_at_most;
}

void JobRunner::on_failed(std::string kind, FailureHandler handler) {
  assert(threads_.empty() && "kinds are made known before the start");
  kinds_[std::move(kind)].on_failed = std::move(handler);
}

void JobRunner::start() {
  std::vector<store::Store> stores;
  for (std::size_t i = 0; i < settings_.threads + 1; ++i) stores.emplace_back(folder_);
  heart_ = std::jthread(
      [this, own = std::move(stores.back())](const std::stop_token& stop) mutable { beat(stop, own); });
  stores.pop_back();
  for (store::Store& store : stores) {
    threads_.emplace_back(
        [this, own = std::move(store)](const std::stop_token& stop) mutable { work(stop, own); });
  }
}

void JobRunner::wake() {
  {
    const std::lock_guard lock(mutex_);
    ++wakes_;
  }
  changed_.notify_one();
}

void JobRunner::stop(std::chrono::steady_clock::time_point deadline) {
  std::vector<std::stop_source> jobs;
  {
    std::unique_lock lock(mutex_);
    is_stopping_ = true;
    changed_.notify_all();
    changed_.wait_until(lock, deadline, [this] { return running_.empty(); });
    for (const Running& running : running_) jobs.push_back(running.stop);
  }
  for (std::stop_source& job : jobs) job.request_stop();
  for (std::jthread& thread : threads_) thread.request_stop();
  threads_.clear();  // joins: the heart beats for what still ends
  heart_ = {};
}

std::size_t JobRunner::running() const {
  const std::lock_guard lock(mutex_);
  return running_.size();
}

void JobRunner::work(const std::stop_token& stop, store::Store& store) {
  while (true) {
    std::unique_lock lock(mutex_);
    if (is_stopping_) return;
    const std::uint64_t seen = wakes_;
    lock.unlock();
    std::chrono::milliseconds pause = settings_.poll;
    try {
      if (work_once(store)) continue;
    } catch (const std::exception& error) {
      report(error.what());
      pause = kPauseAfterTrouble;
    }
    lock.lock();
    changed_.wait_for(lock, stop, pause, [&] { return is_stopping_ || wakes_ != seen; });
  }
}

bool JobRunner::work_once(store::Store& store) {
  const auto taken = take(store);
  if (taken == running_.end()) return false;
  wake();  // there may be more
  run(store, *taken);
  const std::lock_guard lock(mutex_);
  --kinds_.at(taken->job.what.kind).running;
  running_.erase(taken);
  ++wakes_;  // a kind that had no thread left has one now
  changed_.notify_all();
  return true;
}

std::list<JobRunner::Running>::iterator JobRunner::take(store::Store& store) {
  const std::lock_guard one_at_a_time(taking_);
  std::vector<std::string_view> kinds;
  Running taken;
  taken.lease.length = settings_.lease;
  {
    const std::lock_guard lock(mutex_);
    if (is_stopping_) return running_.end();
    for (const auto& [name, kind] : kinds_) {
      const bool is_full = kind.threads_at_most > 0 && kind.running >= kind.threads_at_most;
      if (kind.handler && !is_full) kinds.push_back(name);
    }
    // Of its own for each attempt: an earlier one of this very process must not pass for the holder.
    taken.lease.worker = name_ + "-" + std::to_string(++taken_);
  }
  store::Jobs jobs(store.database());
  const WallTime now = clock_.now();
  if (!jobs.has_work(kinds, now)) return running_.end();
  Transaction change(store.database(), Transaction::Kind::write);
  for (const store::Job& job : jobs.recover(kinds, now)) run_failure_effect(store, job);
  std::optional<store::Job> job = jobs.take(kinds, taken.lease, now);
  change.commit();
  if (!job) return running_.end();
  taken.job = std::move(*job);
  const std::lock_guard lock(mutex_);
  ++kinds_.at(taken.job.what.kind).running;
  return running_.insert(running_.end(), std::move(taken));
}

void JobRunner::run(store::Store& store, Running& running) {
  const JobContext context{running.job, running.stop.get_token(),
                           [this, &running](double progress) {
                             const std::lock_guard lock(mutex_);
                             running.progress = progress;
                           },
                           store, clock_.now()};
  std::exception_ptr why;
  try {
    store_effect(store, running, kinds_.at(running.job.what.kind).handler(context));
  } catch (...) {
    why = std::current_exception();
  }
  if (!why) return;
  try {
    store_failure(store, running, why);
  } catch (const std::exception& error) {
    report(error.what());  // the lease ends, and somebody tries again
  }
}

void JobRunner::store_effect(store::Store& store, const Running& running, const Effect& effect) {
  Transaction change(store.database(), Transaction::Kind::write);
  if (!store::Jobs(store.database()).finish(running.job.id, running.lease.worker, clock_.now())) return;
  if (effect) effect(store);
  change.commit();
}

void JobRunner::store_failure(store::Store& store, const Running& running, const std::exception_ptr& why) {
  {
    const std::lock_guard lock(mutex_);
    if (running.is_lost) return;
  }
  const Failure failure = failure_of(why);
  const WallTime now = clock_.now();
  store::Jobs jobs(store.database());
  if (!failure.is_final && running.stop.stop_requested()) {
    jobs.hand_back(running.job.id, running.lease.worker, now);
    return;
  }
  std::optional<WallTime> retry_at;
  if (!failure.is_final) {
    retry_at = now + failure.delay.value_or(
                         retry_delay(settings_.retry, running.job.id.value, running.job.attempts));
  }
  Transaction change(store.database(), Transaction::Kind::write);
  const auto state =
      jobs.fail(running.job.id, running.lease.worker, failure.code, failure.text, retry_at, now);
  if (state == store::JobState::failed) {
    if (const auto job = jobs.find(running.job.id)) run_failure_effect(store, *job);
  }
  change.commit();
}

void JobRunner::run_failure_effect(store::Store& store, const store::Job& job) {
  const FailureHandler& on_failed = kinds_.at(job.what.kind).on_failed;
  if (!on_failed) return;
  try {
    Transaction part(store.database(), Transaction::Kind::write);
    if (const Effect effect = on_failed(job, job.error_code, job.error)) effect(store);
    part.commit();
  } catch (const std::exception& error) {
    // Rather without its effect than tried without end, before all other jobs.
    report("job " + std::to_string(job.id.value) + " has failed, and so has what follows: " + error.what());
  }
}

void JobRunner::beat(const std::stop_token& stop, store::Store& store) {
  while (!stop.stop_requested()) {
    {
      std::unique_lock lock(mutex_);
      // Woken for other reasons too, which only makes it beat a little early.
      beats_.wait_for(lock, stop, settings_.heartbeat, [] { return false; });
    }
    try {
      beat_once(store);
    } catch (const std::exception& error) {
      report(error.what());
    }
  }
}

void JobRunner::beat_once(store::Store& store) {
  struct Held {
    JobId id;
    store::Lease lease;
    double progress = 0;
  };
  std::vector<Held> held;
  {
    const std::lock_guard lock(mutex_);
    for (const Running& running : running_) held.push_back({running.job.id, running.lease, running.progress});
  }
  if (held.empty()) return;
  store::Jobs jobs(store.database());
  Transaction change(store.database(), Transaction::Kind::write);
  std::erase_if(
      held, [&](const Held& job) { return jobs.heartbeat(job.id, job.lease, job.progress, clock_.now()); });
  change.commit();
  std::vector<std::stop_source> lost;
  {
    const std::lock_guard lock(mutex_);
    for (Running& running : running_) {
      const bool is_lost = std::ranges::any_of(
          held, [&](const Held& job) { return job.lease.worker == running.lease.worker; });
      if (!is_lost) continue;
      running.is_lost = true;
      lost.push_back(running.stop);
    }
  }
  for (std::stop_source& job : lost) job.request_stop();
}

void JobRunner::report(std::string_view what) const {
  if (settings_.on_trouble) settings_.on_trouble(what);
}

}  // namespace reelprint::pipeline
