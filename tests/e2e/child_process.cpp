#include "tests/e2e/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <stdexcept>
#include <string_view>
#include <thread>

namespace reelprint::e2e {
namespace {

/// The environment without reelprint's own settings, so that a developer's do not change a test.
std::vector<std::string> environment_with(const std::vector<std::string>& settings) {
  std::vector<std::string> environment = settings;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    if (!std::string_view(*entry).starts_with("REELPRINT_")) environment.emplace_back(*entry);
  }
  return environment;
}

std::vector<char*> pointers_to(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  pointers.reserve(words.size() + 1);
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

struct Pipe {
  std::array<int, 2> ends{-1, -1};
  Pipe() {
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("make a pipe");
  }
};

class FileActions {
 public:
  FileActions() { posix_spawn_file_actions_init(&actions_); }
  ~FileActions() { posix_spawn_file_actions_destroy(&actions_); }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;
  posix_spawn_file_actions_t* get() { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

/// No signal is blocked or ignored in the child, whatever the shell that runs the tests does.
class PlainSignals {
 public:
  PlainSignals() {
    posix_spawnattr_init(&attributes_);
    sigset_t signals;
    sigemptyset(&signals);
    posix_spawnattr_setsigmask(&attributes_, &signals);
    for (const int signal : {SIGINT, SIGTERM, SIGPIPE}) sigaddset(&signals, signal);
    posix_spawnattr_setsigdefault(&attributes_, &signals);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~PlainSignals() { posix_spawnattr_destroy(&attributes_); }
  PlainSignals(const PlainSignals&) = delete;
  PlainSignals& operator=(const PlainSignals&) = delete;
  [[nodiscard]] const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_{};
};

}  // namespace

ChildProcess::ChildProcess(const Command& command) : name_(command.words.at(0)) {
  const Pipe out;
  const Pipe err;
  FileActions actions;
  posix_spawn_file_actions_addopen(actions.get(), STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(actions.get(), out.ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(actions.get(), err.ends[1], STDERR_FILENO);
  if (!command.folder.empty()) posix_spawn_file_actions_addchdir_np(actions.get(), command.folder.c_str());
  const PlainSignals signals;
  auto words = command.words;
  auto environment = environment_with(command.settings);
  const int failure = ::posix_spawnp(&id_, name_.c_str(), actions.get(), signals.get(),
                                     pointers_to(words).data(), pointers_to(environment).data());
  ::close(out.ends[1]);
  ::close(err.ends[1]);
  out_ = out.ends[0];
  err_ = err.ends[0];
  if (failure != 0) {
    id_ = -1;
    ::close(out_);
    ::close(err_);
    throw std::runtime_error("run '" + name_ + "': " + std::strerror(failure));
  }
}

ChildProcess::~ChildProcess() {
  if (out_ >= 0) ::close(out_);
  if (err_ >= 0) ::close(err_);
  if (id_ < 0) return;
  ::kill(id_, SIGKILL);
  ::waitpid(id_, nullptr, 0);
}

void ChildProcess::take(int& pipe, std::string& text) {
  std::array<char, 65536> buffer{};
  const ssize_t count = ::read(pipe, buffer.data(), buffer.size());
  if (count < 0 && errno == EINTR) return;
  if (count > 0) {
    text.append(buffer.data(), static_cast<std::size_t>(count));
    return;
  }
  ::close(pipe);
  pipe = -1;
}

void ChildProcess::read_some(Time until) {
  std::array<pollfd, 2> pipes{pollfd{out_, POLLIN, 0}, pollfd{err_, POLLIN, 0}};
  const auto left = std::chrono::ceil<Duration>(until - std::chrono::steady_clock::now());
  if (left.count() <= 0) give_up();
  if (::poll(pipes.data(), pipes.size(), static_cast<int>(left.count())) <= 0) return;
  if (pipes[0].revents != 0) take(out_, out_text_);
  if (pipes[1].revents != 0) take(err_, err_text_);
}

void ChildProcess::give_up() {
  ::kill(id_, SIGKILL);
  throw std::runtime_error("run '" + name_ + "': it took too long; on stderr: " + err_text_);
}

std::optional<std::string> ChildProcess::next_line(Duration deadline) {
  const Time until = std::chrono::steady_clock::now() + deadline;
  while (true) {
    const std::size_t end = out_text_.find('\n');
    if (end != std::string::npos) {
      std::string line = out_text_.substr(0, end);
      out_text_.erase(0, end + 1);
      return line;
    }
    if (out_ < 0) return std::nullopt;
    read_some(until);
  }
}

void ChildProcess::send(int signal) const {
  ::kill(id_, signal);
}

void ChildProcess::reap(Time until) {
  rusage used{};
  while (::wait4(id_, &status_, WNOHANG, &used) == 0) {
    if (std::chrono::steady_clock::now() >= until) give_up();
    std::this_thread::sleep_for(std::chrono::milliseconds(1));  // both pipes are closed: it is about to end
  }
  id_ = -1;
  peak_bytes_ = std::int64_t{used.ru_maxrss} * 1024;
}

Ended ChildProcess::wait(Duration deadline) {
  const Time until = std::chrono::steady_clock::now() + deadline;
  while (!is_silent()) read_some(until);
  reap(until);
  Ended ended;
  if (WIFEXITED(status_)) ended.exit_code = WEXITSTATUS(status_);
  if (WIFSIGNALED(status_)) ended.signal = WTERMSIG(status_);
  ended.peak_bytes = peak_bytes_;
  ended.out = std::move(out_text_);
  ended.err = std::move(err_text_);
  return ended;
}

Ended run(const Command& command, ChildProcess::Duration deadline) {
  return ChildProcess(command).wait(deadline);
}

}  // namespace reelprint::e2e
