// How long somebody who keeps getting it wrong has to wait.
#pragma once

#include <chrono>

namespace reelprint::access {

struct ThrottleRule {
  int free_failures = 5;                ///< in a row, that cost nothing
  std::chrono::seconds first_delay{1};  ///< after one more; doubled by each further one
  std::chrono::seconds longest_delay{60};
  std::chrono::seconds memory{3600};  ///< after so long without a failure all is forgiven
};

/// After `failures` in a row.
[[nodiscard]] std::chrono::seconds delay_after(const ThrottleRule& rule, int failures);

}  // namespace reelprint::access
