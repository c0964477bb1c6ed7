#include "index/background.h"

#include <array>
#include <cmath>
#include <numbers>

namespace reelprint::index {
namespace {

constexpr int kBits = 256;
constexpr double kMean = 128;
constexpr double kDeviation = 10.7;
constexpr int kWidestRadius = 84;

/// log10 of the lower tail of the normal law; far out by its asymptotic form, since erfc underflows.
double log10_lower_tail(double z) {
  if (z > -30) return std::log10(0.5 * std::erfc(-z / std::numbers::sqrt2));
  return (-0.5 * z * z - std::log(-z * std::sqrt(2 * std::numbers::pi))) / std::numbers::ln10;
}

}  // namespace

double log10_chance_within(int distance) {
  static const auto table = [] {
    std::array<double, kBits + 1> values{};
    for (int d = 0; d <= kBits; ++d) {
      values[static_cast<std::size_t>(d)] = log10_lower_tail((d + 0.5 - kMean) / kDeviation);
    }
    return values;
  }();
  if (distance < 0) return table.front();
  return table[static_cast<std::size_t>(distance < kBits ? distance : kBits)];
}

int radius_for(std::size_t pictures, double expected) {
  const double log10_allowed =
      std::log10(expected) - std::log10(static_cast<double>(pictures > 0 ? pictures : 1));
  int radius = kWidestRadius;
  while (radius > 0 && log10_chance_within(radius) > log10_allowed) --radius;
  return radius;
}

}  // namespace reelprint::index
