#include "pipeline/sample_plan.h"

#include <algorithm>
#include <cmath>

namespace reelprint::pipeline {
namespace {

constexpr double kHardlyMore = 0.7;  ///< a sample of this share of a video is not worth its requests
constexpr std::uint64_t kHeadBytes = std::uint64_t{256} << 10;
/// A video of unknown length is taken for one of 1 Mbit/s.
constexpr double kUsualBytesPerS = 125'000;

std::uint64_t position_of(double share, std::uint64_t bytes) {
  return static_cast<std::uint64_t>(std::clamp(share, 0.0, 1.0) * static_cast<double>(bytes));
}

}  // namespace

std::vector<Interval> sample_windows(Duration length, const SampleSettings& settings) {
  if (length <= Duration{0}) return {};
  const Interval all{Timestamp{0}, Timestamp{length.count()}};
  if (length <= settings.whole_up_to || settings.window <= Duration{0} || settings.every <= Duration{0})
    return {all};
  const Duration span = length - settings.window;
  const auto steps = (span.count() + settings.every.count() - 1) / settings.every.count();
  const auto most = static_cast<std::int64_t>(std::max<std::size_t>(2, settings.most_windows));
  const std::int64_t windows = std::clamp<std::int64_t>(steps + 1, 2, most);
  const auto looked_at = static_cast<double>(windows * settings.window.count());
  if (looked_at >= kHardlyMore * static_cast<double>(length.count())) return {all};
  std::vector<Interval> spread;
  for (std::int64_t i = 0; i < windows; ++i) {
    const auto share = static_cast<double>(i) / static_cast<double>(windows - 1);
    const Timestamp begin{std::llround(share * static_cast<double>(span.count()))};
    spread.push_back({begin, begin + settings.window});
  }
  return spread;
}

std::vector<std::size_t> sample_pieces(const std::vector<Interval>& pieces, const SampleSettings& settings) {
  std::vector<std::size_t> chosen;
  if (pieces.empty()) return chosen;
  const Timestamp begin = pieces.front().begin;
  const auto windows = sample_windows(pieces.back().end - begin, settings);
  std::size_t next = 0;
  for (const Interval& window : windows) {
    const Timestamp from = begin + Duration{window.begin.us};
    const Timestamp until = begin + Duration{window.end.us};
    while (next < pieces.size() && pieces[next].end <= from) ++next;
    while (next < pieces.size() && pieces[next].begin < until) chosen.push_back(next++);
  }
  if (chosen.empty()) chosen.push_back(0);
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
