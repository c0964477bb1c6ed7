#include "evidence/time_axis.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace reelprint::evidence {
namespace {

constexpr std::array<double, 17> kSteps_s = {0.1, 0.2, 0.5, 1,   2,   5,    10,   15,  30,
                                             60,  120, 300, 600, 900, 1800, 3600, 7200};
constexpr double kLongest_s = 1e7;

}  // namespace

std::vector<double> ticks_of(double length_s, std::size_t most) {
  if (!(length_s > 0) || !std::isfinite(length_s)) return {0};
  const double length = std::min(length_s, kLongest_s);
  const double wanted = length / static_cast<double>(std::max<std::size_t>(most, 1));
  const auto* found = std::ranges::find_if(kSteps_s, [&](double step) { return step >= wanted; });
  const double step = found == kSteps_s.end() ? std::ceil(wanted / 3600) * 3600 : *found;
  std::vector<double> ticks;
  for (int i = 0; i * step <= length; ++i) ticks.push_back(i * step);
  return ticks;
}

std::string clock_text(double seconds, bool with_tenth) {
  const double known = std::isfinite(seconds) ? std::clamp(seconds, 0.0, kLongest_s) : 0;
  const auto tenths = static_cast<long>(with_tenth ? std::lround(known * 10) : std::lround(known) * 10);
  const long whole = tenths / 10;
  std::array<char, 48> text{};
  if (whole >= 3600)
    std::snprintf(text.data(), text.size(), "%ld:%02ld:%02ld", whole / 3600, whole / 60 % 60, whole % 60);
  else
    std::snprintf(text.data(), text.size(), "%ld:%02ld", whole / 60, whole % 60);
  return with_tenth ? std::string(text.data()) + "." + std::to_string(tenths % 10) : text.data();
}

}  // namespace reelprint::evidence
