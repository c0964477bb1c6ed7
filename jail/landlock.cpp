#include "jail/landlock.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>

#include "core/descriptor.h"

namespace reelprint::jail {
namespace {

// Debian 12's linux/landlock.h ends at version 2; the numbers below are those of the kernel's documentation.
struct RulesetAttributes {
  std::uint64_t files = 0;
  std::uint64_t network = 0;
  std::uint64_t scopes = 0;
};

constexpr std::uint32_t kAskVersion = 1;
constexpr int kRename = 2;    // linking and renaming across folders
constexpr int kTruncate = 3;  // truncating
constexpr int kNetwork = 4;   // TCP bind and connect
constexpr int kDevices = 5;   // ioctl on devices

std::uint64_t file_rights(int version) {
  const int count = 13 + (version >= kRename) + (version >= kTruncate) + (version >= kDevices);
  return (std::uint64_t{1} << count) - 1;
}

}  // namespace

int landlock_version() {
  const long version = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, kAskVersion);
  return version > 0 ? static_cast<int>(version) : 0;
}

bool deny_by_landlock() {
  const int version = landlock_version();
  if (version == 0) return false;
  const RulesetAttributes attributes{file_rights(version), 3, 3};
  const std::size_t fields = version >= kLandlockScopes ? 3 : version >= kNetwork ? 2 : 1;
  const Descriptor ruleset(static_cast<int>(
      ::syscall(SYS_landlock_create_ruleset, &attributes, fields * sizeof(std::uint64_t), 0)));
  return ruleset && ::syscall(SYS_landlock_restrict_self, ruleset.number(), 0) == 0;
}

}  // namespace reelprint::jail
