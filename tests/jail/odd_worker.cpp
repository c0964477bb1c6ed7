// A worker program whose jobs try what a jail is there to stop; the request's text says what.
#include <fcntl.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>

#include "core/error.h"
#include "jail/fork_server.h"

namespace {

using reelprint::Error;
using reelprint::ErrorCode;

/// The name of what a system call answered: "ok" or the error.
std::string said(long result) {
  return result >= 0 ? "ok" : strerrorname_np(errno);
}

std::string mapped(int protection, int flags) {
  void* memory = ::mmap(nullptr, 4096, protection, flags, -1, 0);
  return said(memory == MAP_FAILED ? -1 : 0);
}

std::string made_executable() {
  void* memory = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return said(::mprotect(memory, 4096, PROT_READ | PROT_EXEC));
}

std::string content(int input) {
  std::array<char, 256> buffer{};
  const ssize_t count = ::pread(input, buffer.data(), buffer.size(), 0);
  return {buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0))};
}

std::string open_numbers() {
  std::string numbers;
  for (int i = 0; i < 64; ++i)
    if (::lseek(i, 0, SEEK_CUR) >= 0 || errno == ESPIPE) numbers += std::to_string(i) + " ";
  return numbers;
}

std::string eat_memory() {
  constexpr std::size_t kPiece = std::size_t{64} << 20;
  for (std::size_t i = 0; i < 256; ++i) std::memset(::operator new(kPiece), 1, kPiece);
  return "ate it all";
}

[[noreturn]] void spin() {
  for (volatile unsigned i = 0;;) i = i + 1;
}

void* nothing(void*) {
  return nullptr;
}

const std::map<std::string, std::function<std::string(int)>> kTries = {
    {"read", content},
    {"open", [](int) { return said(::open("/etc/passwd", O_RDONLY)); }},
    {"openat", [](int) { return said(::openat(AT_FDCWD, "/proc/self/exe", O_RDONLY)); }},
    {"stat",
     [](int) {
       struct stat about {};
       return said(::stat("/etc/passwd", &about));
     }},
    {"write the input", [](int input) { return said(::write(input, "x", 1)); }},
    {"unlink", [](int) { return said(::unlink("/etc/passwd")); }},
    {"memfd", [](int) { return said(::memfd_create("x", 0)); }},
    {"fork", [](int) { return said(::fork()); }},
    {"thread",
     [](int) {
       pthread_t thread{};
       return std::string(strerrorname_np(::pthread_create(&thread, nullptr, nothing, nullptr)));
     }},
    {"kill", [](int) { return said(::kill(::getppid(), 0)); }},
    {"executable", [](int) { return mapped(PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS); }},
    {"make executable", [](int) { return made_executable(); }},
    {"shared memory", [](int) { return mapped(PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS); }},
    {"more rights", [](int) { return said(::prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)); }},
    {"descriptors", [](int) { return open_numbers(); }},
    {"socket", [](int) { return said(::socket(AF_INET, SOCK_STREAM, 0)); }},
    {"unix socket", [](int) { return said(::socket(AF_UNIX, SOCK_STREAM, 0)); }},
    {"exec", [](int) { return said(::execl("/bin/true", "true", nullptr)); }},
    {"trace", [](int) { return said(::syscall(SYS_ptrace, 0, 0, 0, 0)); }},
    {"memory", [](int) { return eat_memory(); }},
    {"time", [](int) -> std::string { spin(); }},
    {"crash", [](int) -> std::string { __builtin_trap(); }},
    {"abort", [](int) -> std::string { std::abort(); }},
    {"exit", [](int) -> std::string { ::_exit(3); }},
    {"error", [](int) -> std::string { throw Error(ErrorCode::no_video, "no\x1b[31m video\n\xff here"); }},
    {"other error", [](int) -> std::string { throw std::runtime_error("odd"); }},
    {"nonsense",
     [](int) {
       static_cast<void>(!::write(4, "nonsense, not records", 21));
       return std::string("?");
     }},
    {"large", [](int) { return std::string(std::size_t{3} << 20, 'x'); }},
    {"process", [](int) { return std::to_string(::getpid()); }},
};

std::vector<std::byte> bytes_of(const std::string& text) {
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

std::vector<std::byte> run_job(std::span<const std::byte> request, int input,
                               const reelprint::jail::ReportProgress& report_progress) {
  const std::string text(reinterpret_cast<const char*>(request.data()), request.size());
  if (text == "say and wait") {
    report_progress(bytes_of(std::to_string(::getpid())));
    spin();
  }
  const auto attempt = kTries.find(text);
  if (attempt != kTries.end()) return bytes_of(attempt->second(input));
  return bytes_of(kTries.at(content(input))(input));  // a media job: the file says what to try
}

}  // namespace

int main() {
  reelprint::jail::serve_jobs(run_job);
}
