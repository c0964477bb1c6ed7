// The frame hashes of all references, searchable by Hamming distance.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <vector>

#include "core/fingerprint.h"
#include "core/ids.h"
#include "index/hamming_scan.h"

namespace reelprint::index {

/// A reference as the index holds it: all its keyframes, of which those with enough structure are searchable.
struct IndexedReference {
  ReferenceId reference;
  EpisodeId episode;
  SeriesId series;
  Duration duration{0};
  std::vector<Keyframe> keyframes;
  AudioPrint audio;
  std::vector<std::uint32_t> details;  ///< positions of the keyframes that have details

  friend bool operator==(const IndexedReference&, const IndexedReference&) = default;
};

/// A reference keyframe near a query hash. `reference` stays valid until the index next changes.
struct FrameNeighbour {
  const IndexedReference* reference = nullptr;
  std::size_t keyframe = 0;  ///< position in reference->keyframes
  int distance = 0;          ///< Hamming, 0..256
};

/// PDQ's own advice is 50 of 100; pictures below say too little to accuse anyone.
inline constexpr std::uint8_t kLeastQuality = 50;
[[nodiscard]] constexpr bool is_searchable(const FrameHash& hash) {
  return hash.quality >= kLeastQuality;
}

/// Exhaustive and exact: every search compares each query with all there is. Reading is thread-safe while
/// nobody writes.
class FrameIndex {
 public:
  /// Replaces a reference of the same id.
  void add(IndexedReference reference);
  /// Whether there was one.
  bool remove(ReferenceId reference);

  /// For each query all searchable reference keyframes within `radius` bits (inclusive), nearest first, then
  /// by reference id and time. On the calling thread alone, which is charged for it; a batch is cheaper than
  /// its queries one by one.
  [[nodiscard]] std::vector<std::vector<FrameNeighbour>> search(std::span<const FrameHash> queries,
                                                                int radius) const;

  [[nodiscard]] const IndexedReference* find(ReferenceId reference) const;
  /// By ascending id.
  [[nodiscard]] std::vector<const IndexedReference*> references() const;
  [[nodiscard]] std::size_t size() const;        ///< references
  [[nodiscard]] std::size_t searchable() const;  ///< keyframes

 private:
  struct Row {
    const IndexedReference* reference = nullptr;
    std::uint32_t keyframe = 0;
  };

  CodeBlocks codes_;
  std::vector<Row> rows_;  ///< rows_[i] owns code i
  std::map<ReferenceId, std::unique_ptr<const IndexedReference>> references_;
};

}  // namespace reelprint::index
