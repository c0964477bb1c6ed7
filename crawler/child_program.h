// Runs a program of others with little time, room and sight: an extractor, a browser.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/descriptor.h"

namespace reelprint::crawler {

inline constexpr std::uint16_t kDoorPort = 3128;

/// No shell, no input, no environment but what stands here, none of our open files. It and all that it starts
/// end with it.
struct ChildProgram {
  std::filesystem::path program{};       ///< absolute
  std::vector<std::string> arguments{};  ///< after its name
  /// It works and may write in here; its HOME and TMPDIR. Of anything else it sees the system's programs,
  /// libraries and settings (where the kernel has landlock), and `readable`.
  std::filesystem::path folder{};
  std::vector<std::filesystem::path> readable{};
  bool has_own_walls = false;  ///< it makes namespaces for its parts, and so writes to its /proc
  /// It has a network of its own with nothing in it, where the kernel lets us. With a door there is one thing
  /// in it: a socket that listens on 127.0.0.1:kDoorPort, which is handed to us here before it starts; where
  /// there can be no such network, it is not started.
  std::function<void(Descriptor listener)> door{};
  std::chrono::milliseconds time_limit{std::chrono::minutes{1}};
  std::chrono::seconds cpu_limit{std::chrono::minutes{1}};  ///< for each process
  std::size_t most_output_bytes = std::size_t{8} << 20;     ///< of its standard output
  std::uint64_t most_file_bytes = std::uint64_t{64} << 20;  ///< for each file that it writes
  std::uint64_t most_memory_bytes = 0;                      ///< of address space; 0: no limit
};

struct ChildOutcome {
  enum class End {
    exited,   ///< by itself: `exit_code`
    crashed,  ///< by a signal, also that of a limit
    timed_out,
    too_much_output,
    stopped,  ///< on request
    no_door,  ///< not started: it cannot be kept from the network here
    not_started,
  };
  End end = End::not_started;
  int exit_code = 0;
  std::string output{};
  bool was_fenced = false;           ///< landlock held
  bool was_without_network = false;  ///< it had none of ours
};
[[nodiscard]] std::string_view to_string(ChildOutcome::End end);

/// Returns when it has ended. Throws Error{io} when there is no process or pipe left.
[[nodiscard]] ChildOutcome run_program(const ChildProgram& program, const std::stop_token& stop);

}  // namespace reelprint::crawler
