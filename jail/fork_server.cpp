#include "jail/fork_server.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <exception>
#include <new>
#include <string>
#include <system_error>
#include <utility>

#include "core/error.h"
#include "jail/channel.h"
#include "jail/jail.h"
#include "jail/protocol.h"
#include "jail/records.h"
#include "jail/sanitizers.h"

namespace reelprint::jail {
namespace {

constexpr int kInput = 3;  // in a child
constexpr int kOutput = 4;
constexpr int kFirstOther = 5;

[[noreturn]] void fail(const std::string& what) {
  throw Error(ErrorCode::io, "serve jobs: " + what + ": " + std::generic_category().message(errno));
}

/// Gives `source` the number `target`; a no-op where it has it, but for close-on-exec.
void put_at(int source, int target) {
  if (source != target && ::dup2(source, target) != target) fail("move a descriptor");
}

/// Nothing can be read from standard input, nor written by a child to a log that somebody trusts; a
/// sanitizer's complaints must be seen.
void silence() {
  const Descriptor nothing(::open("/dev/null", O_RDWR | O_CLOEXEC));
  if (!nothing) fail("open /dev/null");
  for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (standard != STDERR_FILENO || !kIsSanitized) put_at(nothing.number(), standard);
}

/// The child of one job, up to its end.
[[noreturn]] void run_child(const Job& job, const JobRequest& request, const SyscallFilter& filter) {
  RecordWriter records(kOutput);
  try {
    enter_jail(request.limits, filter);
    records.result(job(request.bytes, kInput, [&](auto bytes) { records.progress(bytes); }));
    ::_exit(0);
  } catch (const Error& error) {
    records.failure(error.code(), error.what());
  } catch (const std::bad_alloc&) {
    records.failure(ErrorCode::too_large, "it needs more memory than a job may have");
  } catch (const std::exception& error) {
    records.failure(ErrorCode::unreadable, error.what());
  }
  ::_exit(0);
}

struct Child {
  pid_t process = -1;
  Descriptor status;
};

class ForkServer {
 public:
  explicit ForkServer(const Job& job) : job_(job) {}
  void serve();

 private:
  bool take_request();
  void start(Message message);
  [[noreturn]] void become_child(const Message& message, pid_t parent);
  void reap();
  void obey(const std::vector<pollfd>& ready);

  const Job& job_;
  SyscallFilter filter_;
  Descriptor ended_;  ///< readable when a child ended
  std::vector<Child> children_;
};

void ForkServer::serve() {
  sigset_t child_ended;
  sigemptyset(&child_ended);
  sigaddset(&child_ended, SIGCHLD);
  if (::sigprocmask(SIG_BLOCK, &child_ended, nullptr) != 0) fail("block signals");
  ended_ = Descriptor(::signalfd(-1, &child_ended, SFD_CLOEXEC | SFD_NONBLOCK));
  if (!ended_) fail("watch for signals");
  if (!send_message(kControlDescriptor, encode_hello(raise_outer_walls()))) return;
  for (;;) {
    std::vector<pollfd> ready = {{kControlDescriptor, POLLIN, 0}, {ended_.number(), POLLIN, 0}};
    for (const Child& child : children_) ready.push_back({child.status.number(), POLLIN, 0});
    if (::poll(ready.data(), ready.size(), -1) < 0 && errno != EINTR) fail("wait");
    obey(ready);
    if (ready[1].revents != 0) reap();
    if (ready[0].revents != 0 && !take_request()) return;
  }
}

/// False when there will be no more.
bool ForkServer::take_request() {
  auto message = receive_message(kControlDescriptor);
  if (!message) return false;
  if (message->descriptors.size() == kMostMessageDescriptors) start(std::move(*message));
  return true;
}

void ForkServer::start(Message message) {
  const pid_t parent = ::getpid();
  const pid_t process = ::fork();
  if (process == 0) become_child(message, parent);
  // Without a process the status channel closes unsaid, and the owner knows that the job was lost.
  if (process > 0) children_.push_back({process, std::move(message.descriptors[2])});
}

void ForkServer::become_child(const Message& message, pid_t parent) {
  try {
    if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || ::getppid() != parent) ::_exit(1);
    sigset_t none;
    sigemptyset(&none);
    if (::sigprocmask(SIG_SETMASK, &none, nullptr) != 0) ::_exit(1);
    // Both are above the two numbers they go to, which the channel and the signals' descriptor have.
    put_at(message.descriptors[0].number(), kInput);
    put_at(message.descriptors[1].number(), kOutput);
    if (::close_range(kFirstOther, ~0U, 0) != 0) ::_exit(1);
    run_child(job_, decode_request(message.bytes), filter_);
  } catch (...) {  // what cannot even be told: the owner sees the exit code
    ::_exit(1);
  }
}

void ForkServer::reap() {
  signalfd_siginfo ignored{};
  while (::read(ended_.number(), &ignored, sizeof ignored) > 0) {
  }
  for (;;) {
    int status = 0;
    rusage used{};
    const pid_t process = ::wait4(-1, &status, WNOHANG, &used);
    if (process <= 0) return;
    const auto child = std::find_if(children_.begin(), children_.end(),
                                    [&](const Child& c) { return c.process == process; });
    if (child == children_.end()) continue;
    const auto microseconds = [](const timeval& time) {
      return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
    };
    const ChildEnd end{status, microseconds(used.ru_utime) + microseconds(used.ru_stime),
                       static_cast<std::size_t>(used.ru_maxrss) * 1024};
    static_cast<void>(send_message(child->status.number(), encode_end(end)));
    children_.erase(child);
  }
}

/// An owner that closes its end of a status channel, or its writing half, wants the job ended.
void ForkServer::obey(const std::vector<pollfd>& ready) {
  for (std::size_t i = 0; i < children_.size(); ++i)
    if (ready[i + 2].revents != 0) static_cast<void>(::kill(children_[i].process, SIGKILL));
}

}  // namespace

void serve_jobs(const Job& job) {
  static_cast<void>(std::signal(SIGINT, SIG_IGN));
  static_cast<void>(std::signal(SIGTERM, SIG_IGN));
  if (::close_range(kControlDescriptor + 1, ~0U, 0) != 0) fail("close descriptors");
  silence();
  ForkServer server(job);
  server.serve();
  ::_exit(0);  // LeakSanitizer would look for files that can no longer be opened
}

}  // namespace reelprint::jail
