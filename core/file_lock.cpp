#include "core/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "core/error.h"

namespace reelprint {

std::optional<FileLock> FileLock::try_lock(const std::filesystem::path& file) {
  const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  const bool is_locked = fd >= 0 && ::flock(fd, LOCK_EX | LOCK_NB) == 0;
  const int reason = errno;
  if (is_locked) return FileLock(fd);
  if (fd >= 0) ::close(fd);
  if (fd >= 0 && reason == EWOULDBLOCK) return std::nullopt;
  throw Error(ErrorCode::io, "lock '" + file.string() + "': " + std::strerror(reason));
}

FileLock::~FileLock() {
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace reelprint
