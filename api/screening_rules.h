// By what rules the service takes and judges uploads.
#pragma once

#include <cstddef>
#include <cstdint>

#include "pipeline/quarantine.h"
#include "rights/judge.h"

namespace reelprint::api {

struct ScreeningRules {
  rights::Policy thresholds{};  ///< of the evidence; the same that the jobs have
  pipeline::QuarantineSettings quarantine{};
  std::size_t most_a_day_per_key = 0;     ///< screenings within 24 hours; 0: any number
  std::size_t most_a_day_per_tenant = 0;  ///< likewise
  std::uint64_t most_media_bytes = std::uint64_t{8} << 30;
};

}  // namespace reelprint::api
