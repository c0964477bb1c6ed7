// An immutable part of the frame index: the keyframes of some references, in memory or mapped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/fingerprint.h"
#include "core/ids.h"
#include "index/hamming_scan.h"
#include "index/segment_image.h"
#include "index/segment_writer.h"
#include "index/segments.h"

namespace reelprint::index {

/// A reference as the index holds it: all its keyframes, of which those with enough structure are searchable.
struct IndexedReference {
  ReferenceId reference;
  EpisodeId episode;
  SeriesId series;
  Duration duration{0};
  std::vector<Keyframe> keyframes;
  std::vector<std::uint32_t> details;  ///< positions of the keyframes that have details

  friend bool operator==(const IndexedReference&, const IndexedReference&) = default;
};

/// PDQ's own advice is 50 of 100; pictures below say too little to accuse anyone.
inline constexpr std::uint8_t kLeastQuality = 50;
[[nodiscard]] constexpr bool is_searchable(const FrameHash& hash) {
  return hash.quality >= kLeastQuality;
}

/// A reference without its keyframes, as it lies in the segment.
struct FrameRecord {
  ReferenceId reference;
  EpisodeId episode;
  SeriesId series;
  std::int64_t duration_us = 0;
  std::uint64_t times = 0;      ///< where in TIME its keyframes begin
  std::uint32_t first_row = 0;  ///< its keyframes are rows [first_row, first_row + keyframes)
  std::uint32_t keyframes = 0;
  std::uint32_t searchable = 0;  ///< of them
  std::uint32_t zero = 0;
};
static_assert(sizeof(FrameRecord) == 56);

/// Keyframes from which a part keeps its rows in inverted lists. What is smaller is scanned whole.
inline constexpr std::size_t kListedFrom = std::size_t{1} << 25;

/// Every keyframe is a row: 32 bytes of code (split: mirror_scan.h), about 5 of times and quality, and 56 for
/// each reference. Rows are numbered in the order of the references. They lie in that order, or, in a
/// *listed* part, in the inverted lists of frame_codebook.h; then each takes 6 bytes more.
class FramePart {
 public:
  static constexpr SectionTag kContent = section_tag("FRAM");

  /// Throws Error{corrupt} if what it says of itself is contradictory.
  explicit FramePart(SegmentImage image);
  /// One reference, in memory.
  [[nodiscard]] static FramePart of(const IndexedReference& reference, AlgorithmId algorithm);
  /// References with ascending ids, not listed.
  static void write(std::span<const IndexedReference> references, SegmentWriter& out);
  /// Listed if it has `listed_from` keyframes. Holds 8 bytes a keyframe then, else 16 bytes a reference.
  static void write_merged(std::span<const Segment<FramePart>> merged, SegmentWriter& out,
                           std::size_t listed_from = kListedFrom);

  [[nodiscard]] const SegmentImage& image() const { return image_; }
  [[nodiscard]] std::size_t references() const { return records_.size(); }
  [[nodiscard]] ReferenceId reference(std::size_t slot) const { return records_[slot].reference; }
  [[nodiscard]] std::span<const FrameRecord> records() const { return records_; }
  /// The varints of a reference's keyframes, as write() made them.
  [[nodiscard]] std::span<const std::byte> times_of(std::size_t slot) const;

  /// The split codes of all rows as they lie.
  [[nodiscard]] CodeSpan codes() const { return {codes_.data(), rows_}; }
  /// The row of a code; the number of rows, which no row has, if the part is damaged.
  [[nodiscard]] std::size_t row_at(std::size_t position) const;
  /// The split code of a row. Throws Error{corrupt}.
  [[nodiscard]] Code code_of(std::size_t row) const;
  [[nodiscard]] std::size_t slot_of_row(std::size_t row) const;

  [[nodiscard]] bool is_listed() const { return !list_ends_.empty(); }
  /// Where the codes of a list lie. Only of a listed part.
  struct Range {
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  [[nodiscard]] Range list(std::size_t number) const;

  /// Throws Error{corrupt} if its keyframes make no sense.
  [[nodiscard]] IndexedReference load(std::size_t slot) const;

 private:
  SegmentImage image_;
  std::span<const FrameRecord> records_;
  std::span<const std::byte> times_;
  std::span<const CodeBlock> codes_;
  std::span<const std::uint32_t> list_ends_;    ///< behind the last code of each list
  std::span<const std::uint32_t> listed_rows_;  ///< of each code; ascending within a list
  std::span<const std::uint16_t> homes_;        ///< of each row: where to look for its list
  std::size_t rows_ = 0;
};

}  // namespace reelprint::index
