// An immutable part of the feature index: the feature tracks of some references, in memory or mapped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "core/ids.h"
#include "index/codebook.h"
#include "index/feature_tracks.h"
#include "index/hamming_scan.h"
#include "index/segment_image.h"
#include "index/segment_writer.h"
#include "index/segments.h"

namespace reelprint::index {

/// A reference as it lies in the segment. Its details are numbered through the part, from first_detail on.
struct FeatureRecord {
  ReferenceId reference;
  std::uint32_t first_detail = 0;
  std::uint32_t details = 0;    ///< numbers that it takes
  std::uint32_t first_row = 0;  ///< of a part that is not listed, zero in a listed one
  std::uint32_t rows = 0;       ///< its tracks
};
static_assert(sizeof(FeatureRecord) == 24);

/// Which track of the part a row is.
struct FeatureRow {
  std::uint32_t slot = 0;
  std::uint32_t detail = 0;  ///< the first, a position among the reference's details
  std::uint8_t length = 1;   ///< details
};

/// Of one reference; limits what one row can name.
inline constexpr std::size_t kMaxDetails = std::size_t{1} << 22;

/// Tracks from which a merger keeps its rows in inverted lists; below, looking words up costs more than it
/// saves.
inline constexpr std::size_t kFeaturesListedFrom = 200'000;

/// Every track is a row of 37 bytes: 32 of code, 4 for its detail, 1 for its length. Rows lie reference after
/// reference, or, in a *listed* part, in the inverted lists of the code book (codebook.h), each of which is a
/// range of rows.
class FeaturePart {
 public:
  static constexpr SectionTag kContent = section_tag("FEAT");

  /// Throws Error{corrupt} if what it says of itself is contradictory.
  explicit FeaturePart(SegmentImage image);
  /// One reference, in memory. Throws Error{too_large} if a track is of more details than a row can name.
  [[nodiscard]] static FeaturePart of(ReferenceId reference, std::span<const FeatureTrack> tracks,
                                      AlgorithmId algorithm, bool is_listed);
  /// Listed if one of them is, or if it has `listed_from` tracks. Reads the parts four times, list after
  /// list; holds no more than one list at a time.
  static void write_merged(std::span<const Segment<FeaturePart>> merged, SegmentWriter& out,
                           std::size_t listed_from = kFeaturesListedFrom);

  [[nodiscard]] const SegmentImage& image() const { return image_; }
  [[nodiscard]] std::size_t references() const { return records_.size(); }
  [[nodiscard]] ReferenceId reference(std::size_t slot) const { return records_[slot].reference; }
  [[nodiscard]] std::span<const FeatureRecord> records() const { return records_; }

  [[nodiscard]] std::size_t rows() const { return lengths_.size(); }
  [[nodiscard]] CodeSpan codes() const { return {codes_.data(), rows()}; }
  /// Nothing if the part is damaged there.
  [[nodiscard]] std::optional<FeatureRow> row(std::size_t number) const;

  [[nodiscard]] bool is_listed() const { return !list_ends_.empty(); }
  struct Range {
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  /// The rows of a list, of Codebook::kWords. Only of a listed part.
  [[nodiscard]] Range list(std::size_t number) const {
    return {number == 0 ? 0 : list_ends_[number - 1], list_ends_[number]};
  }

 private:
  SegmentImage image_;
  std::span<const FeatureRecord> records_;
  std::span<const CodeBlock> codes_;
  std::span<const std::uint32_t> details_;    ///< of each row, numbered through the part
  std::span<const std::uint8_t> lengths_;     ///< of each row
  std::span<const std::uint32_t> list_ends_;  ///< behind the last row of each list
};

/// The code book, made when it is first asked for (0.2 s, 10 MB).
[[nodiscard]] const Codebook& feature_codebook();

}  // namespace reelprint::index
