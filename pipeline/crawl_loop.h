// What runs the coroutines of a crawl: on one thread, with fetches, times and work of other threads to wait
// for.
#pragma once

#include <chrono>
#include <condition_variable>
#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

#include "core/clock.h"
#include "core/exchange.h"
#include "crawler/fetch_pool.h"
#include "pipeline/task.h"
#include "store/sqlite.h"

namespace reelprint::pipeline {

struct CrawlLoopSettings {
  crawler::FetchPoolSettings fetch{};
  std::size_t work_threads = 1;  ///< for what takes processor time
  /// Of tests: called instead of waiting when only time is waited for, with the moment waited for.
  std::function<void(WallTime until)> pass_time{};
};

/// Used by one thread, but for `wake`. Whatever is awaited throws Error{cancelled} once `stop` was called.
class CrawlLoop {
 public:
  CrawlLoop(CrawlLoopSettings settings, store::Database& database, const Clock& clock);
  ~CrawlLoop() { abandon(); }
  CrawlLoop(const CrawlLoop&) = delete;
  CrawlLoop& operator=(const CrawlLoop&) = delete;

  /// Runs it until it is done. What it throws, `turn` throws.
  void spawn(Task<void> task);
  /// Waits at most so long for something to happen, then runs everybody who waited for it. What they store
  /// goes to the disk together, at the end.
  void turn(std::chrono::milliseconds longest);
  /// Everybody who waits is told to give up.
  void stop();
  /// Ends the threads; what has not ended is destroyed where it stands. Nothing may be called after it.
  void abandon();
  /// Ends a wait; thread-safe.
  void wake() { pool_.interrupt(); }

  [[nodiscard]] std::size_t tasks() const { return tasks_.size(); }
  [[nodiscard]] std::size_t fetching() const { return pool_.running(); }
  [[nodiscard]] std::size_t working() const { return working_; }
  [[nodiscard]] bool is_stopping() const { return stop_.stop_requested(); }
  [[nodiscard]] const std::stop_source& stop_source() const { return stop_; }
  [[nodiscard]] WallTime now() const { return clock_.now(); }
  void throw_if_stopping() const;

  /// Runs it at the next turn.
  void make_ready(std::coroutine_handle<> waiting) { ready_.push_back(waiting); }

  class Moment {
   public:
    Moment(CrawlLoop& loop, WallTime at) : loop_(loop), at_(at) {}
    [[nodiscard]] bool await_ready() const { return loop_.is_stopping() || at_ <= loop_.now(); }
    void await_suspend(std::coroutine_handle<> waiting) { loop_.timers_.emplace(at_, waiting); }
    void await_resume() const { loop_.throw_if_stopping(); }

   private:
    CrawlLoop& loop_;
    WallTime at_;
  };
  [[nodiscard]] Moment until(WallTime at) { return {*this, at}; }

  class Fetch {
   public:
    Fetch(CrawlLoop& loop, crawler::FetchOrder order) : loop_(loop), order_(std::move(order)) {}
    [[nodiscard]] bool await_ready() const { return loop_.is_stopping(); }
    void await_suspend(std::coroutine_handle<> waiting);
    [[nodiscard]] Exchange await_resume();

   private:
    friend class CrawlLoop;
    CrawlLoop& loop_;
    crawler::FetchOrder order_;
    std::coroutine_handle<> waiting_;
    Exchange exchange_;
  };
  /// An exchange that was broken off by `stop` comes back as it is: it is to be recorded.
  [[nodiscard]] Fetch fetch(crawler::FetchOrder order) { return {*this, std::move(order)}; }

  using DoWork = std::function<void(const std::stop_token&)>;
  class Work {
   public:
    Work(CrawlLoop& loop, DoWork work) : loop_(loop), work_(std::move(work)) {}
    [[nodiscard]] bool await_ready() const { return loop_.is_stopping(); }
    void await_suspend(std::coroutine_handle<> waiting);
    void await_resume() const;

   private:
    friend class CrawlLoop;
    CrawlLoop& loop_;
    DoWork work_;
    std::coroutine_handle<> waiting_;
    std::exception_ptr thrown_;
  };
  /// On a thread of the loop's own; what it throws comes back. What it refers to must outlive it.
  [[nodiscard]] Work work(DoWork work) { return {*this, std::move(work)}; }

 private:
  void work_on(const std::stop_token& ending);
  [[nodiscard]] std::chrono::milliseconds patience(std::chrono::milliseconds longest);
  void collect();
  void run_ready();
  void reap();

  CrawlLoopSettings settings_;
  store::Database& database_;
  const Clock& clock_;
  std::stop_source stop_;
  crawler::FetchPool pool_;
  std::deque<std::coroutine_handle<>> ready_;
  std::multimap<WallTime, std::coroutine_handle<>> timers_;
  std::map<std::uint64_t, Fetch*> fetches_;
  std::uint64_t last_ticket_ = 0;
  std::size_t working_ = 0;
  std::list<Task<void>> tasks_;
  std::mutex mutex_;  // guards waiting_work_ and done_work_
  std::condition_variable_any work_waits_;
  std::deque<Work*> waiting_work_;
  std::vector<Work*> done_work_;
  std::vector<std::jthread> threads_;  // last: end first
};

}  // namespace reelprint::pipeline
