// What the jail costs: the same file fingerprinted in this process, by a forked child of the worker program,
// and by a worker program started for it alone. jail_cost_bench VIDEO...
#include <fcntl.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <vector>

#include "core/descriptor.h"
#include "fingerprint/media_job.h"
#include "jail/workers.h"

namespace {

using namespace reelprint;
using Clock = std::chrono::steady_clock;

constexpr int kRounds = 41;

/// The median of the wall times, in ms.
double median_ms(const std::function<void()>& work) {
  std::vector<double> times;
  for (int i = 0; i < kRounds; ++i) {
    const auto begin = Clock::now();
    work();
    times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
  }
  std::nth_element(times.begin(), times.begin() + kRounds / 2, times.end());
  return times[kRounds / 2];
}

void measure(const char* file) {
  const Descriptor media(::open(file, O_RDONLY | O_CLOEXEC));
  const fingerprint::FingerprintSettings settings{Effort::fast, false, fingerprint::kNoDetail, {}};
  const auto job = fingerprint::encode(fingerprint::MediaJob(fingerprint::FingerprintJob{file, settings}));
  const auto run = [&](jail::Workers& workers) {
    if (workers.run(job, media.number(), {}, {}).ending != jail::Ending::done) std::exit(1);
  };
  jail::Workers workers({REELPRINT_WORKER, {}, 1});
  run(workers);
  const double here = median_ms([&] { (void)fingerprint::run_media_job(job, media.number(), {}); });
  const double forked = median_ms([&] { run(workers); });
  const double started = median_ms([&] {
    jail::Workers fresh({REELPRINT_WORKER, {}, 1});
    run(fresh);
  });
  std::printf("| %s | %.1f ms | %.1f ms | %.1f ms |\n", file, here, forked, started);
}

}  // namespace

int main(int count, char** files) try {
  std::printf("| video | in this process | forked child | program started for it |\n|---|---|---|---|\n");
  for (int i = 1; i < count; ++i) measure(files[i]);
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
