// Threads that libraries start as they are loaded, and that nothing here uses.
#pragma once

namespace reelprint::app {

/// Ends the threads of OpenBLAS, where it is loaded (OpenCV and FAISS bring it): one for each core but the
/// first, each of which spins for 2^26 clock ticks (25 ms) before it sleeps, which is more than a whole
/// screening by I-frames costs on a large machine. OpenBLAS starts them again if it is ever given work. Call
/// it first in main.
void end_spare_threads();

}  // namespace reelprint::app
