#include "app/spare_threads.h"

#include <dlfcn.h>

namespace reelprint::app {

void end_spare_threads() {
  // By name, because which BLAS is loaded is the administrator's choice (update-alternatives), and others
  // have no such threads. OPENBLAS_NUM_THREADS would be read before main begins.
  using Shutdown = int (*)();
  const auto shutdown = reinterpret_cast<Shutdown>(dlsym(RTLD_DEFAULT, "blas_thread_shutdown_"));
  if (shutdown != nullptr) shutdown();
}

}  // namespace reelprint::app
