#include "index/moment.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <vector>

namespace reelprint::index {
namespace {

constexpr std::size_t kCells = kThumbnailSize * kThumbnailSize;
constexpr double kMoves = 6;             ///< levels of deviation over time from which a cell moves
constexpr std::size_t kLeastMoving = 8;  ///< cells of a shot, for it to have a moment
constexpr std::size_t kLeastPairs = 3;   ///< of a shot
constexpr double kBeside_s = 0.15;       ///< between two pictures that are taken for one moment
constexpr double kStill_s = 0.6;         ///< length of a keyframe in which nothing moves

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

/// One shot's aligned pictures; the query's as the reference would show them.
struct Shot {
  std::vector<Thumbnail> query;
  std::vector<const Thumbnail*> reference;
};

Thumbnail flipped(const Thumbnail& thumbnail) {
  Thumbnail mirror{};
  for (std::size_t row = 0; row < kThumbnailSize; ++row) {
    const auto from = thumbnail.begin() + static_cast<std::ptrdiff_t>(row * kThumbnailSize);
    std::reverse_copy(from, from + kThumbnailSize,
                      mirror.begin() + static_cast<std::ptrdiff_t>(row * kThumbnailSize));
  }
  return mirror;
}

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
bool add_cell(const Shot& shot, std::size_t cell, Sums& sums) {
  const auto n = static_cast<double>(shot.query.size());
  double mean_q = 0;
  double mean_r = 0;
  for (std::size_t i = 0; i < shot.query.size(); ++i) {
    mean_q += shot.query[i][cell] / n;
    mean_r += (*shot.reference[i])[cell] / n;
  }
  Sums own;
  for (std::size_t i = 0; i < shot.query.size(); ++i) {
    const double q = shot.query[i][cell] - mean_q;
    const double r = (*shot.reference[i])[cell] - mean_r;
    own.qq += q * q;
    own.qr += q * r;
    own.rr += r * r;
  }
  if (own.rr < kMoves * kMoves * n && own.qq < kMoves * kMoves * n) return false;
  sums.add(own);
  return true;
}

}  // namespace

std::optional<double> moment_agreement(std::span<const MomentPair> pairs, bool mirrored) {
  std::map<std::size_t, Shot> shots;
  for (const MomentPair& pair : pairs) {
    shots[pair.shot].query.push_back(mirrored ? flipped(pair.query) : pair.query);
    shots[pair.shot].reference.push_back(&pair.reference);
  }
  Sums sums;
  for (const auto& [number, shot] : shots) {
    if (shot.query.size() < kLeastPairs) continue;
    Sums own;
    std::size_t moving = 0;
    for (std::size_t cell = 0; cell < kCells; ++cell) moving += add_cell(shot, cell, own) ? 1 : 0;
    if (moving >= kLeastMoving) sums.add(own);
  }
  if (sums.qq <= 0 || sums.rr <= 0) return std::nullopt;
  return sums.qr / std::sqrt(sums.qq * sums.rr);
}

std::optional<double> moment_of(const Fingerprint& query, const Alignment& alignment,
                                const Fingerprint& reference) {
  if (query.thumbnails.empty() || reference.thumbnails.empty()) return std::nullopt;
  const auto shots = shot_numbers(reference);
  std::vector<MomentPair> pairs;
  for (std::size_t i = 0; i < query.keyframes.size(); ++i) {
    const Timestamp at = query.keyframes[i].span.begin;
    if (!alignment.query_span.contains(at)) continue;
    const auto beside = keyframe_beside(reference, alignment.line.reference_s(to_seconds(at)));
    if (beside) pairs.push_back({query.thumbnails[i], reference.thumbnails[*beside], shots[*beside]});
  }
  return moment_agreement(pairs, alignment.mirrored);
}

}  // namespace reelprint::index
