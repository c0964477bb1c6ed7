#include "api/http/answer_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "core/error.h"

namespace reelprint::api::http {
namespace {

[[noreturn]] void fail(const std::string& what, const char* why) {
  throw Error(ErrorCode::io, what + ": " + why);
}

}  // namespace

AnswerFile::AnswerFile(const std::filesystem::path& file)
    : fd_(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
  const std::string what = "send '" + file.string() + "'";
  if (fd_ < 0) fail(what, std::strerror(errno));
  struct stat status {};
  const bool is_file = ::fstat(fd_, &status) == 0 && S_ISREG(status.st_mode);
  if (!is_file) {
    ::close(fd_);
    fail(what, "it is no regular file");
  }
  size_ = static_cast<std::uint64_t>(status.st_size);
}

AnswerFile::~AnswerFile() {
  ::close(fd_);
}

std::string AnswerFile::read(std::uint64_t offset, std::size_t most) const {
  std::string bytes(static_cast<std::size_t>(std::min<std::uint64_t>(most, size_ - std::min(size_, offset))),
                    '\0');
  const ssize_t got = ::pread(fd_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
  if (got <= 0) fail("send a file", got == 0 ? "it became shorter meanwhile" : std::strerror(errno));
  bytes.resize(static_cast<std::size_t>(got));
  return bytes;
}

}  // namespace reelprint::api::http
