#include "jail/jail.h"

#include <linux/capability.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <system_error>

#include "core/error.h"
#include "jail/landlock.h"
#include "jail/sanitizers.h"

namespace reelprint::jail {
namespace {

constexpr int kMostCapabilities = 64;

[[noreturn]] void fail(const std::string& what) {
  throw Error(ErrorCode::io, "enter the jail: " + what + ": " + std::generic_category().message(errno));
}

/// A user of its own is what an ordinary user needs to get a network of its own.
bool leave_network() {
  constexpr int kOwn = CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS;
  return ::unshare(CLONE_NEWUSER | kOwn) == 0 || ::unshare(kOwn) == 0;
}

void drop_capabilities() {
  for (int capability = 0; capability < kMostCapabilities; ++capability)
    static_cast<void>(::prctl(PR_CAPBSET_DROP, capability, 0, 0, 0));
  static_cast<void>(::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0));
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> none{};
  if (::syscall(SYS_capset, &header, none.data()) != 0) fail("drop capabilities");
}

void limit(__rlimit_resource resource, rlim_t soft, rlim_t hard, const char* what) {
  rlimit now{};
  if (::getrlimit(resource, &now) != 0) fail(what);
  const rlimit wanted{std::min(soft, now.rlim_max), std::min(hard, now.rlim_max)};
  if (::setrlimit(resource, &wanted) != 0) fail(what);
}

}  // namespace

Walls raise_outer_walls() {
  Walls walls;
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) fail("give up new privileges");
  walls.network = leave_network();
  drop_capabilities();
  if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) fail("forbid tracing");
  walls.files = deny_by_landlock();
  walls.signals = walls.files && landlock_version() >= kLandlockScopes;
  walls.memory = !kIsSanitized;
  return walls;
}

void enter_jail(const JailLimits& limits, const SyscallFilter& filter) {
  const auto cpu_s = static_cast<rlim_t>(limits.cpu_time.count());
  if (!kIsSanitized) limit(RLIMIT_AS, limits.memory_bytes, limits.memory_bytes, "limit memory");
  limit(RLIMIT_CPU, cpu_s, cpu_s + 1, "limit processor time");
  limit(RLIMIT_FSIZE, 0, 0, "limit file size");
  limit(RLIMIT_NPROC, 0, 0, "limit processes");
  limit(RLIMIT_CORE, 0, 0, "limit core dumps");
  limit(RLIMIT_MEMLOCK, 0, 0, "limit locked memory");
  // Another layer of the same: siblings are outside as well. With what is open it is the last file opened.
  deny_by_landlock();
  if (!kIsSanitized) limit(RLIMIT_NOFILE, 0, 0, "limit open files");
  filter.install();
}

}  // namespace reelprint::jail
