#include "core/descriptor.h"

#include <unistd.h>

namespace reelprint {

void Descriptor::reset() {
  if (number_ >= 0) static_cast<void>(::close(release()));
}

}  // namespace reelprint
