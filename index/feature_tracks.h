// A reference's details → the few features that stand for it in the feature index: what lasts costs one row.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/fingerprint.h"
#include "core/local_feature.h"

namespace reelprint::index {

/// A feature that a reference shows from one detail on. Found anywhere in a query, it votes for all of them.
struct FeatureTrack {
  std::array<std::uint64_t, 4> descriptor{};  ///< each bit as most of the details have it
  std::uint32_t detail = 0;                   ///< the first, a position among the reference's details
  std::uint8_t length = 1;  ///< details, 1 to kLongestTrack; in one of two it may be missing

  friend bool operator==(const FeatureTrack&, const FeatureTrack&) = default;
};

inline constexpr std::size_t kLongestTrack = 255;
/// Of a reference: 37 bytes each, so that 14.4 million seconds fit into 14 GB. Against all features of the
/// details, 142 a second on the development series: docs/benchmarks.md, "Accuracy".
inline constexpr double kMostTracksPerSecond = 26;

/// On the tune corpus looser limits find stretches somewhat better, in fewer rows; beyond these they mix.
struct TrackSettings {
  int most_bits = 64;                ///< between a feature and the one that it continues, inclusive
  int most_bits_of_all = 80;         ///< and the first of the track
  std::uint16_t most_move = 4000;    ///< in x and in y from detail to detail, in 65536ths of the frame
  std::size_t most_per_detail = 32;  ///< tracks that a detail is covered by before it needs no more
};

/// At most `most` tracks, by first detail. Those are preferred that cover the details with the fewest, and of
/// these the longest: a static scene costs as much as one picture, and what is left goes to what moves.
[[nodiscard]] std::vector<FeatureTrack> tracks_of(std::span<const std::span<const LocalFeature>> details,
                                                  std::size_t most, const TrackSettings& settings = {});

/// What the index holds of a reference: at most kMostTracksPerSecond.
[[nodiscard]] std::vector<FeatureTrack> tracks_of(const Fingerprint& print);

}  // namespace reelprint::index
