// A program run as a child: its words, what it says, how it ends.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace reelprint::e2e {

struct Command {
  std::vector<std::string> words;     ///< the program first; no shell reads them
  std::filesystem::path folder;       ///< to run in; empty: here
  std::vector<std::string> settings;  ///< NAME=value, added to the environment
};

struct Ended {
  int exit_code = -1;  ///< -1 when a signal ended it
  int signal = 0;      ///< that ended it
  std::string out;     ///< of stdout, what next_line has not taken
  std::string err;
  std::int64_t peak_bytes = 0;  ///< the most memory that it held at a time
};

/// Its input is empty. What still runs when the object goes is killed. Every wait has a deadline; what takes
/// longer is killed and throws std::runtime_error.
class ChildProcess {
 public:
  using Duration = std::chrono::milliseconds;

  explicit ChildProcess(const Command& command);
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  /// The next whole line of stdout, without its end; nothing when there will be none.
  [[nodiscard]] std::optional<std::string> next_line(Duration deadline);
  void send(int signal) const;
  [[nodiscard]] Ended wait(Duration deadline);

 private:
  using Time = std::chrono::steady_clock::time_point;
  [[nodiscard]] bool is_silent() const { return out_ < 0 && err_ < 0; }
  void read_some(Time until);
  void take(int& pipe, std::string& text);
  void reap(Time until);
  [[noreturn]] void give_up();

  std::string name_;
  pid_t id_ = -1;
  int out_ = -1;
  int err_ = -1;
  int status_ = 0;
  std::int64_t peak_bytes_ = 0;
  std::string out_text_;
  std::string err_text_;
};

/// Runs a program to its end.
[[nodiscard]] Ended run(const Command& command, ChildProcess::Duration deadline = std::chrono::seconds(240));

}  // namespace reelprint::e2e
