#include "crawler/path_fence.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>

namespace reelprint::crawler {
namespace {

// Debian 12's linux/landlock.h ends at version 2; what comes later is from the kernel's documentation.
constexpr std::uint64_t kTruncate = 1ULL << 14;  // from version 3
constexpr std::uint64_t kDevices = 1ULL << 15;   // ioctl on devices, from version 5
constexpr std::uint64_t kRead =
    LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t kOfFiles = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE |
                                   LANDLOCK_ACCESS_FS_READ_FILE | kTruncate | kDevices;

std::uint64_t all_rights() {
  const long version = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (version < 1) return 0;
  const int count = 13 + (version >= 2) + (version >= 3) + (version >= 5);
  return (std::uint64_t{1} << count) - 1;
}

void allow(const Descriptor& fence, const std::filesystem::path& path, std::uint64_t rights) {
  const Descriptor place(::open(path.c_str(), O_PATH | O_CLOEXEC));
  struct stat about {};
  if (!place || ::fstat(place.number(), &about) != 0) return;
  landlock_path_beneath_attr rule{};
  rule.allowed_access = S_ISDIR(about.st_mode) ? rights : rights & kOfFiles;
  rule.parent_fd = place.number();
  ::syscall(SYS_landlock_add_rule, fence.number(), LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
}

}  // namespace

Descriptor path_fence(const VisiblePaths& paths) {
  const std::uint64_t all = all_rights();
  if (all == 0) return {};
  landlock_ruleset_attr attributes{};
  attributes.handled_access_fs = all;
  Descriptor fence(
      static_cast<int>(::syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0)));
  if (!fence) return {};
  for (const auto& path : paths.readable) allow(fence, path, kRead & all);
  for (const auto& path : paths.writable) allow(fence, path, all);
  allow(fence, "/dev/null", all);
  return fence;
}

bool enter_path_fence(const Descriptor& fence) noexcept {
  return fence && ::syscall(SYS_landlock_restrict_self, fence.number(), 0) == 0;
}

}  // namespace reelprint::crawler
