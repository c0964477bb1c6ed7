#include "index/moment.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <list>
#include <map>
#include <vector>

namespace reelprint::index {
namespace {

constexpr std::size_t kCells = kThumbnailSize * kThumbnailSize;
constexpr double kMoves = 6;             ///< levels of deviation over time from which a cell moves
constexpr std::size_t kLeastMoving = 8;  ///< cells of a shot, for it to have a moment
constexpr std::size_t kLeastPairs = 3;   ///< of a shot
constexpr double kBeside_s = 0.15;       ///< between two pictures that are taken for one moment
constexpr double kStep_s = 0.1;          ///< between the lines tried around an alignment's
constexpr int kMostSteps = 6;            ///< of them to each side
constexpr int kMostSpeedSteps = 4;       ///< the same for its speed, about the middle of it
constexpr double kSpeedStep = 0.0125;
constexpr double kWorthMoving = 0.1;  ///< of significance
/// Significance that other moments of a set reach, on the tune split of bench/accuracy: 2.09 along the line
/// that was found; the best of some twenty lines goes about one deviation further.
constexpr double kChance = 2.15;
constexpr double kChanceSought = 3.3;
constexpr double kWorthAnotherSpeed = 0.5;
constexpr double kSpeedIsRight = 0.6;  ///< agreement from which no other speed is tried
constexpr double kWellAligned = 0.8;   ///< agreement from which the line is good to the frame
constexpr double kStill_s = 0.6;       ///< length of a keyframe in which nothing moves

/// The reference keyframe whose picture shows `aligned_s`: taken within kBeside_s of it, or standing still
/// there.
std::optional<std::size_t> keyframe_beside(const Fingerprint& print, double aligned_s) {
  const Timestamp at = timestamp_of(aligned_s);
  const auto& keyframes = print.keyframes;
  auto it = std::ranges::upper_bound(keyframes, at, {}, [](const Keyframe& k) { return k.span.end; });
  if (it == keyframes.end() || !it->span.contains(at)) return std::nullopt;
  const auto off_s = [&](auto keyframe) { return std::abs(to_seconds(keyframe->span.begin) - aligned_s); };
  const auto next = it + 1;
  if (next != keyframes.end() && !next->starts_shot && off_s(next) < off_s(it)) it = next;
  const bool stands_still = it->span.contains(at) && to_seconds(it->span.length()) > kStill_s;
  if (!stands_still && off_s(it) > kBeside_s) return std::nullopt;
  return static_cast<std::size_t>(it - keyframes.begin());
}

/// For every keyframe the number of the shot that it lies in.
std::vector<std::size_t> shot_numbers(const Fingerprint& print) {
  std::vector<std::size_t> numbers;
  std::size_t shot = 0;
  for (const Keyframe& keyframe : print.keyframes) {
    if (keyframe.starts_shot) ++shot;
    numbers.push_back(shot);
  }
  return numbers;
}

/// Two pictures on one grid, in one shot.
struct GridPair {
  const GridLuma* query = nullptr;
  const GridLuma* reference = nullptr;
};
using Shots = std::map<std::size_t, std::vector<GridPair>>;

struct Sums {
  double qq = 0;
  double qr = 0;
  double rr = 0;

  void add(const Sums& other) {
    qq += other.qq;
    qr += other.qr;
    rr += other.rr;
  }
};

/// Adds what a cell of a shot says, if it moves on either side; returns whether it does.
bool add_cell(const std::vector<GridPair>& shot, std::size_t cell, Sums& sums) {
  const auto n = static_cast<double>(shot.size());
  double mean_q = 0;
  double mean_r = 0;
  for (const GridPair& pair : shot) {
    if (!pair.query->is_valid[cell] || !pair.reference->is_valid[cell]) return false;
    mean_q += pair.query->luma[cell] / n;
    mean_r += pair.reference->luma[cell] / n;
  }
  Sums own;
  for (const GridPair& pair : shot) {
    const double q = pair.query->luma[cell] - mean_q;
    const double r = pair.reference->luma[cell] - mean_r;
    own.qq += q * q;
    own.qr += q * r;
    own.rr += r * r;
  }
  if (own.rr < kMoves * kMoves * n && own.qq < kMoves * kMoves * n) return false;
  sums.add(own);
  return true;
}

std::optional<Moment> correlate(const Shots& shots) {
  Sums sums;
  Moment moment;
  for (const auto& [number, shot] : shots) {
    if (shot.size() < kLeastPairs) continue;
    Sums own;
    std::size_t moving = 0;
    for (std::size_t cell = 0; cell < kCells; ++cell) moving += add_cell(shot, cell, own) ? 1 : 0;
    if (moving < kLeastMoving) continue;
    sums.add(own);
    moment.freedom += static_cast<double>(shot.size() - 1);
  }
  if (sums.qq <= 0 || sums.rr <= 0) return std::nullopt;
  moment.agreement = sums.qr / std::sqrt(sums.qq * sums.rr);
  return moment;
}

/// The stretches of the query whose pictures the negative bank has: each from one aligned picture to the
/// next.
std::vector<Interval> left_out_of(const Alignment& alignment) {
  std::vector<Interval> stretches;
  const auto& keyframes = alignment.keyframes;
  for (std::size_t i = 0; i < keyframes.size(); ++i) {
    if (!keyframes[i].negative) continue;
    const bool is_last = i + 1 == keyframes.size();
    stretches.push_back(
        {keyframes[i].shown_at, is_last ? alignment.query_span.end : keyframes[i + 1].shown_at});
  }
  return stretches;
}

/// By the picture of the alignment that agrees best; whole on whole where hashes were compared.
Laying laying_of(const Fingerprint& query, const Alignment& alignment, const Fingerprint& reference) {
  Laying laying;
  laying.mirrored = alignment.mirrored;
  const auto best = std::ranges::max_element(alignment.keyframes, {}, &AlignedKeyframe::inliers);
  if (best == alignment.keyframes.end() || best->inliers == 0) return laying;
  return {best->transform, size_of(query), size_of(reference), alignment.mirrored};
}

}  // namespace

std::optional<Moment> moment_agreement(std::span<const MomentPair> pairs, const Laying& laying) {
  const CommonGrid grid(laying);
  std::list<GridLuma> pictures;  // a list: pointers to them stay valid
  Shots shots;
  for (const MomentPair& pair : pairs) {
    GridPair& on_grid = shots[pair.shot].emplace_back();
    on_grid.query = &pictures.emplace_back(grid.of_query(pair.query));
    on_grid.reference = &pictures.emplace_back(grid.of_reference(pair.reference));
  }
  return correlate(shots);
}

/// The pictures on the common grid, made when first asked for.
struct MomentTest::Pictures {
  const Fingerprint& query;
  const Fingerprint& reference;
  Interval span;
  std::vector<Interval> left_out;
  CommonGrid grid;
  std::vector<std::size_t> shots;
  std::map<std::size_t, GridLuma> of_query;
  std::map<std::size_t, GridLuma> of_reference;

  [[nodiscard]] bool is_asked(Timestamp at) const {
    return span.contains(at) &&
           std::ranges::none_of(left_out, [&](const Interval& stretch) { return stretch.contains(at); });
  }
  [[nodiscard]] const GridLuma* query_at(std::size_t i) {
    auto it = of_query.find(i);
    if (it == of_query.end()) it = of_query.emplace(i, grid.of_query(query.thumbnails[i])).first;
    return &it->second;
  }
  [[nodiscard]] const GridLuma* reference_at(std::size_t i) {
    auto it = of_reference.find(i);
    if (it == of_reference.end())
      it = of_reference.emplace(i, grid.of_reference(reference.thumbnails[i])).first;
    return &it->second;
  }
};

MomentTest::MomentTest(const Fingerprint& query, const Alignment& alignment, const Fingerprint& reference)
    : pictures_(new Pictures{query,
                             reference,
                             alignment.query_span,
                             left_out_of(alignment),
                             CommonGrid(laying_of(query, alignment, reference)),
                             shot_numbers(reference),
                             {},
                             {}}) {}

MomentTest::~MomentTest() = default;

std::optional<Moment> MomentTest::moment_along(const TimeLine& line) {
  Pictures& own = *pictures_;
  if (own.query.thumbnails.empty() || own.reference.thumbnails.empty()) return std::nullopt;
  Shots shots;
  for (std::size_t i = 0; i < own.query.keyframes.size(); ++i) {
    const Timestamp at = own.query.keyframes[i].span.begin;
    if (!own.is_asked(at)) continue;
    const auto beside = keyframe_beside(own.reference, line.reference_s(to_seconds(at)));
    if (beside) shots[own.shots[*beside]].push_back({own.query_at(i), own.reference_at(*beside)});
  }
  return correlate(shots);
}

double significance(const Moment& moment) {
  return moment.agreement * std::sqrt(moment.freedom);
}

double beyond_chance(const Moment& moment) {
  return significance(moment) - (moment.was_sought ? kChanceSought : kChance);
}

void settle_moment(Alignment& alignment, const Fingerprint& query, const Fingerprint& reference) {
  MomentTest test(query, alignment, reference);
  alignment.moment = test.moment_along(alignment.line);
  if (alignment.moment) alignment.moment->was_sought = alignment.is_second_choice;
  if (alignment.moment && alignment.moment->agreement >= kWellAligned) return;
  const double centre_s = (to_seconds(alignment.query_span.begin) + to_seconds(alignment.query_span.end)) / 2;
  TimeLine best = alignment.line;
  const auto try_line = [&](const TimeLine& line, double worth) {
    const auto moment = test.moment_along(line);
    if (!moment || (alignment.moment && significance(*moment) < significance(*alignment.moment) + worth))
      return;
    alignment.moment = moment;
    alignment.moment->was_sought = true;
    best = line;
  };
  const TimeLine found = alignment.line;
  for (int step = -kMostSteps; step <= kMostSteps; ++step) {
    try_line({found.speed, found.offset_s + step * kStep_s}, kWorthMoving);
  }
  const bool is_settled = alignment.moment && beyond_chance(*alignment.moment) >= 0 &&
                          alignment.moment->agreement >= kSpeedIsRight;
  const TimeLine shifted = best;
  for (int step = -kMostSpeedSteps; !is_settled && step <= kMostSpeedSteps; ++step) {
    const double speed = shifted.speed * (1 + step * kSpeedStep);
    try_line({speed, shifted.reference_s(centre_s) - speed * centre_s}, kWorthAnotherSpeed);
  }
  move_to(alignment, best);
}

}  // namespace reelprint::index
