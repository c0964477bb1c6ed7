#include "tests/e2e/cache.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <stdexcept>

namespace reelprint::e2e {
namespace {

namespace fs = std::filesystem;

/// Held by one process at a time, and let go when it ends, however it ends.
class Lock {
 public:
  explicit Lock(const fs::path& file) : fd_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)) {
    if (fd_ < 0 || ::flock(fd_, LOCK_EX) != 0)
      throw std::runtime_error("lock '" + file.string() + "': it cannot be locked");
  }
  ~Lock() { ::close(fd_); }
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

 private:
  int fd_;
};

std::string digest_of(std::string_view text) {  // FNV-1a
  std::uint64_t digest = 0xcbf29ce484222325U;
  for (const char c : text) digest = (digest ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  char hex[17];
  std::snprintf(hex, sizeof hex, "%016llx", static_cast<unsigned long long>(digest));
  return hex;
}

}  // namespace

fs::path cached(std::string_view name, std::string_view recipe,
                const std::function<void(const fs::path&)>& make) {
  const fs::path folder = fs::path(REELPRINT_TEST_CACHE) / digest_of(recipe);
  fs::path made = folder / name;
  fs::create_directories(folder);
  const Lock lock(folder / ".lock");
  if (fs::exists(made)) return made;
  const fs::path unfinished = folder / ("unfinished-" + std::string(name));
  fs::remove_all(unfinished);
  make(unfinished);
  fs::rename(unfinished, made);
  return made;
}

std::string version_of(const fs::path& file) {
  return file.string() + ' ' + std::to_string(fs::file_size(file)) + ' ' +
         std::to_string(fs::last_write_time(file).time_since_epoch().count());
}

}  // namespace reelprint::e2e
