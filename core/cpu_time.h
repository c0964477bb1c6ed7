// CPU time of the calling thread: the unit in which work is charged.
#pragma once

namespace reelprint {

/// Seconds of CPU time that the calling thread has used; only differences on one thread mean anything.
[[nodiscard]] double thread_cpu_seconds();

/// The same of all threads of the process.
[[nodiscard]] double process_cpu_seconds();

/// Adds the CPU time between its construction and its end to a total.
class CpuTimer {
 public:
  explicit CpuTimer(double& total_s) : total_s_(total_s), started_s_(thread_cpu_seconds()) {}
  ~CpuTimer() { total_s_ += thread_cpu_seconds() - started_s_; }
  CpuTimer(const CpuTimer&) = delete;
  CpuTimer& operator=(const CpuTimer&) = delete;

 private:
  double& total_s_;
  double started_s_;
};

}  // namespace reelprint
