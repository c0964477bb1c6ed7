// What Workers and a fork server say to each other. Internal to jail/.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "jail/jail.h"

namespace reelprint::jail {

/// Both sides must be of the same version.
inline constexpr std::uint32_t kProtocol = 1;

/// Server → owner, once, on the control channel.
[[nodiscard]] std::vector<std::byte> encode_hello(const Walls& walls);
/// Throws Error: corrupt, incompatible (another version).
[[nodiscard]] Walls decode_hello(std::span<const std::byte> bytes);

/// Owner → server, on the control channel, with three descriptors: the input, the pipe for the job's records,
/// and the server's end of the job's own status channel.
struct JobRequest {
  JailLimits limits;  ///< memory and processor time; the rest is the owner's affair
  std::span<const std::byte> bytes;
};
[[nodiscard]] std::vector<std::byte> encode_request(const JobRequest& request);
/// Borrows from `bytes`. Throws Error{corrupt}.
[[nodiscard]] JobRequest decode_request(std::span<const std::byte> bytes);

/// Server → owner, once, on the status channel: how the child ended.
struct ChildEnd {
  int wait_status = 0;  ///< as waitpid gives it
  std::chrono::microseconds cpu_time{0};
  std::size_t peak_bytes = 0;  ///< of memory in use
};
[[nodiscard]] std::vector<std::byte> encode_end(const ChildEnd& end);
/// Throws Error{corrupt}.
[[nodiscard]] ChildEnd decode_end(std::span<const std::byte> bytes);

}  // namespace reelprint::jail
