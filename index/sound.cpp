#include "index/sound.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace reelprint::index {
namespace {

constexpr double kAgreeingShare =
    0.35;  ///< of a block's bits may differ; unrelated sound differs in half of them
constexpr double kLongestShift_s = 0.5;
constexpr double kLeast_s = 3;
constexpr double kMostSpeedChange = 0.03;

/// The item that describes media time `t_s`, or nothing outside the print.
std::optional<std::uint32_t> item_at(const AudioPrint& print, double t_s) {
  const double position = (t_s - to_seconds(print.begin)) / to_seconds(print.step);
  if (position < 0 || position >= static_cast<double>(print.items.size())) return std::nullopt;
  return print.items[static_cast<std::size_t>(position)];
}

struct Blocks {
  int compared = 0;
  int agreeing = 0;
};

Blocks compare_blocks(const AudioPrint& query, const AudioPrint& reference, const Match& match,
                      double shift_s) {
  const double step_s = to_seconds(query.step);
  const auto per_block = static_cast<int>(std::lround(1 / step_s));
  const double end_s = to_seconds(match.query_span.end);
  Blocks blocks;
  int items = 0;
  int bits = 0;
  for (double q_s = to_seconds(match.query_span.begin); q_s < end_s; q_s += step_s) {
    const double into_s = q_s - to_seconds(match.query_span.begin);
    const auto a = item_at(query, q_s);
    const auto b =
        item_at(reference, to_seconds(match.reference_span.begin) + into_s * match.speed + shift_s);
    if (!a || !b) continue;
    bits += std::popcount(*a ^ *b);
    if (++items < per_block) continue;
    ++blocks.compared;
    if (bits <= kAgreeingShare * 32 * items) ++blocks.agreeing;
    items = bits = 0;
  }
  return blocks;
}

}  // namespace

std::optional<double> sound_agreement(const AudioPrint& query, const AudioPrint& reference,
                                      const Match& match) {
  if (query.items.empty() || reference.items.empty() || query.step != reference.step) return std::nullopt;
  if (to_seconds(query.step) < 0.001 || std::abs(match.speed - 1) > kMostSpeedChange) return std::nullopt;

  std::optional<double> best;
  const double step_s = to_seconds(query.step);
  const auto shifts = static_cast<int>(kLongestShift_s / step_s);
  for (int shift = -shifts; shift <= shifts; ++shift) {
    const Blocks blocks = compare_blocks(query, reference, match, shift * step_s);
    if (blocks.compared < kLeast_s) continue;
    best = std::max(best.value_or(0), static_cast<double>(blocks.agreeing) / blocks.compared);
  }
  return best;
}

}  // namespace reelprint::index
