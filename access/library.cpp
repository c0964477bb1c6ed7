#include "access/library.h"

#include <sodium.h>

#include "core/error.h"

namespace reelprint::access {

void make_ready() {
  if (sodium_init() < 0) throw Error(ErrorCode::io, "start libsodium: there are no random numbers");
}

}  // namespace reelprint::access
