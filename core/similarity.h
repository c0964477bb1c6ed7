// How one picture lies in another: scaled, turned, moved.
#pragma once

#include <cmath>

namespace reelprint {

/// A point in units of its picture's shorter side, x to the right, y down, from the upper left corner.
struct Point {
  double x = 0;
  double y = 0;

  friend bool operator==(const Point&, const Point&) = default;
};

[[nodiscard]] inline double distance(const Point& a, const Point& b) {
  return std::hypot(a.x - b.x, a.y - b.y);
}

/// reference = (a −b; b a) · query + (tx, ty): scale hypot(a, b), turn atan2(b, a).
struct Similarity {
  double a = 1;
  double b = 0;
  double tx = 0;
  double ty = 0;

  [[nodiscard]] Point map(const Point& query) const {
    return {a * query.x - b * query.y + tx, b * query.x + a * query.y + ty};
  }
  /// The query point that is mapped to `reference`; the scale must not be zero.
  [[nodiscard]] Point unmap(const Point& reference) const {
    const double x = reference.x - tx;
    const double y = reference.y - ty;
    const double square = a * a + b * b;
    return {(a * x + b * y) / square, (a * y - b * x) / square};
  }
  [[nodiscard]] double scale() const { return std::hypot(a, b); }

  friend bool operator==(const Similarity&, const Similarity&) = default;
};

}  // namespace reelprint
