// Any number of made-up feature tracks, as segments of features on the disk.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "bench/listed_features.h"
#include "core/local_feature.h"
#include "index/feature_part.h"
#include "index/feature_tracks.h"

namespace reelprint::bench {

inline constexpr std::size_t kTracksOfReference = 2430;  ///< 27 a second
inline constexpr std::size_t kSecondsOfReference = 90;

/// Track i, of reference i / 2430 + 1, is drawn feature i, as it is. When those are used up they come again
/// with 8 to 63 bits flipped, as scenes repeat theirs. The first kLookedUp tracks lie in the inverted lists
/// of their code words; track i beyond is track i - kLookedUp·n with 8 to 63 bits more flipped and lies in
/// that one's list, which saves its look-up: so lists are as uneven as with fewer tracks, and who looks for
/// such a track itself finds it more or less often than in truth.
class MadeTracks {
 public:
  static constexpr std::size_t kLookedUp = 2'000'000;

  /// `drawn` must outlive it.
  MadeTracks(std::span<const LocalFeature> drawn, std::size_t tracks);

  /// Of whole references from `first` on, counted from zero.
  [[nodiscard]] index::FeaturePart write_part(const std::filesystem::path& file, std::size_t first,
                                              std::size_t references) const;
  [[nodiscard]] std::size_t references() const;

 private:
  [[nodiscard]] index::Code looked_up_code(std::size_t track) const;
  [[nodiscard]] index::Code code(std::size_t track) const;

  std::span<const LocalFeature> drawn_;
  std::size_t tracks_;
  std::vector<std::vector<std::uint32_t>> lists_;  ///< of the tracks that are looked up
};

/// A reference that is none of the others.
[[nodiscard]] std::vector<index::FeatureTrack> made_reference(std::span<const LocalFeature> features);

}  // namespace reelprint::bench
