#include "fingerprint/shot_detector.h"

namespace reelprint::fingerprint {
namespace {

// Measured on the six constructed episodes of the development media, whose joins are known: all 36 joins
// found.
constexpr float kLeastChange = 9;  ///< mean levels of 255
constexpr float kTimesUsual = 3;
constexpr float kNewestShare = 0.2F;  ///< of the running mean

}  // namespace

bool ShotDetector::starts_shot(const LumaGrid& grid) {
  if (!previous_) {
    previous_ = grid;
    return true;
  }
  const float change = mean_difference(*previous_, grid);
  previous_ = grid;
  const bool is_cut = change >= kLeastChange && change >= kTimesUsual * usual_change_;
  usual_change_ += kNewestShare * (change - usual_change_);  // cuts too: where all flickers, nothing is a cut
  return is_cut;
}

}  // namespace reelprint::fingerprint
