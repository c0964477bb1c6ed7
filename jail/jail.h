// The walls around a process that reads what strangers wrote: none of its own files, network or processes,
// few system calls, and no more memory and time than it is given.
#pragma once

#include "jail/limits.h"
#include "jail/syscall_filter.h"

namespace reelprint::jail {

/// Which walls stand. Without one of these the others hold; the filter of system calls alone is never
/// missing.
struct Walls {
  bool files = false;    ///< landlock denies every name in the file system
  bool network = false;  ///< a network of its own with nothing in it, and a user of its own without rights
  bool signals = false;  ///< landlock keeps signals and abstract sockets inside
  bool memory = false;   ///< address space is limited; not in programs with sanitizers

  friend bool operator==(const Walls&, const Walls&) = default;
};

/// The walls that children inherit: no new privileges, no capabilities, no core dump or tracer, no network,
/// no file that is not open yet. Leaves out what the kernel or the container does not permit. The process
/// must have one thread. Throws Error{io} where even no_new_privs is refused.
Walls raise_outer_walls();

/// Locks this process in for good, so that it can only compute, read what is open and write to pipes; for use
/// behind the outer walls. Throws Error{io}: nothing hostile may be looked at then.
void enter_jail(const JailLimits& limits, const SyscallFilter& filter);

}  // namespace reelprint::jail
