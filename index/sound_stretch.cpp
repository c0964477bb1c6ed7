#include "index/sound_stretch.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <utility>

namespace reelprint::index {
namespace {

constexpr double kItemBits = 32;

// Measured on pairs of 17 unrelated clips: of 24 items 0.497 ± 0.047 of the bits differ, of 64 0.499 ± 0.032.
constexpr double kUnrelatedError = 0.497;
constexpr double kUnrelatedDeviation = 0.26;  ///< of one item; neighbours resemble each other

/// Items beside a line: what differs there is what chance gives.
constexpr std::array<double, 8> kShifts{-28, -21, -15, -9, 9, 15, 21, 28};

constexpr double kNovelBits = 3;  ///< an item that differs so far from the one before it counts in full
constexpr double kAgreeingShare = 0.35;

// Chosen on one half of the clips of docs/sound_search.md.
constexpr std::ptrdiff_t kWindow = 12;  ///< items either side of a hit
constexpr double kLeastCompared = 12;   ///< of them
constexpr double kMostWindowError = 0.34;
constexpr double kMostErrorAtAnySpeed = 0.42;  ///< at speed 1, though the speed be another

constexpr double kScoreShare = 0.38;  ///< an item gains where fewer bits differ, and loses where more do
constexpr double kMostDrop = 100;     ///< bits: about 3 s of unrelated sound

// Within ±12 items, half a step of this grid is 0.36 items.
constexpr std::array<double, 10> kSpeeds{1, 1.06, 0.94, 1.12, 0.89, 1.19, 0.84, 1.26, 0.79, 1.33};
constexpr double kFirstSpeedStep = 0.03;
constexpr double kFirstShift = 0.5;  ///< items
constexpr int kRefinements = 6;
constexpr double kWorthRefining = 0.6;  ///< of the best score on the grid
constexpr double kNearlyAsGood = 0.9;   ///< as the best score, for speed 1 to be believed

/// The two items that a line puts beside each other.
struct Compared {
  int bits = 0;       ///< that differ
  double weight = 0;  ///< 0..1: how much is new in them
};

std::optional<Compared> compare_at(ItemSpan query, ItemSpan reference, const ItemLine& line,
                                   std::ptrdiff_t q) {
  if (q < 0 || q >= std::ssize(query)) return std::nullopt;
  const double position = std::floor(line.reference_at(static_cast<double>(q)) + 0.5);
  if (position < 0 || position >= static_cast<double>(reference.size())) return std::nullopt;
  const auto i = static_cast<std::size_t>(q);
  const auto j = static_cast<std::size_t>(position);
  const int novel = std::min(i == 0 ? 32 : std::popcount(query[i] ^ query[i - 1]),
                             j == 0 ? 32 : std::popcount(reference[j] ^ reference[j - 1]));
  return Compared{std::popcount(query[i] ^ reference[j]), std::min(1.0, novel / kNovelBits)};
}

/// Sums over compared items.
struct Difference {
  double bits = 0;
  double weight = 0;

  void add(const Compared& compared) {
    bits += compared.weight * compared.bits;
    weight += compared.weight;
  }
  [[nodiscard]] double error() const { return weight > 0 ? bits / (kItemBits * weight) : 1; }
};

Difference window_difference(ItemSpan query, ItemSpan reference, const ItemLine& line) {
  Difference difference;
  const auto centre = static_cast<std::ptrdiff_t>(line.query);
  for (std::ptrdiff_t q = centre - kWindow; q <= centre + kWindow; ++q) {
    if (const auto compared = compare_at(query, reference, line, q)) difference.add(*compared);
  }
  return difference;
}

/// The lines through the hit on which the items around it agree.
std::vector<ItemLine> lines_through(ItemSpan query, ItemSpan reference, ItemLine line) {
  std::vector<ItemLine> lines;
  for (const double speed : kSpeeds) {
    line.speed = speed;
    const Difference difference = window_difference(query, reference, line);
    if (difference.weight < kLeastCompared) continue;
    if (speed == 1 && difference.error() > kMostErrorAtAnySpeed) return {};
    if (difference.error() <= kMostWindowError) lines.push_back(line);
  }
  return lines;
}

/// Where the score of going from `from` in steps of `step` (±1) is best, and that score.
struct Reach {
  std::ptrdiff_t last = 0;
  double score = 0;
};

Reach extend(ItemSpan query, ItemSpan reference, const ItemLine& line, std::ptrdiff_t step) {
  const auto centre = static_cast<std::ptrdiff_t>(line.query);
  Reach best{step > 0 ? centre - 1 : centre, 0};
  double score = 0;
  for (std::ptrdiff_t q = step > 0 ? centre : centre - 1; score > best.score - kMostDrop; q += step) {
    const auto compared = compare_at(query, reference, line, q);
    if (!compared) break;
    const double gain = kScoreShare * kItemBits - compared->bits;
    score += gain > 0 ? gain * compared->weight : gain;
    if (score > best.score) best = {q, score};
  }
  return best;
}

SoundStretch stretch_along(ItemSpan query, ItemSpan reference, const ItemLine& line) {
  const Reach forward = extend(query, reference, line, 1);
  const Reach backward = extend(query, reference, line, -1);
  SoundStretch stretch;
  stretch.begin = static_cast<std::size_t>(backward.last);
  stretch.end = static_cast<std::size_t>(forward.last + 1);
  stretch.line = line;
  stretch.score = forward.score + backward.score;
  return stretch;
}

/// The stretch on the best line near `line`: halves the steps of position and speed (first `speed_step`, or 0
/// to keep the speed) until the ends of minutes lie right.
SoundStretch refined(ItemSpan query, ItemSpan reference, const ItemLine& line, double speed_step) {
  SoundStretch best = stretch_along(query, reference, line);
  double shift = kFirstShift;
  for (int level = 0; level < kRefinements; ++level, speed_step /= 2, shift /= 2) {
    const ItemLine around = best.line;
    for (const auto& [speed_change, moved] :
         {std::pair{-speed_step, 0.}, {speed_step, 0.}, {0., -shift}, {0., shift}}) {
      if (speed_change == 0 && moved == 0) continue;
      const ItemLine tried{around.query, around.reference + moved,
                           std::clamp(around.speed + speed_change, kSlowestSound, kFastestSound)};
      const SoundStretch stretch = stretch_along(query, reference, tried);
      if (stretch.score > best.score) best = stretch;
    }
  }
  return best;
}

/// The best stretch on any of the lines; at speed 1 unless another speed is clearly better.
SoundStretch best_stretch(ItemSpan query, ItemSpan reference, const std::vector<ItemLine>& lines) {
  std::vector<SoundStretch> coarse;
  double most = 0;
  for (const ItemLine& line : lines) {
    coarse.push_back(stretch_along(query, reference, line));
    most = std::max(most, coarse.back().score);
  }
  SoundStretch best;
  SoundStretch unchanged;
  for (const SoundStretch& stretch : coarse) {
    if (stretch.score < kWorthRefining * most) continue;
    const SoundStretch fine = refined(query, reference, stretch.line, kFirstSpeedStep);
    if (fine.score > best.score) best = fine;
    if (stretch.line.speed == 1) unchanged = refined(query, reference, stretch.line, 0);
  }
  best.score *= kNearlyAsGood;
  return unchanged.score > best.score ? unchanged : best;
}

/// Over the query items of the stretch, at another position of the reference.
Difference stretch_difference(ItemSpan query, ItemSpan reference, const SoundStretch& stretch, double shift) {
  ItemLine line = stretch.line;
  line.reference += shift;
  Difference difference;
  for (std::size_t q = stretch.begin; q < stretch.end; ++q) {
    if (const auto compared = compare_at(query, reference, line, static_cast<std::ptrdiff_t>(q)))
      difference.add(*compared);
  }
  return difference;
}

/// What the two prints differ by where they do not belong together: wind resembles wind at any position.
double chance_error(ItemSpan query, ItemSpan reference, const SoundStretch& stretch, double least_weight) {
  double sum = 0;
  double weight = 0;
  for (const double shift : kShifts) {
    const Difference difference = stretch_difference(query, reference, stretch, shift);
    if (difference.weight < least_weight) continue;
    sum += difference.error();
    weight += 1;
  }
  return weight > 0 ? std::min(sum / weight, kUnrelatedError) : kUnrelatedError;
}

}  // namespace

std::optional<SoundStretch> stretch_around(ItemSpan query, ItemSpan reference, std::size_t query_item,
                                           std::size_t reference_item) {
  const auto lines = lines_through(query, reference,
                                   {static_cast<double>(query_item), static_cast<double>(reference_item), 1});
  if (lines.empty()) return std::nullopt;

  SoundStretch stretch = best_stretch(query, reference, lines);
  const Difference difference = stretch_difference(query, reference, stretch, 0);
  const double chance = chance_error(query, reference, stretch, difference.weight / 3);
  stretch.bit_error = difference.error();
  stretch.evidence = (chance - stretch.bit_error) * std::sqrt(difference.weight) / kUnrelatedDeviation;
  return stretch;
}

std::vector<BlockAgreement> compare_blocks(ItemSpan query, ItemSpan reference, const SoundStretch& stretch) {
  std::vector<BlockAgreement> blocks;
  for (std::size_t q = stretch.begin; q < stretch.end;) {
    const std::size_t end = std::min((q / kBlockItems + 1) * kBlockItems, stretch.end);
    const bool is_covered = (end - q) * 2 >= kBlockItems;
    Difference difference;
    for (; q < end; ++q) {
      if (const auto compared = compare_at(query, reference, stretch.line, static_cast<std::ptrdiff_t>(q)))
        difference.add(*compared);
    }
    if (!is_covered || difference.weight < 1)
      blocks.push_back(BlockAgreement::not_compared);
    else
      blocks.push_back(difference.error() <= kAgreeingShare ? BlockAgreement::agrees
                                                            : BlockAgreement::disagrees);
  }
  return blocks;
}

}  // namespace reelprint::index
