// libsodium, made ready.
#pragma once

namespace reelprint::access {

/// Thread-safe and, after the first time, quick; throws Error{io} when the kernel gives no random numbers.
void make_ready();

}  // namespace reelprint::access
