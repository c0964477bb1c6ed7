#include "jail/spawned_server.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <string>
#include <system_error>
#include <vector>

#include "core/error.h"
#include "jail/channel.h"
#include "jail/fork_server.h"
#include "jail/protocol.h"

namespace reelprint::jail {
namespace {

constexpr int kMostStartSeconds = 60;  // with sanitizers on a busy machine
constexpr int kEndPolls = 200;
constexpr useconds_t kEndPollMicroseconds = 5000;

/// A worker's environment: nothing of the service's, which may hold secrets. OpenBLAS, which OpenCV brings,
/// would start threads as it is loaded.
std::vector<std::string> environment() {
  std::vector<std::string> settings = {"OPENBLAS_NUM_THREADS=1", "OMP_NUM_THREADS=1"};
  for (const char* name : {"LD_LIBRARY_PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"})
    if (const char* value = std::getenv(name)) settings.push_back(std::string(name) + "=" + value);
  return settings;
}

class FileActions {
 public:
  FileActions() { posix_spawn_file_actions_init(&actions_); }
  ~FileActions() { posix_spawn_file_actions_destroy(&actions_); }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;
  [[nodiscard]] posix_spawn_file_actions_t* get() { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

class Attributes {
 public:
  Attributes() { posix_spawnattr_init(&attributes_); }
  ~Attributes() { posix_spawnattr_destroy(&attributes_); }
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;
  [[nodiscard]] posix_spawnattr_t* get() { return &attributes_; }

 private:
  posix_spawnattr_t attributes_{};
};

/// In a process group of its own, which a terminal's Ctrl-C does not reach; no signal blocked or ignored.
pid_t spawn(const std::filesystem::path& program, int channel) {
  FileActions actions;
  Attributes attributes;
  sigset_t none;
  sigset_t all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawn_file_actions_adddup2(actions.get(), channel, kControlDescriptor);
  posix_spawnattr_setsigmask(attributes.get(), &none);
  posix_spawnattr_setsigdefault(attributes.get(), &all);
  posix_spawnattr_setflags(attributes.get(),
                           POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  std::string name = program.string();
  std::array<char*, 2> arguments{name.data(), nullptr};
  std::vector<std::string> settings = environment();
  std::vector<char*> pointers;
  for (std::string& setting : settings) pointers.push_back(setting.data());
  pointers.push_back(nullptr);
  pid_t process = -1;
  const int error = ::posix_spawn(&process, name.c_str(), actions.get(), attributes.get(), arguments.data(),
                                  pointers.data());
  if (error != 0)
    throw Error(ErrorCode::io, "start worker '" + name + "': " + std::generic_category().message(error));
  return process;
}

void limit_waits(int socket) {
  const timeval most{kMostStartSeconds, 0};
  static_cast<void>(::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &most, sizeof most));
  static_cast<void>(::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &most, sizeof most));
}

}  // namespace

SpawnedServer::SpawnedServer(const std::filesystem::path& program) {
  auto [ours, theirs] = make_channel();
  process_ = spawn(program, theirs.number());
  channel_ = std::move(ours);
  theirs.reset();
  limit_waits(channel_.number());
  try {
    const auto hello = receive_message(channel_.number());
    if (!hello) throw Error(ErrorCode::io, "start worker '" + program.string() + "': it does not answer");
    walls_ = decode_hello(hello->bytes);
  } catch (...) {
    end();
    throw;
  }
}

SpawnedServer::~SpawnedServer() {
  end();
}

bool SpawnedServer::ask(std::span<const std::byte> request, std::span<const int> descriptors) const {
  return send_message(channel_.number(), request, descriptors);
}

/// By the closed channel; a program that does not heed it is killed.
void SpawnedServer::end() {
  channel_.reset();
  for (int poll = 0; poll < kEndPolls; ++poll) {
    if (::waitpid(process_, nullptr, WNOHANG) != 0) return;
    static_cast<void>(::usleep(kEndPollMicroseconds));
  }
  static_cast<void>(::kill(process_, SIGKILL));
  static_cast<void>(::waitpid(process_, nullptr, 0));
}

}  // namespace reelprint::jail
