// A catalog of made-up episodes whose local features are real ones with bits flipped, so that the inverted
// lists are as uneven as those of real footage.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <utility>
#include <vector>

#include "core/fingerprint.h"
#include "index/detail_source.h"
#include "index/frame_index.h"
#include "index/sound_index.h"

namespace reelprint::bench {

using PictureFeatures = std::vector<LocalFeature>;

/// Episodes of 90 s with 180 keyframes (a random walk of hashes, a shot every 3 s), 117 details and sound.
/// A shot shows one of eight variants of a given picture, 8 to 40 bits off, for three details; each detail,
/// and each of its 60 tracks, has another 4 to 24 bits flipped.
class MadeCatalog final : public index::DetailSource {
 public:
  MadeCatalog(std::vector<PictureFeatures> pictures, std::size_t episodes);

  [[nodiscard]] const index::FrameIndex& frames() const { return frames_; }
  [[nodiscard]] const index::SoundIndex& sounds() const { return sounds_; }
  [[nodiscard]] std::shared_ptr<const Fingerprint> print_of(ReferenceId reference) const override;

  /// Writes the tracks as one segment (docs/formats.md) without looking up every one: each lies in the list
  /// of the variant that it was made from, so one look-up serves hundreds.
  void write_features(const std::filesystem::path& file) const;

 private:
  struct Variant {
    std::uint32_t picture = 0;
    std::uint32_t number = 0;
  };
  struct Member {
    Variant variant;
    std::size_t feature = 0;
  };
  [[nodiscard]] Variant variant_of(std::size_t episode, std::size_t detail) const;
  [[nodiscard]] LocalFeature variant_feature(const Variant& variant, std::size_t feature) const;
  [[nodiscard]] std::size_t tracks_of_shot(const Variant& variant) const;
  [[nodiscard]] std::vector<std::vector<Member>> lists_of_variants() const;

  std::vector<PictureFeatures> pictures_;
  std::size_t episodes_;
  index::FrameIndex frames_;
  index::SoundIndex sounds_;
};

}  // namespace reelprint::bench
