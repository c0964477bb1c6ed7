#include "crawler/child_program.h"

#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "core/descriptor.h"
#include "core/error.h"
#include "crawler/path_fence.h"

namespace reelprint::crawler {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr int kNotStarted = 127;
constexpr int kNoDoor = 126;
constexpr char kFencedMark = 1;
constexpr char kNoNetworkMark = 2;

[[noreturn]] void fail(const ChildProgram& program, const char* what) {
  throw Error(ErrorCode::io, "run '" + program.program.string() + "': " + what + ": " + std::strerror(errno));
}

std::array<Descriptor, 2> make_pipe(const ChildProgram& program, int flags) {
  int ends[2] = {-1, -1};
  if (::pipe2(ends, flags) != 0) fail(program, "no pipe");
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

/// All that the child needs, made before the fork: after it nothing may be allocated.
struct Preparation {
  std::vector<std::string> texts{};
  std::vector<char*> arguments{};
  std::vector<char*> environment{};
  std::string user_map{};
  std::string group_map{};
  Descriptor fence{};
  Descriptor nothing{};
};

Preparation prepare(const ChildProgram& program) {
  Preparation made;
  made.texts.push_back(program.program.string());
  made.texts.insert(made.texts.end(), program.arguments.begin(), program.arguments.end());
  const std::size_t count = made.texts.size();
  const std::string folder = program.folder.string();
  for (const char* text : {"PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8"}) made.texts.push_back(text);
  made.texts.push_back("HOME=" + folder);
  made.texts.push_back("TMPDIR=" + folder);
  for (std::size_t i = 0; i < made.texts.size(); ++i)
    (i < count ? made.arguments : made.environment).push_back(made.texts[i].data());
  made.arguments.push_back(nullptr);
  made.environment.push_back(nullptr);
  made.user_map = "1000 " + std::to_string(::geteuid()) + " 1";
  made.group_map = "1000 " + std::to_string(::getegid()) + " 1";
  VisiblePaths paths{{"/usr", "/lib", "/lib64", "/bin", "/sbin", "/etc", "/opt", "/proc", "/sys", "/dev",
                      program.program.parent_path()},
                     {program.folder}};
  paths.readable.insert(paths.readable.end(), program.readable.begin(), program.readable.end());
  if (program.has_own_walls) paths.writable.emplace_back("/proc");
  made.fence = path_fence(paths);
  made.nothing = Descriptor(::open("/dev/null", O_RDWR | O_CLOEXEC));
  if (!made.nothing) fail(program, "no /dev/null");
  return made;
}

// --- between fork and exec: system calls only ---

void limit(int resource, std::uint64_t most) noexcept {
  const rlimit limits{most, most};
  ::setrlimit(static_cast<__rlimit_resource>(resource), &limits);
}

void write_file(const char* path, const char* text, std::size_t size) noexcept {
  const int file = ::open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return;
  static_cast<void>(!::write(file, text, size));
  ::close(file);
}

/// A network with nothing in it, and in it a user without rights, so that a browser can still raise its own
/// walls. Whether there is one.
bool leave_network(const Preparation& made) noexcept {
  if (::unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) return ::unshare(CLONE_NEWNET) == 0;
  write_file("/proc/self/setgroups", "deny", 4);
  write_file("/proc/self/uid_map", made.user_map.data(), made.user_map.size());
  write_file("/proc/self/gid_map", made.group_map.data(), made.group_map.size());
  return true;
}

/// Raises the loopback of the own network, listens there, and sends the socket to the parent. Whether that
/// went well.
bool make_door(int to_parent) noexcept {
  const int control = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  ifreq loopback{};
  loopback.ifr_name[0] = 'l';
  loopback.ifr_name[1] = 'o';
  loopback.ifr_flags = IFF_UP;
  const bool is_up = control >= 0 && ::ioctl(control, SIOCSIFFLAGS, &loopback) == 0;
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(kDoorPort);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (!is_up || ::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(listener, 16) != 0)
    return false;
  char mark = 1;
  iovec content{&mark, 1};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> space{};
  msghdr message{};
  message.msg_iov = &content;
  message.msg_iovlen = 1;
  message.msg_control = space.data();
  message.msg_controllen = space.size();
  cmsghdr* const part = CMSG_FIRSTHDR(&message);
  part->cmsg_level = SOL_SOCKET;
  part->cmsg_type = SCM_RIGHTS;
  part->cmsg_len = CMSG_LEN(sizeof(int));
  std::memcpy(CMSG_DATA(part), &listener, sizeof listener);
  return ::sendmsg(to_parent, &message, MSG_NOSIGNAL) == 1;
}

void reset_signals() noexcept {
  for (int number = 1; number < NSIG; ++number) ::signal(number, SIG_DFL);
  sigset_t none{};
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

[[noreturn]] void become(const ChildProgram& program, const Preparation& made, int output, int report,
                         int door) noexcept {
  reset_signals();
  ::setsid();
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_CPU, static_cast<std::uint64_t>(program.cpu_limit.count()));
  limit(RLIMIT_FSIZE, program.most_file_bytes);
  if (program.most_memory_bytes > 0) limit(RLIMIT_AS, program.most_memory_bytes);
  char marks = 0;
  if (leave_network(made)) marks |= kNoNetworkMark;
  if (program.door && (marks == 0 || !make_door(door))) ::_exit(kNoDoor);
  if (::chdir(program.folder.c_str()) != 0) ::_exit(kNotStarted);
  if (enter_path_fence(made.fence)) marks |= kFencedMark;
  static_cast<void>(!::write(report, &marks, 1));
  if (::dup2(made.nothing.number(), 0) < 0 || ::dup2(output, 1) < 0 || ::dup2(made.nothing.number(), 2) < 0)
    ::_exit(kNotStarted);
  ::syscall(SYS_close_range, 3U, ~0U, 4U);  // CLOSE_RANGE_CLOEXEC
  ::execve(made.arguments[0], made.arguments.data(), made.environment.data());
  ::_exit(kNotStarted);
}

// --- the parent ---

/// What the child has sent; nothing when it has not.
Descriptor received_socket(int from_child) {
  char mark = 0;
  iovec content{&mark, 1};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> space{};
  msghdr message{};
  message.msg_iov = &content;
  message.msg_iovlen = 1;
  message.msg_control = space.data();
  message.msg_controllen = space.size();
  if (::recvmsg(from_child, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT) != 1) return {};
  const cmsghdr* const part = CMSG_FIRSTHDR(&message);
  if (part == nullptr || part->cmsg_type != SCM_RIGHTS || part->cmsg_len != CMSG_LEN(sizeof(int))) return {};
  int socket = -1;
  std::memcpy(&socket, CMSG_DATA(part), sizeof socket);
  return Descriptor(socket);
}

/// Reads what is there; false at the end of it.
bool take_output(int pipe, ChildOutcome& outcome) {
  std::array<char, 65'536> piece{};
  for (;;) {
    const ssize_t size = ::read(pipe, piece.data(), piece.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return errno == EAGAIN;
    if (size == 0) return false;
    outcome.output.append(piece.data(), static_cast<std::size_t>(size));
    return true;
  }
}

/// Until it has ended or has to be ended.
ChildOutcome::End watch(const ChildProgram& program, int process, int pipe, ChildOutcome& outcome,
                        const std::stop_token& stop) {
  const auto deadline = steady_clock::now() + program.time_limit;
  std::array<pollfd, 2> waiting{pollfd{process, POLLIN, 0}, pollfd{pipe, POLLIN, 0}};
  for (;;) {
    const auto left = std::chrono::ceil<milliseconds>(deadline - steady_clock::now());
    if (left.count() <= 0) return ChildOutcome::End::timed_out;
    if (stop.stop_requested()) return ChildOutcome::End::stopped;
    const auto pause = std::min(left, milliseconds{100});
    ::poll(waiting.data(), waiting.size(), static_cast<int>(pause.count()));
    if (waiting[1].revents != 0 && !take_output(pipe, outcome)) waiting[1].fd = -1;
    if (outcome.output.size() > program.most_output_bytes) return ChildOutcome::End::too_much_output;
    if (waiting[0].revents != 0 && waiting[1].revents == 0) return ChildOutcome::End::exited;
    waiting[1].revents = 0;
  }
}

}  // namespace

std::string_view to_string(ChildOutcome::End end) {
  switch (end) {
    case ChildOutcome::End::exited: return "exited";
    case ChildOutcome::End::crashed: return "crashed";
    case ChildOutcome::End::timed_out: return "timed_out";
    case ChildOutcome::End::too_much_output: return "too_much_output";
    case ChildOutcome::End::stopped: return "stopped";
    case ChildOutcome::End::no_door: return "no_door";
    case ChildOutcome::End::not_started: return "not_started";
  }
  return "not_started";
}

ChildOutcome run_program(const ChildProgram& program, const std::stop_token& stop) {
  const Preparation made = prepare(program);
  auto [read_end, write_end] = make_pipe(program, O_CLOEXEC);
  auto [report_read, report_write] = make_pipe(program, O_CLOEXEC);
  ::fcntl(read_end.number(), F_SETFL, O_NONBLOCK);
  int door_ends[2] = {-1, -1};
  if (program.door && ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, door_ends) != 0)
    fail(program, "no pair of sockets");
  Descriptor door_inside(door_ends[0]);
  const Descriptor door_outside(door_ends[1]);
  const pid_t child = ::fork();
  if (child < 0) fail(program, "no process");
  if (child == 0) become(program, made, write_end.number(), report_write.number(), door_inside.number());
  write_end.reset();
  report_write.reset();
  door_inside.reset();
  const Descriptor process(static_cast<int>(::syscall(SYS_pidfd_open, child, 0)));
  ChildOutcome outcome;
  char marks = 0;
  while (::read(report_read.number(), &marks, 1) < 0 && errno == EINTR) continue;
  outcome.was_fenced = (marks & kFencedMark) != 0;
  outcome.was_without_network = (marks & kNoNetworkMark) != 0;
  if (Descriptor listener = program.door ? received_socket(door_outside.number()) : Descriptor())
    program.door(std::move(listener));
  outcome.end = watch(program, process.number(), read_end.number(), outcome, stop);
  ::kill(-child, SIGKILL);  // all that it started; it itself is there until it is waited for
  ::kill(child, SIGKILL);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  if (outcome.end != ChildOutcome::End::exited) return outcome;
  if (!WIFEXITED(status)) outcome.end = ChildOutcome::End::crashed;
  outcome.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
  if (program.door && outcome.exit_code == kNoDoor && !outcome.was_without_network)
    outcome.end = ChildOutcome::End::no_door;
  if (outcome.exit_code == kNotStarted) outcome.end = ChildOutcome::End::not_started;
  return outcome;
}

}  // namespace reelprint::crawler
