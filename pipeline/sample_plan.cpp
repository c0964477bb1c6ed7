#include "pipeline/sample_plan.h"

#include <algorithm>
#include <cmath>

namespace reelprint::pipeline {
namespace {

constexpr double kHardlyMore = 0.7;  ///< a sample of this share of a video is not worth its requests
constexpr double kNearlyWindow = 0.75;
constexpr double kGapOfPieces = 1.25;
constexpr std::uint64_t kHeadBytes = std::uint64_t{256} << 10;
/// A video of unknown length is taken for one of 1 Mbit/s.
constexpr double kUsualBytesPerS = 125'000;

std::uint64_t position_of(double share, std::uint64_t bytes) {
  return static_cast<std::uint64_t>(std::clamp(share, 0.0, 1.0) * static_cast<double>(bytes));
}

bool is_sampled(Duration length, const SampleSettings& settings) {
  return length > settings.whole_up_to && settings.window > Duration{0} && settings.every > settings.window;
}

/// Between two windows.
Duration widest_gap(Duration length, const SampleSettings& settings) {
  const auto most = static_cast<std::int64_t>(std::max<std::size_t>(1, settings.most_windows));
  return std::max(settings.every - settings.window, Duration{length.count() / most} - settings.window);
}

}  // namespace

std::vector<Interval> sample_windows(Duration length, const SampleSettings& settings,
                                     const std::vector<Timestamp>& keys) {
  if (length <= Duration{0}) return {};
  const Interval all{Timestamp{0}, Timestamp{length.count()}};
  if (!is_sampled(length, settings)) return {all};
  const Duration gap = widest_gap(length, settings);
  std::vector<Interval> windows;
  Duration looked_at{0};
  Timestamp begin{0};
  while (begin < all.end) {
    const Timestamp end = std::min(begin + settings.window, all.end);
    windows.push_back({begin, end});
    looked_at += end - begin;
    const auto after = std::ranges::upper_bound(keys, end + gap);
    const bool has_key = after != keys.begin() && *std::prev(after) > end;
    begin = has_key ? *std::prev(after) : end + gap;
    if (all.end - end <= gap) break;
  }
  if (static_cast<double>(looked_at.count()) >= kHardlyMore * static_cast<double>(length.count()))
    return {all};
  return windows;
}

std::vector<std::size_t> sample_pieces(const std::vector<Interval>& pieces, const SampleSettings& settings) {
  std::vector<std::size_t> chosen;
  if (pieces.empty()) return chosen;
  const Duration length = pieces.back().end - pieces.front().begin;
  const bool is_sampled_here = is_sampled(length, settings);
  const auto gap = std::chrono::duration_cast<Duration>(widest_gap(length, settings) * kGapOfPieces);
  const auto least = std::chrono::duration_cast<Duration>(settings.window * kNearlyWindow);
  Duration looked_at{0};
  Timestamp reached = pieces.front().begin - gap;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const bool goes_on = !chosen.empty() && chosen.back() + 1 == i && looked_at < least;
    if (is_sampled_here && !goes_on && pieces[i].end <= reached + gap) continue;
    looked_at = (goes_on ? looked_at : Duration{0}) + pieces[i].length();
    reached = pieces[i].end;
    chosen.push_back(i);
  }
  return chosen;
}

std::vector<ByteStretch> sample_stretches(std::uint64_t bytes, Duration length,
                                          const SampleSettings& settings) {
  const double usual_s = static_cast<double>(bytes) / kUsualBytesPerS;
  const Duration taken_for = length > Duration{0} ? length : duration_of(usual_s);
  std::vector<ByteStretch> stretches{{0, std::min(bytes, kHeadBytes)}};
  const auto total = static_cast<double>(taken_for.count());
  for (const Interval& window : sample_windows(taken_for, settings))
    stretches.push_back({position_of(static_cast<double>(window.begin.us) / total, bytes),
                         position_of(static_cast<double>(window.end.us) / total, bytes)});
  return joined_stretches(std::move(stretches), kHeadBytes);
}

std::vector<ByteStretch> joined_stretches(std::vector<ByteStretch> stretches, std::uint64_t most_gap) {
  std::ranges::sort(stretches, {}, [](const ByteStretch& s) { return std::pair(s.begin, s.end); });
  std::vector<ByteStretch> joined;
  for (const ByteStretch& stretch : stretches) {
    if (stretch.end <= stretch.begin) continue;
    if (!joined.empty() && stretch.begin <= joined.back().end + most_gap)
      joined.back().end = std::max(joined.back().end, stretch.end);
    else
      joined.push_back(stretch);
  }
  return joined;
}

}  // namespace reelprint::pipeline
