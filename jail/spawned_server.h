// A worker program that was started, and the channel to it. Internal to workers.
#pragma once

#include <filesystem>
#include <span>

#include "core/descriptor.h"
#include "jail/jail.h"

namespace reelprint::jail {

/// Ended with the object.
class SpawnedServer {
 public:
  /// Waits until it serves. Throws Error: io (it does not start, or does not greet), incompatible.
  explicit SpawnedServer(const std::filesystem::path& program);
  ~SpawnedServer();
  SpawnedServer(const SpawnedServer&) = delete;
  SpawnedServer& operator=(const SpawnedServer&) = delete;

  [[nodiscard]] const Walls& walls() const { return walls_; }
  /// Hands a job over; false when the program has died.
  [[nodiscard]] bool ask(std::span<const std::byte> request, std::span<const int> descriptors) const;

 private:
  void end();

  int process_ = -1;  ///< its id
  Descriptor channel_;
  Walls walls_;
};

}  // namespace reelprint::jail
