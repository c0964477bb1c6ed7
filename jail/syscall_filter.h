// Which system calls a jailed process may make.
#pragma once

#include <cstdint>
#include <vector>

namespace reelprint::jail {

/// A list of what decoding needs: reading and writing what is open, memory that is private and not
/// executable, clocks, the process's own end. Files, sockets, processes and threads are not on it.
///
/// What a library may try in good faith (open a configuration, start a thread, ask for the number of
/// processors) fails with EPERM, so that it goes on without; what no decoder ever tries (execute a program,
/// make a socket, trace, mount) is an attack, and the kernel kills the process: SIGSYS.
class SyscallFilter {
 public:
  /// Compiles it: a millisecond. Throws Error{io}.
  SyscallFilter();
  /// For this process, for good; needs no_new_privs. Throws Error{io}.
  void install() const;

 private:
  std::vector<std::uint64_t> program_;  ///< instructions of the kernel's filter machine
};

}  // namespace reelprint::jail
