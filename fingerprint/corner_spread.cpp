#include "fingerprint/corner_spread.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstdlib>

namespace reelprint::fingerprint {
namespace {

/// A corner over this is found again no more often. Strictly equal shares would bring in weak corners of flat
/// cells, which are not found again: 9 to 15 % fewer inliers under crops and noise. No ceiling would give
/// text too much: 120 takes their 10 inliers from another 5 % of frames with six lines of text (43 frames of
/// 18 clips).
constexpr float kCeiling = 80;

/// Where a corner stands, as two numbers that are quickly compared: the stronger first; ties are settled by
/// what a mirror image keeps, before the side of the picture counts.
struct Rank {
  std::uint64_t strength_level_row = 0;
  std::uint32_t sides = 0;
  std::uint32_t corner = 0;

  bool operator<(const Rank& other) const {
    if (strength_level_row != other.strength_level_row) return strength_level_row < other.strength_level_row;
    return sides < other.sides;
  }
};

/// Strengths are not negative: then their bits are ordered as they are.
Rank rank_of(const Corner& corner, std::size_t position) {
  const std::uint64_t weakness = ~std::bit_cast<std::uint32_t>(corner.strength);
  const auto off_centre = static_cast<std::uint32_t>(std::abs(2 * static_cast<int>(corner.x) - 65535));
  return {weakness << 32 | std::uint64_t{corner.level} << 16 | corner.y, off_centre << 16 | corner.x,
          static_cast<std::uint32_t>(position)};
}

std::vector<Corner> sorted(const std::vector<Corner>& corners) {
  std::vector<Rank> ranks;
  ranks.reserve(corners.size());
  for (const Corner& corner : corners) ranks.push_back(rank_of(corner, ranks.size()));
  std::sort(ranks.begin(), ranks.end());
  std::vector<Corner> ordered;
  ordered.reserve(corners.size());
  for (const Rank& rank : ranks) ordered.push_back(corners[rank.corner]);
  return ordered;
}

std::size_t cell_of(const Corner& corner, std::size_t grid) {
  return corner.y * grid / 65536 * grid + corner.x * grid / 65536;
}

}  // namespace

std::vector<Corner> spread(std::vector<Corner> corners, std::size_t grid, std::size_t most) {
  corners = sorted(corners);
  grid = std::max<std::size_t>(1, grid);
  std::vector<std::size_t> taken(grid * grid, 0);
  std::vector<std::pair<float, std::size_t>> merits;  // negative, so that the best comes first
  merits.reserve(corners.size());
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const auto place = static_cast<float>(++taken[cell_of(corners[i], grid)]);
    merits.emplace_back(-std::min(corners[i].strength, kCeiling) / place, i);
  }
  const std::size_t count = std::min(most, merits.size());
  std::partial_sort(merits.begin(), merits.begin() + static_cast<std::ptrdiff_t>(count), merits.end());
  std::vector<Corner> chosen;
  chosen.reserve(count);
  for (std::size_t i = 0; i < count; ++i) chosen.push_back(corners[merits[i].second]);
  return chosen;
}

}  // namespace reelprint::fingerprint
