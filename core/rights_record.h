// All that holders have put on record about who may show what.
#pragma once

#include <vector>

#include "core/licence.h"
#include "core/ownership.h"
#include "core/policy.h"

namespace reelprint {

/// In any order.
struct RightsRecord {
  std::vector<Licence> licences;
  std::vector<Policy> policies;
  std::vector<AllowEntry> allow_entries;
  std::vector<Ownership> ownerships;

  friend bool operator==(const RightsRecord&, const RightsRecord&) = default;
};

}  // namespace reelprint
