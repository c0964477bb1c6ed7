// reelprint-worker: reads media for reelprint, each file in a jailed process of its own. Not for people.
#include <cstdio>
#include <exception>

#include "fingerprint/media_job.h"
#include "jail/fork_server.h"

namespace {

using namespace reelprint;

std::vector<std::byte> run_job(std::span<const std::byte> request, int input,
                               const jail::ReportProgress& report_progress) {
  return fingerprint::run_media_job(request, input, [&](Timestamp reached, Duration expected) {
    report_progress(fingerprint::encode(fingerprint::JobProgress{reached, expected}));
  });
}

}  // namespace

int main() try {
  fingerprint::warm_up_libraries();
  jail::serve_jobs(run_job);
} catch (const std::exception& error) {
  static_cast<void>(std::fprintf(stderr, "reelprint-worker: %s\n", error.what()));
  return 1;
}
