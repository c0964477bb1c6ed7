#include "fingerprint/line_map.h"

#include <algorithm>

namespace reelprint::fingerprint {
namespace {

constexpr std::size_t kReach = 3;      // columns from a line to what it is compared with
constexpr float kContrastNoise = 2;    // levels of contrast that mean nothing
constexpr float kChangeNoise = 1;      // and of its change
constexpr float kRunLevel = 0.3F;      // support above which a row makes a run longer
constexpr std::size_t kApart = 3;      // columns that two lines are at least apart
constexpr float kShortestRun = 0.04F;  // least surplus of a run, in heights

/// How far each value of a row stands out against both of its neighbours kReach off: 0 where it is their
/// mean, 1 from twice that and the noise on. A border half-way through a pixel spreads over two values, hence
/// the sum of three.
void find_peaks(const float* row, float noise, std::vector<float>& peaks) {
  const std::size_t width = peaks.size();
  if (width < 2 * kReach + 3) return;
  std::vector<float> soft(width);
  for (std::size_t x = 1; x + 1 < width; ++x) soft[x] = row[x] + 0.5F * (row[x - 1] + row[x + 1]);
  for (std::size_t x = kReach + 1; x + kReach + 1 < width; ++x) {
    const float beside = 0.5F * (soft[x - kReach] + soft[x + kReach]);
    peaks[x] = std::clamp((soft[x] - beside) / (beside + noise), 0.0F, 1.0F);
  }
}

}  // namespace

PixelMap PixelMap::transposed() const {
  PixelMap turned{height, width, std::vector<float>(values.size())};
  for (std::size_t y = 0; y < height; ++y) {
    for (std::size_t x = 0; x < width; ++x) turned.values[x * height + y] = values[y * width + x];
  }
  return turned;
}

BoxSums::BoxSums(const PixelMap& map) : stride_(map.width + 1), sums_((map.width + 1) * (map.height + 1)) {
  for (std::size_t y = 0; y < map.height; ++y) {
    double row = 0;
    for (std::size_t x = 0; x < map.width; ++x) {
      row += map.at(x, y);
      sums_[(y + 1) * stride_ + x + 1] = sums_[y * stride_ + x + 1] + row;
    }
  }
}

float BoxSums::mean(std::size_t left, std::size_t top, std::size_t right, std::size_t bottom) const {
  if (left >= right || top >= bottom) return 0;
  const double sum = sums_[bottom * stride_ + right] - sums_[bottom * stride_ + left] -
                     sums_[top * stride_ + right] + sums_[top * stride_ + left];
  return static_cast<float>(sum / static_cast<double>((right - left) * (bottom - top)));
}

LineMap::LineMap(const PixelMap& contrast, const PixelMap& change)
    : width_(contrast.width), height_(contrast.height), sums_((contrast.height + 1) * contrast.width) {
  std::vector<float> contrast_peak(width_);
  std::vector<float> change_peak(width_);
  for (std::size_t y = 0; y < height_; ++y) {
    find_peaks(contrast.values.data() + y * width_, kContrastNoise, contrast_peak);
    find_peaks(change.values.data() + y * width_, kChangeNoise, change_peak);
    const float* above = sums_.data() + y * width_;
    float* below = sums_.data() + (y + 1) * width_;
    for (std::size_t x = 0; x < width_; ++x) below[x] = above[x] + 0.5F * (contrast_peak[x] + change_peak[x]);
  }
}

float LineMap::support(std::size_t x, std::size_t top, std::size_t bottom) const {
  if (top >= bottom || bottom > height_) return 0;
  const float* above = sums_.data() + top * width_;
  const float* below = sums_.data() + bottom * width_;
  float best = 0;
  for (std::size_t at = x > 0 ? x - 1 : 0; at <= std::min(x + 1, width_ - 1); ++at) {
    best = std::max(best, below[at] - above[at]);
  }
  return best / static_cast<float>(bottom - top);
}

std::vector<std::size_t> LineMap::lines(std::size_t most) const {
  // Of each column the run of rows whose support exceeds kRunLevel by the largest sum (Kadane).
  std::vector<float> run(width_);
  std::vector<float> best(width_);
  for (std::size_t y = 0; y < height_; ++y) {
    const float* above = sums_.data() + y * width_;
    for (std::size_t x = 0; x < width_; ++x) {
      run[x] = std::max(0.0F, run[x] + above[x + width_] - above[x] - kRunLevel);
      best[x] = std::max(best[x], run[x]);
    }
  }
  std::vector<std::size_t> order(width_);
  for (std::size_t x = 0; x < width_; ++x) order[x] = x;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return best[a] > best[b]; });
  std::vector<std::size_t> chosen;
  for (const std::size_t x : order) {
    if (chosen.size() == most || best[x] < kShortestRun * static_cast<float>(height_)) break;
    const bool is_new = std::none_of(chosen.begin(), chosen.end(), [&](std::size_t other) {
      return (x > other ? x - other : other - x) < kApart;
    });
    if (is_new) chosen.push_back(x);
  }
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

}  // namespace reelprint::fingerprint
