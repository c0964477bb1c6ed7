#include "core/files.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <string>

#include "core/error.h"

namespace reelprint {
namespace {

[[noreturn]] void fail(const std::string& doing, const std::filesystem::path& file) {
  throw Error(ErrorCode::io, doing + " '" + file.string() + "': " + std::strerror(errno));
}

class Descriptor {
 public:
  Descriptor(const std::filesystem::path& file, int flags)
      : fd_(::open(file.c_str(), flags | O_CLOEXEC, 0644)) {
    if (fd_ < 0) fail("open", file);
  }
  ~Descriptor() { ::close(fd_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

void write_flushed(const std::filesystem::path& file, std::span<const std::byte> bytes) {
  const Descriptor out(file, O_WRONLY | O_CREAT | O_TRUNC);
  while (!bytes.empty()) {
    const ssize_t written = ::write(out.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("write", file);
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  if (::fsync(out.get()) != 0) fail("flush", file);
}

}  // namespace

std::vector<std::byte> read_file(const std::filesystem::path& file, std::uintmax_t max_bytes) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(file, error);
  if (error == std::errc::no_such_file_or_directory) {
    throw Error(ErrorCode::not_found, "read '" + file.string() + "': no such file");
  }
  if (error) throw Error(ErrorCode::io, "read '" + file.string() + "': " + error.message());
  if (size > max_bytes) {
    throw Error(ErrorCode::too_large,
                "read '" + file.string() + "': larger than " + std::to_string(max_bytes) + " bytes");
  }
  std::vector<std::byte> bytes(size);
  std::ifstream in(file, std::ios::binary);
  if (!in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size))) fail("read", file);
  return bytes;
}

void replace_file(const std::filesystem::path& file, std::span<const std::byte> bytes) {
  std::filesystem::path temporary = file;
  temporary += "." + std::to_string(::getpid()) + ".tmp";
  try {
    write_flushed(temporary, bytes);
    if (std::rename(temporary.c_str(), file.c_str()) != 0) fail("replace", file);
  } catch (const Error&) {
    std::error_code ignored;
    std::filesystem::remove(temporary, ignored);
    throw;
  }
  const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
  const Descriptor handle(folder, O_RDONLY | O_DIRECTORY);
  if (::fsync(handle.get()) != 0) fail("flush", folder);
}

}  // namespace reelprint
