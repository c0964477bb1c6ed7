#include "core/file_stream.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>
#include <utility>

#include "core/error.h"

namespace reelprint {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{1} << 20;

[[noreturn]] void fail(const std::string& doing, const std::filesystem::path& file) {
  throw Error(ErrorCode::io, doing + " '" + file.string() + "': " + std::strerror(errno));
}

void flush_folder_of(const std::filesystem::path& file) {
  const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) fail("open", folder);
  const bool is_flushed = ::fsync(fd) == 0;
  const int reason = errno;
  ::close(fd);
  errno = reason;
  if (!is_flushed) fail("flush", folder);
}

/// Two threads may replace one file at the same time.
std::uint64_t next_number() {
  static std::atomic<std::uint64_t> number = 0;
  return ++number;
}

}  // namespace

FileReplacement::FileReplacement(std::filesystem::path file)
    : file_(std::move(file)),
      temporary_(file_.string() + "." + std::to_string(::getpid()) + "-" + std::to_string(next_number()) +
                 ".tmp"),
      fd_(::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)) {
  if (fd_ < 0) fail("open", temporary_);
}

FileReplacement::~FileReplacement() {
  if (fd_ < 0) return;
  ::close(fd_);
  std::error_code ignored;
  std::filesystem::remove(temporary_, ignored);
}

void FileReplacement::write(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const auto piece = bytes.first(std::min(bytes.size(), kBufferBytes - buffer_.size()));
    buffer_.insert(buffer_.end(), piece.begin(), piece.end());
    bytes = bytes.subspan(piece.size());
    if (buffer_.size() == kBufferBytes) write_buffer();
  }
}

void FileReplacement::commit() {
  write_buffer();
  if (::fsync(fd_) != 0) fail("flush", temporary_);
  if (std::rename(temporary_.c_str(), file_.c_str()) != 0) fail("replace", file_);
  ::close(std::exchange(fd_, -1));
  flush_folder_of(file_);
}

void FileReplacement::write_buffer() {
  std::span<const std::byte> bytes(buffer_);
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("write", temporary_);
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  buffer_.clear();
}

FileReader::FileReader(const std::filesystem::path& file)
    : file_(file), fd_(::open(file.c_str(), O_RDONLY | O_CLOEXEC)) {
  if (fd_ < 0 && errno == ENOENT) {
    throw Error(ErrorCode::not_found, "read '" + file.string() + "': no such file");
  }
  if (fd_ < 0) fail("read", file);
  struct stat status {};
  if (::fstat(fd_, &status) != 0 || S_ISDIR(status.st_mode)) {
    if (S_ISDIR(status.st_mode)) errno = EISDIR;
    const int reason = errno;
    ::close(fd_);
    errno = reason;
    fail("read", file);
  }
  left_ = static_cast<std::uintmax_t>(status.st_size);
}

FileReader::~FileReader() {
  ::close(fd_);
}

void FileReader::read(std::span<std::byte> into) {
  if (into.size() > left_) {
    throw Error(ErrorCode::corrupt, "read '" + file_.string() + "': it ends too early");
  }
  left_ -= into.size();
  while (!into.empty()) {
    if (next_ == buffer_.size()) fill_buffer();
    const std::size_t count = std::min(into.size(), buffer_.size() - next_);
    std::copy_n(buffer_.begin() + static_cast<std::ptrdiff_t>(next_), count, into.begin());
    into = into.subspan(count);
    next_ += count;
  }
}

/// There is more to read, by the size that the file had.
void FileReader::fill_buffer() {
  buffer_.resize(kBufferBytes);
  next_ = 0;
  ssize_t count = -1;
  do count = ::read(fd_, buffer_.data(), buffer_.size());
  while (count < 0 && errno == EINTR);
  if (count < 0) fail("read", file_);
  if (count == 0) throw Error(ErrorCode::corrupt, "read '" + file_.string() + "': it has become shorter");
  buffer_.resize(static_cast<std::size_t>(count));
}

}  // namespace reelprint
