// Messages with file descriptors between two processes. Internal to jail/, and to its tests.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "core/descriptor.h"

namespace reelprint::jail {

inline constexpr std::size_t kMostMessageBytes = 1 << 16;
inline constexpr std::size_t kMostMessageDescriptors = 3;

struct Message {
  std::vector<std::byte> bytes;
  std::vector<Descriptor> descriptors;
};

/// Two connected ends that keep messages whole and are closed in new programs. Throws Error{io}.
[[nodiscard]] std::pair<Descriptor, Descriptor> make_channel();

/// Whether it arrived: false when nobody is at the other end, or does not listen for as long as the socket's
/// time limit says. Throws Error: io, too_large (over kMostMessageBytes).
[[nodiscard]] bool send_message(int socket, std::span<const std::byte> bytes,
                                std::span<const int> descriptors = {});

/// Waits for the next message; nothing when the other end is closed, or silent for as long as the socket's
/// time limit says, or sends what is too long. Throws Error{io}.
[[nodiscard]] std::optional<Message> receive_message(int socket);

}  // namespace reelprint::jail
