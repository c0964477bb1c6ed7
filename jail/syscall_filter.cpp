#include "jail/syscall_filter.h"

#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <bit>
#include <cerrno>
#include <memory>
#include <string>
#include <system_error>

#include "core/descriptor.h"
#include "core/error.h"
#include "jail/sanitizers.h"

namespace reelprint::jail {
namespace {

constexpr std::uint32_t kRefuse = SCMP_ACT_ERRNO(EPERM);
constexpr off_t kMostProgramBytes = 4096 * 8;  // BPF_MAXINSNS

constexpr int kAllowed[] = {
    SCMP_SYS(brk),
    SCMP_SYS(clock_getres),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(close),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(fstat),
    SCMP_SYS(futex),
    SCMP_SYS(getpid),
    SCMP_SYS(getrandom),
    SCMP_SYS(getrusage),
    SCMP_SYS(gettid),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(lseek),
    SCMP_SYS(madvise),
    SCMP_SYS(mremap),
    SCMP_SYS(munmap),
    SCMP_SYS(pread64),
    SCMP_SYS(read),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(sched_yield),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(time),
    SCMP_SYS(write),
    SCMP_SYS(writev),
};

constexpr int kAttacks[] = {
    SCMP_SYS(accept),
    SCMP_SYS(accept4),
    SCMP_SYS(add_key),
    SCMP_SYS(bind),
    SCMP_SYS(bpf),
    SCMP_SYS(chroot),
    SCMP_SYS(connect),
    SCMP_SYS(delete_module),
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(finit_module),
    SCMP_SYS(init_module),
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(kexec_load),
    SCMP_SYS(keyctl),
    SCMP_SYS(listen),
    SCMP_SYS(mount),
    SCMP_SYS(open_by_handle_at),
    SCMP_SYS(pidfd_getfd),
    SCMP_SYS(pivot_root),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(reboot),
    SCMP_SYS(request_key),
    SCMP_SYS(setns),
    SCMP_SYS(socket),
    SCMP_SYS(socketpair),
    SCMP_SYS(umount2),
    SCMP_SYS(unshare),
    SCMP_SYS(userfaultfd),
};

struct FilterRelease {
  void operator()(void* filter) const { seccomp_release(filter); }
};

[[noreturn]] void fail(const std::string& what, int error) {
  throw Error(ErrorCode::io, "filter system calls: " + what + ": " + std::generic_category().message(error));
}

void must(int result, const char* what) {
  if (result < 0) fail(what, -result);
}

std::vector<std::uint64_t> compiled(scmp_filter_ctx filter) {
  const Descriptor file(memfd_create("filter", MFD_CLOEXEC));
  if (!file) fail("make a buffer", errno);
  must(seccomp_export_bpf(filter, file.number()), "compile");
  const off_t bytes = ::lseek(file.number(), 0, SEEK_END);
  if (bytes <= 0 || bytes > kMostProgramBytes || bytes % 8 != 0) fail("compile", EINVAL);
  std::vector<std::uint64_t> program(static_cast<std::size_t>(bytes) / 8);
  if (::pread(file.number(), program.data(), static_cast<std::size_t>(bytes), 0) != bytes)
    fail("read the compiled filter", EIO);
  return program;
}

}  // namespace

SyscallFilter::SyscallFilter() {
  const std::unique_ptr<void, FilterRelease> filter(seccomp_init(kRefuse));
  if (!filter) fail("begin", ENOMEM);
  for (const int call : kAllowed)
    must(seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0), "allow a call");
  for (const int call : kAttacks)
    must(seccomp_rule_add(filter.get(), SCMP_ACT_KILL_PROCESS, call, 0), "forbid a call");
  // By writing to a pipe UBSan finds out whether an object's memory is there.
  if (kIsSanitized)
    for (const int call : {SCMP_SYS(pipe), SCMP_SYS(pipe2)})
      must(seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0), "allow a sanitizer's call");
  // Shared memory would not count as the process's own; executable memory is how a hole becomes a program.
  must(
      seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2,
                       SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0), SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_SHARED, 0)),
      "allow mmap");
  must(seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
                        SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)),
       "allow mprotect");
  program_ = compiled(filter.get());
}

void SyscallFilter::install() const {
  static_assert(sizeof(sock_filter) == sizeof(std::uint64_t));
  std::vector<sock_filter> instructions;
  instructions.reserve(program_.size());
  for (const std::uint64_t bits : program_) instructions.push_back(std::bit_cast<sock_filter>(bits));
  const sock_fprog program{static_cast<unsigned short>(instructions.size()), instructions.data()};
  if (::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) fail("install", errno);
}

}  // namespace reelprint::jail
