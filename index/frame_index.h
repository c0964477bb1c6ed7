// The frame hashes of all references, searchable by Hamming distance.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/fingerprint.h"
#include "core/ids.h"
#include "index/frame_part.h"
#include "index/frame_scan.h"
#include "index/hamming_scan.h"
#include "index/segments.h"

namespace reelprint::index {

/// A reference keyframe near a query hash. `reference` stays valid until the index next changes or goes.
struct FrameNeighbour {
  const IndexedReference* reference = nullptr;
  std::size_t keyframe = 0;  ///< position in reference->keyframes
  int distance = 0;          ///< Hamming, 0..256
};

/// What is near a picture, and near its mirror image.
struct MirrorNeighbours {
  std::vector<FrameNeighbour> plain;
  std::vector<FrameNeighbour> mirrored;
};

struct FrameIndexSettings {
  AlgorithmId algorithm = kAlgorithm;
  ScanPath path = fastest_scan_path();
  unsigned threads = 1;  ///< that share a search among more than a million keyframes
  /// With more searchable keyframes than this a search looks only into the lists near each query.
  std::size_t exhaustive_up_to = 200'000'000;
  std::size_t probes = 8192;  ///< lists, of FrameCodebook::kWords: docs/decisions/0010
};

/// Exhaustive and exact up to `exhaustive_up_to` keyframes: every search compares each query with all there
/// is. What is found is a function of the references present alone.
///
/// A value: a copy is a snapshot that shares the immutable parts and costs next to nothing. References are
/// read from the parts when they are first asked for and kept until the index changes or goes; so whoever
/// searches for long does it in a copy. Reading is thread-safe while nobody writes to this very object.
class FrameIndex {
 public:
  using Part = FramePart;

  explicit FrameIndex(FrameIndexSettings settings = {});
  ~FrameIndex();
  FrameIndex(const FrameIndex& other);
  FrameIndex(FrameIndex&& other) noexcept;
  FrameIndex& operator=(FrameIndex other) noexcept;

  /// Replaces a reference of the same id.
  void add(const IndexedReference& reference);
  /// Whether there was one.
  bool remove(ReferenceId reference);

  /// For each query all searchable reference keyframes within `radius` bits (inclusive), nearest first, then
  /// by reference id and time. A batch is cheaper than its queries one by one.
  [[nodiscard]] std::vector<std::vector<FrameNeighbour>> search(std::span<const FrameHash> queries,
                                                                int radius) const;
  /// The same for each query and its mirror image, at the price of one.
  [[nodiscard]] std::vector<MirrorNeighbours> search_mirrored(std::span<const FrameHash> queries,
                                                              int radius) const;

  /// Null if it is not there.
  [[nodiscard]] const IndexedReference* find(ReferenceId reference) const;
  /// All, by ascending id. Reads every one: for small catalogs.
  [[nodiscard]] std::vector<const IndexedReference*> references() const;
  /// All, without their keyframes, by ascending id.
  [[nodiscard]] std::vector<FrameRecord> records() const;
  [[nodiscard]] std::size_t size() const { return segments_.references(); }  ///< references
  [[nodiscard]] std::size_t searchable() const { return searchable_; }       ///< keyframes
  [[nodiscard]] Duration total_duration() const { return total_duration_; }

  void share_searches(unsigned threads) { settings_.threads = threads; }

  [[nodiscard]] const Segments<FramePart>& segments() const { return segments_; }
  /// Replaces what it is made of: by another arrangement of the same references, or by what was on disk.
  void adopt(Segments<FramePart> segments);

 private:
  struct Loaded;  ///< references given out

  [[nodiscard]] std::vector<FrameHit> hits_within(int radius, std::span<const FrameHash> queries,
                                                  bool mirrored_too) const;
  [[nodiscard]] std::vector<MirrorNeighbours> resolve(std::size_t queries,
                                                      std::span<const FrameHit> hits) const;

  FrameIndexSettings settings_;
  Segments<FramePart> segments_;
  std::size_t searchable_ = 0;
  Duration total_duration_{0};
  std::unique_ptr<Loaded> loaded_;
};

}  // namespace reelprint::index
