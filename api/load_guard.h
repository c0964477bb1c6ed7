// Whether there is room for more work: disk, queue, memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <utility>

#include "api/application.h"
#include "store/store.h"

namespace reelprint::api {

/// Zero does not limit.
struct LoadLimits {
  std::filesystem::path data;
  std::uint64_t least_free_bytes = 0;
  std::size_t most_queued_jobs = 0;
  std::uint64_t most_memory_bytes = 0;  ///< resident
};

/// Thread-safe.
class LoadGuard {
 public:
  explicit LoadGuard(LoadLimits limits) : limits_(std::move(limits)) {}

  /// Measures anew, every second or so; what refusal() then goes by. Throws Error{io}, and what a store does.
  void look(store::Store& store);
  [[nodiscard]] std::optional<Refusal> refusal() const;

 private:
  LoadLimits limits_;
  mutable std::mutex mutex_;  // guards refusal_
  std::optional<Refusal> refusal_;
};

}  // namespace reelprint::api
