#include "fingerprint/box_judge.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace reelprint::fingerprint {
namespace {

// All tuned with layout_bench on one half of the development clips; docs/benchmarks.md has the other half.
constexpr std::size_t kMostLines = 16;                // of a direction
constexpr std::size_t kStrip = BoxJudge::kLeastSide;  // pixels beside a border that are compared
constexpr float kStripShare = 0.5F;        // of what a border's support lacks: made up for by its strips
constexpr float kWeakestShare = 0.4F;      // of the score: the weakest border
constexpr float kSureLength = 1.5F;        // how fast longer borders make surer
constexpr float kMotionNoise = 1;          // levels
constexpr float kDetailNoise = 2;          // levels
constexpr float kLivelierBonus = 0.5F;     // for being livelier than the rest of the picture
constexpr float kFlatterPenalty = 0.4F;    // for being flatter than it
constexpr float kEmptyPenalty = 0.5F;      // for an edge without motion and detail
constexpr float kStillShare = 0.15F;       // of kEmptyPenalty: for an edge without motion alone
constexpr float kContinuedPenalty = 0.5F;  // for borders that go on beyond the corners
constexpr float kPartedPenalty = 0.45F;    // for a border right through
constexpr float kLongestShape = 2.4F;      // sides: what pictures are hardly more than
constexpr float kShapePenalty = 0.5F;      // for each more
constexpr float kMotionOfStill = 0.25F;    // levels: less is what an encoder does to a still picture
constexpr float kWorthALook = 0.25F;       // score below which nothing can help

/// How much more than twice as much there is inside, 0..1.
float surplus_of(float inside, float outside, float noise) {
  return std::clamp((inside - 2 * outside) / (inside + noise), 0.0F, 1.0F);
}

std::vector<std::size_t> with_ends(std::vector<std::size_t> lines, std::size_t end) {
  lines.insert(lines.begin(), 0);
  lines.push_back(end);
  return lines;
}

float mean(const BoxSums& sums, const PixelBox& box) {
  return sums.mean(box.left, box.top, box.right, box.bottom);
}

float area(const PixelBox& box) {
  return static_cast<float>((box.right - box.left) * (box.bottom - box.top));
}

float mean_of(const PixelMap& map) {
  const double sum = std::accumulate(map.values.begin(), map.values.end(), 0.0);
  return static_cast<float>(sum / static_cast<double>(std::max<std::size_t>(1, map.values.size())));
}

/// A longer side of more than kLongestShape shorter ones is rare.
float shape(const PixelBox& box) {
  const auto width = static_cast<float>(box.right - box.left);
  const auto height = static_cast<float>(box.bottom - box.top);
  const float ratio = std::max(width / height, height / width);
  return std::clamp(1 - kShapePenalty * (ratio - kLongestShape), 0.3F, 1.0F);
}

}  // namespace

/// Where nothing moves, nothing changes at a border either.
BoxJudge::BoxJudge(const PictureActivity& activity)
    : moves_(mean_of(activity.motion) > kMotionOfStill),
      width_(activity.motion.width),
      height_(activity.motion.height),
      upright_(activity.across, moves_ ? activity.across_change : activity.across),
      level_(activity.down.transposed(), (moves_ ? activity.down_change : activity.down).transposed()),
      detail_(activity.detail),
      motion_(activity.motion),
      columns_(with_ends(upright_.lines(kMostLines), width_)),
      rows_(with_ends(level_.lines(kMostLines), height_)) {}

float BoxJudge::score(const PixelBox& box) const {
  assert(box.left + kLeastSide <= box.right && box.top + kLeastSide <= box.bottom);
  const Borders sides = borders(box);
  if (sides.length == 0) return 0;
  const float support = sides.weighted / sides.length;
  const float short_side = static_cast<float>(std::min(width_, height_));
  float score = (1 - kWeakestShare) * support + kWeakestShare * sides.weakest;
  score *= 1 - std::exp(-kSureLength * sides.length / short_side);
  score *= liveliness(box);
  score *= shape(box);
  if (score < kWorthALook) return 0;
  score *= against_the_rest(box) * (1 - kEmptyPenalty * emptiest_edge(box));
  if (score < kWorthALook) return 0;
  score *= 1 - kContinuedPenalty * continued(box);
  return score * (1 - kPartedPenalty * std::min(1.0F, parted(box) / (support + 0.1F)));
}

/// What holds still is hardly a video: 0..1. Where nothing at all moves, flat surroundings must do.
float BoxJudge::liveliness(const PixelBox& box) const {
  if (moves_) return std::min(1.0F, 0.2F + 0.4F * mean(motion_, box));
  return surplus_of(mean(detail_, box), mean_of_rest(detail_, box), kDetailNoise / 4);
}

void BoxJudge::Borders::add(float support, float surplus, std::size_t pixels) {
  const float value = 1 - (1 - support) * (1 - kStripShare * surplus);
  length += static_cast<float>(pixels);
  weighted += static_cast<float>(pixels) * value;
  weakest = std::min(weakest, value);
}

/// The borders that are not the picture's own. The pixel next to a border may be a mixture of both sides.
BoxJudge::Borders BoxJudge::borders(const PixelBox& box) const {
  const auto& [left, top, right, bottom] = box;
  Borders sides;
  if (left > 0) {
    sides.add(upright_.support(left, top, bottom),
              surplus({left + 1, top, left + kStrip, bottom},
                      {left - std::min(left, kStrip), top, left - 1, bottom}),
              bottom - top);
  }
  if (right < width_) {
    sides.add(upright_.support(right, top, bottom),
              surplus({right - kStrip, top, right - 1, bottom},
                      {right + 1, top, std::min(width_, right + kStrip), bottom}),
              bottom - top);
  }
  if (top > 0) {
    sides.add(
        level_.support(top, left, right),
        surplus({left, top + 1, right, top + kStrip}, {left, top - std::min(top, kStrip), right, top - 1}),
        right - left);
  }
  if (bottom < height_) {
    sides.add(level_.support(bottom, left, right),
              surplus({left, bottom - kStrip, right, bottom - 1},
                      {left, bottom + 1, right, std::min(height_, bottom + kStrip)}),
              right - left);
  }
  return sides;
}

float BoxJudge::surplus(const PixelBox& inside, const PixelBox& outside) const {
  return std::max(surplus_of(mean(motion_, inside), mean(motion_, outside), kMotionNoise),
                  surplus_of(mean(detail_, inside), mean(detail_, outside), kDetailNoise));
}

/// What the emptiest of the box's four edges lacks of the motion and the detail of the box, 0..1: a bar that
/// should not be in it.
float BoxJudge::emptiest_edge(const PixelBox& box) const {
  const float motion = mean(motion_, box);
  const float detail = mean(detail_, box);
  const auto lacks = [&](const PixelBox& edge) {
    const float still = moves_ ? surplus_of(motion, 5 * mean(motion_, edge), 0.3F) : 1;
    const float flat = surplus_of(detail, 5 * mean(detail_, edge), 1.0F);
    return still * (kStillShare + (1 - kStillShare) * flat);
  };
  const auto& [left, top, right, bottom] = box;
  return std::max(
      {lacks({left + 1, top, left + kStrip, bottom}), lacks({right - kStrip, top, right - 1, bottom}),
       lacks({left, top + 1, right, top + kStrip}), lacks({left, bottom - kStrip, right, bottom - 1})});
}

/// How far the borders go on beyond the corners, 0..1: the mean over the ends that do not meet the picture's.
float BoxJudge::continued(const PixelBox& box) const {
  constexpr std::size_t kLeast = 8;
  float sum = 0;
  float ends = 0;
  const auto look = [&](const LineMap& lines, std::size_t at, std::size_t from, std::size_t to,
                        std::size_t end) {
    const std::size_t reach = std::max(kLeast, (to - from) / 6);
    if (from > kLeast) sum += lines.support(at, from - std::min(reach, from), from - 2), ++ends;
    if (to + kLeast < end) sum += lines.support(at, to + 2, std::min(end, to + reach)), ++ends;
  };
  if (box.left > 0) look(upright_, box.left, box.top, box.bottom, height_);
  if (box.right < width_) look(upright_, box.right, box.top, box.bottom, height_);
  if (box.top > 0) look(level_, box.top, box.left, box.right, width_);
  if (box.bottom < height_) look(level_, box.bottom, box.left, box.right, width_);
  return ends > 0 ? sum / ends : 0;
}

/// The support of the best border that goes right through the box: it may be two pictures.
float BoxJudge::parted(const PixelBox& box) const {
  float most = 0;
  for (const std::size_t x : columns_) {
    const bool is_inside = x > box.left + kStrip && x + kStrip < box.right;
    if (is_inside) most = std::max(most, upright_.support(x, box.top, box.bottom));
  }
  for (const std::size_t y : rows_) {
    const bool is_inside = y > box.top + kStrip && y + kStrip < box.bottom;
    if (is_inside) most = std::max(most, level_.support(y, box.left, box.right));
  }
  return most;
}

/// Above 1 for a box that is livelier or sharper than the rest of the picture, below 1 for one that is
/// blurred or flat beside it.
float BoxJudge::against_the_rest(const PixelBox& box) const {
  const float detail = mean(detail_, box);
  const float detail_of_rest = mean_of_rest(detail_, box);
  const float more = std::max(surplus_of(mean(motion_, box), mean_of_rest(motion_, box), kMotionNoise),
                              surplus_of(detail, detail_of_rest, kDetailNoise));
  return (1 + kLivelierBonus * more) *
         (1 - kFlatterPenalty * surplus_of(detail_of_rest, detail, kDetailNoise));
}

/// Outside the box, without the pixels next to it: what they show is the border.
float BoxJudge::mean_of_rest(const BoxSums& sums, const PixelBox& box) const {
  constexpr std::size_t kBorder = 2;
  const PixelBox whole{0, 0, width_, height_};
  const PixelBox grown{box.left - std::min(box.left, kBorder), box.top - std::min(box.top, kBorder),
                       std::min(box.right + kBorder, width_), std::min(box.bottom + kBorder, height_)};
  const float rest = mean(sums, whole) * area(whole) - mean(sums, grown) * area(grown);
  return std::max(0.0F, rest / std::max(1.0F, area(whole) - area(grown)));
}

}  // namespace reelprint::fingerprint
