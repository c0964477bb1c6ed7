#include "api/append_sink.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "core/error.h"

namespace reelprint::api {
namespace {

[[noreturn]] void fail(const std::filesystem::path& file) {
  if (errno == ENOSPC || errno == EDQUOT) {
    http::Problem problem(503, "no-room", "There is no room for this just now");
    problem.headers.add("Retry-After", "60");
    throw problem;
  }
  throw Error(ErrorCode::io, "write '" + file.string() + "': " + std::strerror(errno));
}

}  // namespace

AppendSink::AppendSink(const std::filesystem::path& file, std::uint64_t offset, std::uint64_t most_bytes)
    : file_(file),
      most_bytes_(most_bytes),
      size_(offset),
      fd_(::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600)) {
  if (fd_ < 0) fail(file_);
  try {
    if (::flock(fd_, LOCK_EX | LOCK_NB) != 0)
      throw http::Problem(423, "locked", "Another request is writing to this upload");
    expect_size(offset);
  } catch (...) {
    let_go();
    throw;
  }
}

AppendSink::~AppendSink() {
  let_go();
}

void AppendSink::let_go() {
  if (fd_ < 0) return;
  // A process that another thread is just starting has the file open too until it executes its program;
  // closing alone would leave it the lock.
  ::flock(fd_, LOCK_UN);
  ::close(std::exchange(fd_, -1));
}

void AppendSink::expect_size(std::uint64_t offset) const {
  struct stat status {};
  if (::fstat(fd_, &status) != 0) fail(file_);
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size == offset) return;
  http::Problem problem(409, "conflict", "Upload-Offset is not what is here",
                        std::to_string(size) + " bytes are here");
  problem.headers.add("Upload-Offset", std::to_string(size));
  throw problem;
}

void AppendSink::write(std::span<const std::byte> bytes) {
  if (bytes.size() > most_bytes_ - size_)
    throw http::Problem(413, "too-large", "The upload is longer than it said");
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(file_);
    size_ += static_cast<std::uint64_t>(written);
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
}

void AppendSink::finish() {
  if (::fdatasync(fd_) != 0) fail(file_);
  let_go();  // the answer may reach the client before this object goes, and the next piece must not find the
             // lock
}

}  // namespace reelprint::api
