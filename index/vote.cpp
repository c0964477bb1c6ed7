#include "index/vote.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <optional>
#include <utility>

namespace reelprint::index {
namespace {

constexpr double kSlack_s = 0.3;   ///< half a sampling step of the reference, and encoder delays
constexpr double kInlier_s = 0.6;  ///< farthest a hit may be from the line in the refinement
constexpr double kPlainSpeedBonus =
    1.1;                             ///< two lines that explain the same: the unchanged speed is likelier
constexpr double kSampling_s = 0.5;  ///< between two samples of a reference
constexpr int kRefinements = 3;

/// Offsets [low, high] that one query keyframe supports with `weight`.
struct Support {
  double low = 0;
  double high = 0;
  double weight = 0;
};

/// Offsets that the same keyframes support, at one speed.
struct Stretch {
  double speed = 1;
  double low = 0;
  double high = 0;
  double votes = 0;
};

struct Edge {
  double offset = 0;
  double change = 0;
};

/// The query's picture was taken at its keyframe's begin; the reference shows such a picture all through its
/// keyframe.
Support support_of(const Keyframe& query, const Hit& hit, double speed) {
  const Interval& reference = hit.reference->keyframes[hit.keyframe].span;
  const double at_s = speed * to_seconds(query.span.begin);
  return {to_seconds(reference.begin) - at_s - kSlack_s, to_seconds(reference.end) - at_s + kSlack_s,
          hit.weight};
}

/// Merges the overlapping supports of one keyframe, each stretch with its best weight, and adds their edges.
void add_edges(std::vector<Support>& supports, std::vector<Edge>& edges) {
  std::ranges::sort(supports, {}, [](const Support& s) { return std::pair(s.low, s.high); });
  for (std::size_t i = 0; i < supports.size();) {
    Support merged = supports[i];
    for (++i; i < supports.size() && supports[i].low <= merged.high; ++i) {
      merged.high = std::max(merged.high, supports[i].high);
      merged.weight = std::max(merged.weight, supports[i].weight);
    }
    edges.push_back({merged.low, merged.weight});
    edges.push_back({merged.high, -merged.weight});
  }
  supports.clear();
}

double speed_at(std::size_t i) {
  if (2 * i + 1 == kSpeeds) return 1;
  return kSlowest * std::pow(kFastest / kSlowest, static_cast<double>(i) / (kSpeeds - 1));
}

/// The best-supported offsets at one speed, by a sweep over the edges.
Stretch best_at(const Fingerprint& query, std::span<const Hit> hits, double speed) {
  std::vector<Edge> edges;
  std::vector<Support> supports;
  for (std::size_t i = 0; i < hits.size(); ++i) {
    supports.push_back(support_of(query.keyframes[hits[i].query], hits[i], speed));
    if (i + 1 == hits.size() || hits[i + 1].query != hits[i].query) add_edges(supports, edges);
  }
  std::ranges::sort(edges, {}, [](const Edge& e) { return std::pair(e.offset, -e.change); });

  Stretch best{speed, 0, 0, 0};
  double votes = 0;
  for (std::size_t i = 0; i < edges.size(); ++i) {
    votes += edges[i].change;
    if (votes <= best.votes + 1e-9) continue;
    const double until = i + 1 < edges.size() ? edges[i + 1].offset : edges[i].offset;
    best = {speed, edges[i].offset, until, votes};
  }
  return best;
}

struct Point {
  double query_s = 0;
  double reference_s = 0;
  double weight = 0;
};

/// How badly query and reference agree along a line: the sum of the hash distances at the aligned moments,
/// each capped so that what is not a copy at all weighs evenly.
int disagreement(const Fingerprint& query, std::span<const Hit> hits, const TimeLine& line) {
  constexpr int kCap = 100;
  const auto& keyframes = hits.front().reference->keyframes;
  int sum = 0;
  for (const Keyframe& keyframe : query.keyframes) {
    if (!is_searchable(keyframe.hash)) continue;
    const Timestamp aligned = timestamp_of(line.reference_s(to_seconds(keyframe.span.begin)));
    const auto it =
        std::ranges::upper_bound(keyframes, aligned, {}, [](const Keyframe& k) { return k.span.end; });
    if (it == keyframes.end() || !it->span.contains(aligned) || !is_searchable(it->hash)) continue;
    const FrameHash hash = hits.front().mirrored ? mirrored(keyframe.hash) : keyframe.hash;
    sum += std::min(kCap, hamming_distance(hash, it->hash)) - kCap;
  }
  return sum;
}

/// All offsets of a voted stretch have the same pictures on the line, more or less; the one at which they
/// agree best is the offset. Of several equally good ones the middle; of I-frames, most of which begin a
/// shot, the earliest, which puts the shots' starts together.
TimeLine settle(const Fingerprint& query, std::span<const Hit> hits, const Stretch& stretch) {
  constexpr double kStep_s = 0.04;
  constexpr int kMostSteps = 500;
  const int steps = std::min(kMostSteps, static_cast<int>((stretch.high - stretch.low) / kStep_s));
  const double begin_s = (stretch.low + stretch.high - steps * kStep_s) / 2;
  int least = 1;
  int first = 0;  // of the best steps in a row
  int last = 0;
  for (int step = 0; step <= steps; ++step) {
    const int sum = disagreement(query, hits, {stretch.speed, begin_s + step * kStep_s});
    if (sum < least) {
      least = sum;
      first = last = step;
    } else if (sum == least && step == last + 1) {
      last = step;
    }
  }
  const double settled = query.effort == Effort::fast ? first : (first + last) / 2.0;
  return {stretch.speed, begin_s + settled * kStep_s};
}

/// Whether the query's picture is the first of a shot. Of I-frames it is not known, but encoders put them
/// there: one that falls beside a shot start of the reference is taken for it.
bool may_start_shot(const Fingerprint& query, const Keyframe& keyframe, double off_s) {
  return keyframe.starts_shot || (query.effort == Effort::fast && std::abs(off_s) < kInlier_s);
}

/// Where a hit says the line passes. Two shot starts meet exactly; two samples of moving pictures meet to
/// half a sampling step either way; a long still picture only says that the line passes through it.
Point point_of(const Fingerprint& query, const Hit& hit, const TimeLine& line) {
  const Keyframe& reference = hit.reference->keyframes[hit.keyframe];
  const Keyframe& keyframe = query.keyframes[hit.query];
  const double query_s = to_seconds(keyframe.span.begin);
  const double begin_s = to_seconds(reference.span.begin);
  const double aligned_s = line.reference_s(query_s);
  if (reference.starts_shot && may_start_shot(query, keyframe, begin_s - aligned_s)) {
    return {query_s, begin_s, 4 * hit.weight};
  }
  const double still_s = to_seconds(reference.span.length()) - kSampling_s;
  if (still_s < kSampling_s) return {query_s, begin_s, hit.weight};
  return {query_s, std::clamp(aligned_s, begin_s, begin_s + still_s), 0.25 * hit.weight};
}

/// For every query keyframe, of the reference pictures within reach of the line the one most like it: the
/// nearest to the line would only confirm where the line already is.
std::vector<Point> points_on(const Fingerprint& query, std::span<const Hit> hits, const TimeLine& line) {
  std::vector<Point> points;
  for (std::size_t i = 0; i < hits.size();) {
    std::optional<Point> best;
    std::pair<int, double> least;  // distance of the hashes, then from the line
    const std::size_t keyframe = hits[i].query;
    for (; i < hits.size() && hits[i].query == keyframe; ++i) {
      const Point point = point_of(query, hits[i], line);
      const double off_s = std::abs(point.reference_s - line.reference_s(point.query_s));
      const std::pair<int, double> rank{hits[i].distance, off_s};
      if (off_s >= kInlier_s || (best && rank >= least)) continue;
      best = point;
      least = rank;
    }
    if (best) points.push_back(*best);
  }
  return points;
}

double mean_error_s(std::span<const Point> points, const TimeLine& line) {
  double error = 0;
  double weight = 0;
  for (const Point& p : points) {
    error += p.weight * std::abs(p.reference_s - line.reference_s(p.query_s));
    weight += p.weight;
  }
  return weight > 0 ? error / weight : std::numeric_limits<double>::infinity();
}

TimeLine fit(std::span<const Point> points, const TimeLine& start) {
  double weight = 0;
  double mean_q = 0;
  double mean_r = 0;
  for (const Point& p : points) {
    weight += p.weight;
    mean_q += p.weight * p.query_s;
    mean_r += p.weight * p.reference_s;
  }
  if (weight <= 0) return start;
  mean_q /= weight;
  mean_r /= weight;
  double qq = 0;
  double qr = 0;
  for (const Point& p : points) {
    qq += p.weight * (p.query_s - mean_q) * (p.query_s - mean_q);
    qr += p.weight * (p.query_s - mean_q) * (p.reference_s - mean_r);
  }
  const TimeLine same_speed{start.speed, mean_r - start.speed * mean_q};
  if (points.size() < 3 || qq / weight < 1) return same_speed;  // too short a stretch to tell a speed from
  const double speed = qr / qq;
  if (std::abs(speed / start.speed - 1) > 0.03) return same_speed;
  return {speed, mean_r - speed * mean_q};
}

/// An unchanged speed is exact, and far likelier than 0.998: it is taken when it explains the points about as
/// well.
TimeLine prefer_plain_speed(std::span<const Point> points, const TimeLine& line) {
  if (std::abs(line.speed - 1) > 0.02) return line;
  double weight = 0;
  double offset = 0;
  for (const Point& p : points) {
    weight += p.weight;
    offset += p.weight * (p.reference_s - p.query_s);
  }
  if (weight <= 0) return line;
  const TimeLine unchanged{1, offset / weight};
  return mean_error_s(points, unchanged) <= mean_error_s(points, line) * 1.1 + 0.03 ? unchanged : line;
}

Candidate refined(const Fingerprint& query, std::span<const Hit> hits, const Stretch& best) {
  TimeLine line = settle(query, hits, best);
  std::vector<Point> points;
  for (int round = 0; round < kRefinements; ++round) {
    points = points_on(query, hits, line);
    line = fit(points, line);
  }
  return {prefer_plain_speed(points, line), best.votes};
}

}  // namespace

Candidate vote(const Fingerprint& query, std::span<const Hit> hits) {
  if (hits.empty()) return {};
  Stretch best;
  double best_rank = 0;
  for (std::size_t i = 0; i < kSpeeds; ++i) {
    const Stretch at = best_at(query, hits, speed_at(i));
    const double rank = at.votes * (at.speed == 1 ? kPlainSpeedBonus : 1);
    if (rank <= best_rank) continue;
    best_rank = rank;
    best = at;
  }
  return refined(query, hits, best);
}

std::vector<Candidate> vote_for_others(const Fingerprint& query, std::span<const Hit> hits,
                                       const TimeLine& line) {
  constexpr double kShareOfVotes = 0.85;
  constexpr double kApart = 0.05;
  constexpr std::size_t kMostLines = 4;
  std::vector<Stretch> ranked;
  for (std::size_t i = 0; i < kSpeeds; ++i) ranked.push_back(best_at(query, hits, speed_at(i)));
  const double most = std::ranges::max(ranked, {}, &Stretch::votes).votes;
  std::ranges::stable_sort(ranked, std::ranges::greater{},
                           [](const Stretch& s) { return s.votes * (s.speed == 1 ? kPlainSpeedBonus : 1); });
  std::vector<double> tried{line.speed};
  std::vector<Candidate> candidates;
  for (const Stretch& stretch : ranked) {
    const bool is_tried = std::ranges::any_of(
        tried, [&](double speed) { return std::abs(stretch.speed / speed - 1) < kApart; });
    if (is_tried || stretch.votes < kShareOfVotes * most) continue;
    tried.push_back(stretch.speed);
    candidates.push_back(refined(query, hits, stretch));
    if (candidates.size() == kMostLines) break;
  }
  return candidates;
}

}  // namespace reelprint::index
