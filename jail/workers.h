// The outside: jobs handed to a worker program that runs each in a jailed process of its own.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/error.h"
#include "jail/jail.h"

namespace reelprint::jail {

class SpawnedServer;

struct WorkersSettings {
  std::filesystem::path program;  ///< calls serve_jobs
  JailLimits limits;
  std::size_t most_at_once = 2;  ///< further jobs wait
};

/// How a job ended.
enum class Ending {
  done,             ///< with a result
  failed,           ///< with an error that it told
  crashed,          ///< by a signal, or it went away without a word
  broke_out,        ///< killed at a system call that no honest job makes
  too_long,         ///< processor or wall time
  too_much_output,  ///< a larger result than the limit
  nonsense,         ///< its output is none
  killed,           ///< by somebody else: the administrator, or a kernel that is out of memory
  cancelled,        ///< on request
  lost,             ///< the worker program died, twice
};

struct JobOutcome {
  Ending ending = Ending::lost;
  int signal = 0;                         ///< that ended it, if one did
  ErrorCode code = ErrorCode::io;         ///< what it told when it failed
  std::string text;                       ///< of the same error; one harmless line
  std::vector<std::byte> result;          ///< hostile bytes
  std::chrono::microseconds cpu_time{0};  ///< of the job's process
  std::size_t peak_bytes = 0;             ///< of memory, of the job's process
};

/// Thread-safe. Starts the worker program at the first job and whenever it has died.
class Workers {
 public:
  /// With bytes that the job reports on its way, at most 64: hostile too. Called by the thread that runs the
  /// job.
  using OnProgress = std::function<void(std::span<const std::byte>)>;

  /// Throws Error{not_found}: no such program.
  explicit Workers(WorkersSettings settings);
  /// Ends the worker program and with it the jobs that run; call it when none is waited for.
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  /// Waits for a turn, and for the job's end. `input` stays the caller's. A job whose worker program dies is
  /// tried once more. Throws Error: io (the program does not start), too_large (a request over 64 KiB), and
  /// what `on_progress` throws, which ends the job.
  [[nodiscard]] JobOutcome run(std::span<const std::byte> request, int input, const std::stop_token& stop,
                               const OnProgress& on_progress);

  /// Which walls stand around the worker program, which is started for it. Throws Error{io}.
  [[nodiscard]] Walls walls();

 private:
  class Turn;

  [[nodiscard]] std::shared_ptr<SpawnedServer> server();
  void forget(const std::shared_ptr<SpawnedServer>& dead);

  WorkersSettings settings_;
  std::mutex mutex_;  // guards running_ and server_
  std::condition_variable_any ended_;
  std::size_t running_ = 0;
  std::shared_ptr<SpawnedServer> server_;
};

}  // namespace reelprint::jail
