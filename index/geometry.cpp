#include "index/geometry.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace reelprint::index {
namespace {

constexpr std::size_t kMostProposers = 24;
constexpr double kLargestScale = 5;
constexpr double kLeastBase = 0.05;  ///< two points nearer than this say nothing of scale and turn
constexpr double kTurnTolerance = std::numbers::pi / 6;

std::optional<Similarity> through(const PointPair& p, const PointPair& q) {
  const double qx = q.query.x - p.query.x;
  const double qy = q.query.y - p.query.y;
  const double rx = q.reference.x - p.reference.x;
  const double ry = q.reference.y - p.reference.y;
  const double base = qx * qx + qy * qy;
  if (base < kLeastBase * kLeastBase || rx * rx + ry * ry < kLeastBase * kLeastBase) return std::nullopt;
  Similarity s;
  s.a = (qx * rx + qy * ry) / base;
  s.b = (qx * ry - qy * rx) / base;
  if (s.scale() > kLargestScale || s.scale() < 1 / kLargestScale) return std::nullopt;
  s.tx = p.reference.x - (s.a * p.query.x - s.b * p.query.y);
  s.ty = p.reference.y - (s.b * p.query.x + s.a * p.query.y);
  return s;
}

double turn_of(const Similarity& transform) {
  return std::atan2(transform.b, transform.a);
}

bool is_turned_alike(double a, double b) {
  return std::abs(std::remainder(a - b, 2 * std::numbers::pi)) <= kTurnTolerance;
}

/// A transform with what is asked of it again and again.
struct Proposal {
  Similarity transform;
  double turn = 0;

  [[nodiscard]] bool fits(const PointPair& pair, double tolerance) const {
    const Point mapped = transform.map(pair.query);
    const double dx = mapped.x - pair.reference.x;
    const double dy = mapped.y - pair.reference.y;
    return dx * dx + dy * dy <= tolerance * tolerance && is_turned_alike(turn, pair.turn);
  }
};

/// The pairs that fit, one a place on either side.
std::vector<std::size_t> places_of(std::span<const PointPair> pairs, const Proposal& proposal,
                                   double tolerance) {
  std::vector<std::size_t> inliers;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (!proposal.fits(pairs[i], tolerance)) continue;
    const bool is_new = std::ranges::none_of(inliers, [&](std::size_t k) {
      return distance(pairs[k].reference, pairs[i].reference) < tolerance ||
             distance(pairs[k].query, pairs[i].query) < tolerance / kLargestScale;
    });
    if (is_new) inliers.push_back(i);
  }
  return inliers;
}

/// Replaces `best` if more places obey the proposal.
void try_proposal(std::span<const PointPair> pairs, const Proposal& proposal, double tolerance,
                  GeometricFit& best) {
  const auto fitting =
      std::ranges::count_if(pairs, [&](const PointPair& pair) { return proposal.fits(pair, tolerance); });
  if (std::cmp_less_equal(fitting, best.inliers.size())) return;
  auto inliers = places_of(pairs, proposal, tolerance);
  if (inliers.size() > best.inliers.size()) best = {proposal.transform, std::move(inliers)};
}

/// Umeyama's closed form in two dimensions, without reflection.
Similarity least_squares(std::span<const PointPair> pairs, const std::vector<std::size_t>& chosen) {
  Point q;
  Point r;
  const auto n = static_cast<double>(chosen.size());
  for (const std::size_t i : chosen) {
    q.x += pairs[i].query.x / n;
    q.y += pairs[i].query.y / n;
    r.x += pairs[i].reference.x / n;
    r.y += pairs[i].reference.y / n;
  }
  double along = 0;
  double across = 0;
  double base = 0;
  for (const std::size_t i : chosen) {
    const double qx = pairs[i].query.x - q.x;
    const double qy = pairs[i].query.y - q.y;
    const double rx = pairs[i].reference.x - r.x;
    const double ry = pairs[i].reference.y - r.y;
    along += qx * rx + qy * ry;
    across += qx * ry - qy * rx;
    base += qx * qx + qy * qy;
  }
  Similarity s;
  if (base > 0) {
    s.a = along / base;
    s.b = across / base;
  }
  s.tx = r.x - (s.a * q.x - s.b * q.y);
  s.ty = r.y - (s.b * q.x + s.a * q.y);
  return s;
}

}  // namespace

std::optional<GeometricFit> fit_similarity(std::span<const PointPair> pairs, double tolerance) {
  GeometricFit best;
  const std::size_t proposers = std::min(pairs.size(), kMostProposers);
  for (std::size_t i = 0; i < proposers; ++i) {
    for (std::size_t j = i + 1; j < proposers; ++j) {
      if (!is_turned_alike(pairs[i].turn, pairs[j].turn)) continue;
      const auto transform = through(pairs[i], pairs[j]);
      if (transform) try_proposal(pairs, {*transform, turn_of(*transform)}, tolerance, best);
    }
  }
  if (best.inliers.size() < 3) return std::nullopt;
  const Similarity refined = least_squares(pairs, best.inliers);
  auto inliers = places_of(pairs, {refined, turn_of(refined)}, tolerance);
  if (inliers.size() >= best.inliers.size()) best = {refined, std::move(inliers)};
  return best;
}

std::vector<std::size_t> obeying(std::span<const PointPair> pairs, const Similarity& transform,
                                 double tolerance) {
  return places_of(pairs, {transform, turn_of(transform)}, tolerance);
}

}  // namespace reelprint::index
