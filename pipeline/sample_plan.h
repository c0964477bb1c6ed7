// Which seconds of a video are looked at before it is fetched whole. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/time.h"

namespace reelprint::pipeline {

/// Values: docs/crawler.md, "How much is fetched" (measured there).
struct SampleSettings {
  std::uint64_t whole_up_to_bytes = std::uint64_t{6} << 20;  ///< a smaller file is fetched whole
  Duration whole_up_to{std::chrono::seconds{45}};            ///< a shorter video too
  Duration window{std::chrono::seconds{5}};                  ///< each stretch that is looked at
  Duration every{std::chrono::seconds{15}};  ///< from the beginning of one to that of the next
  std::size_t most_windows = 600;            ///< beyond, they lie farther apart
  /// Of a file that cannot be sampled (no ranges, no map of its seconds): so much of its beginning.
  std::uint64_t cut_bytes = std::uint64_t{12} << 20;
};

/// Stretches spread evenly over a video of this length, the first at its start, the last at its end; one of
/// it all when that would be hardly more. However long the video, a copied stretch of `every` + `window`
/// holds a whole one, as long as there are fewer than `most_windows`.
[[nodiscard]] std::vector<Interval> sample_windows(Duration length, const SampleSettings& settings);

/// Likewise of positions 0 to `pieces` of a list of pieces of these lengths: those that a window touches,
/// ascending, each once.
[[nodiscard]] std::vector<std::size_t> sample_pieces(const std::vector<Interval>& pieces,
                                                     const SampleSettings& settings);

/// Bytes [first, second) of a file of which no map is known, spread as the windows are; its start in any
/// case.
struct ByteStretch {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;

  friend bool operator==(const ByteStretch&, const ByteStretch&) = default;
};
[[nodiscard]] std::vector<ByteStretch> sample_stretches(std::uint64_t bytes, Duration length,
                                                        const SampleSettings& settings);

/// Sorted, and joined where the gap is at most `most_gap` bytes: one request more costs as much.
[[nodiscard]] std::vector<ByteStretch> joined_stretches(std::vector<ByteStretch> stretches,
                                                        std::uint64_t most_gap);

}  // namespace reelprint::pipeline
