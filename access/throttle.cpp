#include "access/throttle.h"

#include <algorithm>

namespace reelprint::access {

std::chrono::seconds delay_after(const ThrottleRule& rule, int failures) {
  constexpr int kMostDoublings = 30;
  if (failures <= rule.free_failures) return std::chrono::seconds{0};
  const int doublings = std::min(failures - rule.free_failures - 1, kMostDoublings);
  const std::chrono::seconds delay = rule.first_delay * (1LL << doublings);
  return std::min(delay, rule.longest_delay);
}

}  // namespace reelprint::access
