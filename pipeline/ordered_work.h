// Many independent items on many threads, their results handed over in order.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

namespace reelprint::pipeline {

/// Runs work(i) for i in [0, count) on `jobs` ≥ 1 threads and deliver(i, result) on the calling thread, in
/// ascending order of i whatever the timing. At most 4 × jobs results wait, so memory is bounded. When `stop`
/// is requested, items that nobody has begun are left out: their indices are not delivered. An exception of
/// work or deliver ends everything and is thrown again here; work should catch what concerns one item only.
template <class Result>
void work_in_order(std::size_t count, std::size_t jobs, const std::function<Result(std::size_t)>& work,
                   const std::function<void(std::size_t, Result)>& deliver, std::stop_token stop) {
  struct Slot {
    std::optional<Result> result;
    std::exception_ptr error;
    bool is_done = false;
  };
  std::mutex mutex;  // guards everything below
  std::condition_variable_any changed;
  std::deque<Slot> slots;  // slots[k] belongs to item delivered + k
  std::size_t begun = 0;
  std::size_t delivered = 0;
  bool is_ended = false;
  const std::size_t window = 4 * jobs;

  const auto run = [&] {
    std::unique_lock lock(mutex);
    while (true) {
      changed.wait(lock, [&] { return is_ended || begun == count || begun < delivered + window; });
      if (is_ended || begun == count || stop.stop_requested()) return;
      const std::size_t i = begun++;
      slots.emplace_back();
      lock.unlock();
      Slot slot;
      try {
        slot.result = work(i);
      } catch (...) {  // carried to the calling thread
        slot.error = std::current_exception();
      }
      slot.is_done = true;
      lock.lock();
      slots[i - delivered] = std::move(slot);
      changed.notify_all();
    }
  };

  const std::stop_callback wake(stop, [&] {
    const std::scoped_lock lock(mutex);
    changed.notify_all();
  });
  std::vector<std::jthread> threads;
  for (std::size_t j = 0; j < std::min(jobs, count); ++j) threads.emplace_back(run);
  const auto end = [&] {
    const std::scoped_lock lock(mutex);
    is_ended = true;
    changed.notify_all();
  };
  try {
    std::unique_lock lock(mutex);
    while (delivered < count) {
      // A stop is noticed by the workers; whatever they have begun still arrives.
      changed.wait(lock, [&] {
        return (!slots.empty() && slots.front().is_done) || (slots.empty() && stop.stop_requested());
      });
      if (slots.empty()) break;
      Slot slot = std::move(slots.front());
      slots.pop_front();
      const std::size_t i = delivered++;
      changed.notify_all();
      lock.unlock();
      if (slot.error) std::rethrow_exception(slot.error);
      deliver(i, std::move(*slot.result));
      lock.lock();
    }
  } catch (...) {
    end();
    throw;
  }
  end();
}

}  // namespace reelprint::pipeline
