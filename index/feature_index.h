// The local features of all references, searchable by Hamming distance.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/fingerprint.h"
#include "core/ids.h"
#include "core/local_feature.h"
#include "index/codebook.h"
#include "index/feature_part.h"
#include "index/feature_tracks.h"
#include "index/hamming_scan.h"
#include "index/segments.h"

namespace reelprint::index {

/// A feature near a query feature, and what of its reference shows it.
struct FeatureNeighbour {
  ReferenceId reference;
  std::uint32_t detail = 0;    ///< the first, a position among the reference's details, one per picture
  std::uint8_t length = 1;     ///< details
  std::uint16_t distance = 0;  ///< Hamming, 0..256

  friend bool operator==(const FeatureNeighbour&, const FeatureNeighbour&) = default;
};

struct FeatureSearch {
  /// Inclusive. Of features that lie on one another after a crop of 15 to 25 % and re-encoding and differ in
  /// 80 bits at most, two in three are within 56.
  int radius = 56;
  /// What is common (a logo, a licence card) has thousands of neighbours: the nearest are kept, of equally
  /// near ones those that come first by reference, detail and length. A full answer may not be all.
  std::size_t most_per_query = 8;
  /// Inverted lists looked into for each query. Zero: as many as suit the size of the catalog (probes_for).
  std::size_t probes = 0;
  /// Code words compared with each query, at least, to find its lists. Fewer are quicker and may miss the
  /// nearest.
  std::size_t words = Codebook::kCompared;
};

struct FeatureIndexSettings {
  AlgorithmId algorithm = kAlgorithm;
  ScanPath path = fastest_scan_path();
  /// With fewer features than this a search compares everything: exact.
  std::size_t exhaustive_below = kFeaturesListedFrom;
};

/// Descriptors in inverted lists around a fixed codebook (docs/decisions/0007). What a search finds is a
/// function of the features present, whatever the order in which they came, whatever was there before,
/// however they are spread over segments, and whichever the scan path.
///
/// A value, as FrameIndex is: a copy is a snapshot. Reading is thread-safe while nobody writes to this very
/// object; a search runs on the calling thread alone.
class FeatureIndex {
 public:
  using Part = FeaturePart;

  explicit FeatureIndex(FeatureIndexSettings settings = {})
      : settings_(settings), segments_(settings.algorithm) {}

  /// Replaces a reference of the same id. Throws Error(too_large) and changes nothing if a track is of more
  /// details than a row can name. About 10 µs per track once there are `exhaustive_below`; the addition that
  /// comes to that moves what is there into lists, once (2 s).
  void add(ReferenceId reference, std::span<const FeatureTrack> tracks);

  /// Whether there was one. It is gone from all results at once, and from the segments when they are merged.
  bool remove(ReferenceId reference);

  /// For each query its neighbours, nearest first, then by reference, detail and length. A negative radius
  /// or `most_per_query` zero finds nothing.
  [[nodiscard]] std::vector<std::vector<FeatureNeighbour>> search(std::span<const LocalFeature> queries,
                                                                  const FeatureSearch& search) const;

  [[nodiscard]] std::size_t size() const { return features_; }  ///< features that can be found
  [[nodiscard]] std::size_t references() const { return segments_.references(); }
  [[nodiscard]] std::vector<ReferenceId> reference_ids() const { return segments_.reference_ids(); }
  [[nodiscard]] bool contains(ReferenceId reference) const { return segments_.find(reference).has_value(); }
  [[nodiscard]] std::size_t memory_bytes() const;  ///< of the segments, mapped or not

  [[nodiscard]] const Segments<FeaturePart>& segments() const { return segments_; }
  /// Replaces what it is made of: by another arrangement of the same references, or by what was on disk.
  void adopt(Segments<FeaturePart> segments);

 private:
  FeatureIndexSettings settings_;
  Segments<FeaturePart> segments_;
  std::size_t features_ = 0;
};

/// How many lists to look into for each query among `features`: as many as keep the scan near 128,000 codes,
/// at least 112 and at most 256. Measured recall of true neighbours: docs/decisions/0007-fixed-codebook.md.
[[nodiscard]] std::size_t probes_for(std::size_t features);

}  // namespace reelprint::index
