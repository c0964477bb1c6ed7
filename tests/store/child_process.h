// A forked process for tests that need a second one, or one to kill.
#pragma once

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <exception>

namespace reelprint::store {

/// Runs `work` in a forked process, which exits with 0, or with 1 when `work` throws. No connection may be
/// open in the parent: SQLite's must not cross a fork.
class ChildProcess {
 public:
  template <class Work>
  explicit ChildProcess(Work work) : id_(::fork()) {
    if (id_ != 0) return;
    int code = 0;
    try {
      work();
    } catch (const std::exception&) {
      code = 1;
    }
    ::_exit(code);
  }
  ~ChildProcess() {
    if (id_ > 0) kill();
  }
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  void kill() {
    ::kill(id_, SIGKILL);
    static_cast<void>(exit_code());
  }
  /// Waits for its end; -1 when it was killed.
  [[nodiscard]] int exit_code() {
    int status = 0;
    ::waitpid(id_, &status, 0);
    id_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  pid_t id_;
};

}  // namespace reelprint::store
