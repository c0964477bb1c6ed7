#include "fingerprint/layout.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "fingerprint/box_judge.h"

namespace reelprint::fingerprint {
namespace {

constexpr std::size_t kWorkingSide = 240;
constexpr std::size_t kSmallestSide = 32;
constexpr std::size_t kLeastShare = 9;  // one in so many of the short side: the least side of a box
constexpr std::size_t kLeastWidth = 5;  // one in so many of the width
constexpr float kLeastScore = 0.3F;
constexpr float kSameOverlap = 0.7F;  // of two boxes: one is enough

void add_difference(const std::uint8_t* a, const std::uint8_t* b, std::size_t count, std::uint32_t* sums) {
  for (std::size_t i = 0; i < count; ++i) sums[i] += static_cast<std::uint32_t>(std::abs(a[i] - b[i]));
}

/// Of the difference that a sample has from the one `step` before it.
void add_change(const std::uint8_t* now, const std::uint8_t* before, std::size_t step,
                std::pair<std::size_t, std::uint32_t*> sums) {
  const auto [count, out] = sums;
  const std::uint8_t* now_next = now + step;
  const std::uint8_t* before_next = before + step;
  for (std::size_t i = 0; i < count; ++i) {
    const int change = now_next[i] - now[i] - before_next[i] + before[i];
    out[i] += static_cast<std::uint32_t>(std::abs(change));
  }
}

void add_detail(const std::uint8_t* row, std::size_t width, std::uint32_t* sums) {
  const std::uint8_t* above = row - width;
  const std::uint8_t* below = row + width;
  for (std::size_t x = 1; x + 1 < width; ++x) {
    const int across = 2 * row[x] - row[x - 1] - row[x + 1];
    const int down = 2 * row[x] - above[x] - below[x];
    sums[x] += static_cast<std::uint32_t>(std::abs(across) + std::abs(down));
  }
}

PixelMap mean_of(const std::vector<std::uint32_t>& sums, const LumaPicture& size, std::size_t count) {
  PixelMap map{size.width, size.height, std::vector<float>(sums.size())};
  const float share = count > 0 ? 1.0F / static_cast<float>(count) : 0.0F;
  for (std::size_t i = 0; i < sums.size(); ++i) map.values[i] = share * static_cast<float>(sums[i]);
  return map;
}

float overlap(const PixelBox& a, const PixelBox& b) {
  const auto area = [](const PixelBox& box) {
    const bool is_empty = box.left >= box.right || box.top >= box.bottom;
    return is_empty ? 0.0F : static_cast<float>((box.right - box.left) * (box.bottom - box.top));
  };
  const float both = area({std::max(a.left, b.left), std::max(a.top, b.top), std::min(a.right, b.right),
                           std::min(a.bottom, b.bottom)});
  return both / (area(a) + area(b) - both);
}

struct Scored {
  PixelBox box;
  float score;
};

/// Every rectangle between two columns and two rows that is large enough and likely, the likeliest first.
std::vector<Scored> score_all(const BoxJudge& judge) {
  const auto& columns = judge.columns();
  const auto& rows = judge.rows();
  const std::size_t least =
      std::max(BoxJudge::kLeastSide, std::min(columns.back(), rows.back()) / kLeastShare);
  const std::size_t least_width = std::max(least, columns.back() / kLeastWidth);
  std::vector<Scored> all;
  for (std::size_t l = 0; l < columns.size(); ++l) {
    for (std::size_t r = l + 1; r < columns.size(); ++r) {
      if (columns[r] - columns[l] < least_width) continue;
      for (std::size_t t = 0; t < rows.size(); ++t) {
        for (std::size_t b = t + 1; b < rows.size(); ++b) {
          if (rows[b] - rows[t] < least) continue;
          const PixelBox box{columns[l], rows[t], columns[r], rows[b]};
          const float score = judge.score(box);
          if (score > kLeastScore) all.push_back({box, score});
        }
      }
    }
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Scored& a, const Scored& b) { return a.score > b.score; });
  return all;
}

}  // namespace

void LayoutFinder::add(const LumaPicture& picture) {
  if (picture.width == 0 || picture.height == 0 || pictures_ == kMostPictures) return;
  LumaPicture now = pictures_ == 0 ? shrink_to(picture.plane(), kWorkingSide)
                                   : resample(picture.plane(), last_.width, last_.height);
  const std::size_t width = now.width;
  const std::size_t height = now.height;
  const std::size_t below_first = width * (height - 1);
  for (auto* sums : {&across_, &down_, &across_change_, &down_change_, &detail_, &motion_}) {
    sums->resize(width * height);
  }
  const std::uint8_t* luma = now.luma.data();
  const std::uint8_t* before = last_.luma.data();
  add_difference(luma + width, luma, below_first, down_.data() + width);
  if (pictures_ > 0) {
    add_difference(luma, before, width * height, motion_.data());
    add_change(luma, before, width, {below_first, down_change_.data() + width});
  }
  for (std::size_t y = 0; y < height; ++y) {
    const std::size_t row = y * width;
    add_difference(luma + row + 1, luma + row, width - 1, across_.data() + row + 1);
    if (pictures_ > 0) {
      add_change(luma + row, before + row, 1, {width - 1, across_change_.data() + row + 1});
    }
    if (y > 0 && y + 1 < height) add_detail(luma + row, width, detail_.data() + row);
  }
  last_ = std::move(now);
  ++pictures_;
}

std::vector<PictureBox> LayoutFinder::find(std::size_t most) const {
  if (most == 0 || std::min(last_.width, last_.height) < kSmallestSide) return {};
  const BoxJudge judge({mean_of(across_, last_, pictures_), mean_of(down_, last_, pictures_),
                        mean_of(across_change_, last_, pictures_ - 1),
                        mean_of(down_change_, last_, pictures_ - 1), mean_of(detail_, last_, pictures_),
                        mean_of(motion_, last_, pictures_ - 1)});
  std::vector<PixelBox> chosen;
  for (const auto& [box, score] : score_all(judge)) {
    if (chosen.size() == most) break;
    const bool is_known = std::any_of(chosen.begin(), chosen.end(), [&next = box](const PixelBox& other) {
      return overlap(next, other) > kSameOverlap;
    });
    if (!is_known) chosen.push_back(box);
  }
  const auto part = [](std::size_t at, std::size_t of) {
    return static_cast<float>(at) / static_cast<float>(of);
  };
  std::vector<PictureBox> boxes;
  for (const PixelBox& box : chosen) {
    boxes.push_back({part(box.left, last_.width), part(box.top, last_.height), part(box.right, last_.width),
                     part(box.bottom, last_.height)});
  }
  return boxes;
}

}  // namespace reelprint::fingerprint
