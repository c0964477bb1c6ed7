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
  Duration window{std::chrono::seconds{2}};                  ///< each stretch that is looked at
  Duration every{std::chrono::seconds{10}};  ///< from the beginning of one to that of the next, at most
  std::size_t most_windows = 720;            ///< beyond, they lie farther apart
  /// Of a file that cannot be sampled (no ranges, no map of its seconds): so much of its beginning.
  std::uint64_t cut_bytes = std::uint64_t{12} << 20;
};

/// Stretches of `window`, the first at the start, never more than `every` - `window` between two, nor after
/// the last; one of it all when that would be hardly more. Each begins at one of `keys`, ascending, where a
/// decoder can begin, unless there is none within that gap. However long the video, a copied stretch of
/// `every` + `window` holds a whole one, as long as there are fewer than `most_windows`.
[[nodiscard]] std::vector<Interval> sample_windows(Duration length, const SampleSettings& settings,
                                                   const std::vector<Timestamp>& keys = {});

/// Likewise of positions 0 to `pieces` of a list of pieces of these lengths, one behind the other; ascending.
/// A piece that is nearly as long as a window does for one, and gaps may be a quarter wider: a piece is
/// mostly longer than a window is.
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
