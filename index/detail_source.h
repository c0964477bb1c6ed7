// Where the index gets the details of a reference that it looks at closely: they are too large to hold for
// all.
#pragma once

#include <memory>

#include "core/fingerprint.h"
#include "core/ids.h"

namespace reelprint::index {

/// Thread-safe.
class DetailSource {
 public:
  virtual ~DetailSource() = default;
  /// The whole fingerprint of a reference; null if it is gone.
  [[nodiscard]] virtual std::shared_ptr<const Fingerprint> print_of(ReferenceId reference) const = 0;
};

}  // namespace reelprint::index
