// The threads on which the application may wait, and what waits for them.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace reelprint::api::http {

/// First in, first out. Thread-safe. What is pushed must not throw.
class WorkQueue {
 public:
  /// `most_waiting` is what push_new() lets wait.
  WorkQueue(std::size_t threads, std::size_t most_waiting);
  /// Runs what waits still, then ends the threads.
  ~WorkQueue();

  /// The first step of something; false, and nothing done, when the queue is full.
  [[nodiscard]] bool push_new(std::function<void()> task);
  /// Another step of what was let in: it is always taken, so that nothing is given up half done.
  void push(std::function<void()> task);
  [[nodiscard]] std::size_t waiting() const;
  /// How often push_new() refused.
  [[nodiscard]] std::uint64_t refused() const;

 private:
  void work(const std::stop_token& stop);

  std::size_t most_waiting_;
  mutable std::mutex mutex_;  ///< guards waiting_ and refused_
  std::condition_variable_any came_;
  std::deque<std::function<void()>> waiting_;
  std::uint64_t refused_ = 0;
  std::vector<std::jthread> threads_;
};

}  // namespace reelprint::api::http
