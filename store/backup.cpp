#include "store/backup.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace reelprint::store {
namespace {

constexpr StatementText kCopy{"back it up", "VACUUM INTO ?1"};

/// SQLite leaves a copy made by VACUUM INTO in the system's cache.
void flush(const std::filesystem::path& file) {
  const int descriptor = open(file.c_str(), O_RDONLY | O_CLOEXEC);
  const bool is_flushed = descriptor >= 0 && fsync(descriptor) == 0;
  const int code = errno;
  if (descriptor >= 0) close(descriptor);
  if (!is_flushed) {
    throw Error(ErrorCode::io,
                "back up to '" + file.string() + "': " + std::generic_category().message(code));
  }
}

}  // namespace

void back_up(Database& database, const std::filesystem::path& file) {
  database.run(kCopy, file.string());
  flush(file);
}

}  // namespace reelprint::store
