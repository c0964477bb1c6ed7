// An immutable part of the sound index: the prints of some references, in memory or mapped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "core/fingerprint.h"
#include "core/ids.h"
#include "index/segment_image.h"
#include "index/segment_writer.h"
#include "index/segments.h"

namespace reelprint::index {

/// Whether the print can be looked up or found: it has items (at most 2²⁰, 36 hours), a step of 20 ms to 2 s
/// and a begin within ±2⁵² µs.
[[nodiscard]] bool is_searchable(const AudioPrint& print);

/// An item as it is sorted: the finaliser of MurmurHash3, a bijection, so that keys spread evenly over the
/// buckets and equal keys are equal items.
[[nodiscard]] constexpr std::uint32_t sound_key_of(std::uint32_t item) {
  item ^= item >> 16;
  item *= 0x85ebca6bU;
  item ^= item >> 13;
  item *= 0xc2b2ae35U;
  return item ^ (item >> 16);
}

/// A reference without its items, as it lies in the segment. Without searchable sound all but the ids and
/// `first` is zero.
struct SoundRecord {
  ReferenceId reference;
  SeriesId series;
  std::int64_t begin_us = 0;
  std::int64_t step_us = 0;
  std::uint32_t first = 0;  ///< its items are [first, first + items) of the part's
  std::uint32_t items = 0;
};
static_assert(sizeof(SoundRecord) == 40);

/// One item of one reference.
struct ItemPlace {
  std::uint32_t slot = 0;
  std::uint32_t position = 0;  ///< in the reference's print
};

/// The items of all references, one after the other, and an inverted index of them: 12 bytes an item, up to
/// 1 for the buckets, and 40 a reference. Opening looks at the references only; what the inverted index says
/// is checked where it is used, so that damaged bytes lead to wrong or missing places of real items at worst.
class SoundPart {
 public:
  static constexpr SectionTag kContent = section_tag("SOUN");

  /// Throws Error{corrupt} if what it says of itself is contradictory.
  explicit SoundPart(SegmentImage image);
  /// One reference, in memory. A print that is not searchable is kept without items.
  [[nodiscard]] static SoundPart of(ReferenceId reference, SeriesId series, const AudioPrint& print,
                                    AlgorithmId algorithm);
  /// Holds at most 8 MiB, 1 byte an item and 150 bytes a reference. Throws Error{too_large} at 2³² items, and
  /// Error{corrupt} where it sees that a part is damaged.
  static void write_merged(std::span<const Segment<SoundPart>> merged, SegmentWriter& out);

  [[nodiscard]] const SegmentImage& image() const { return image_; }
  [[nodiscard]] std::size_t references() const { return records_.size(); }
  [[nodiscard]] ReferenceId reference(std::size_t slot) const { return records_[slot].reference; }
  [[nodiscard]] std::span<const SoundRecord> records() const { return records_; }
  [[nodiscard]] std::span<const std::uint32_t> items_of(std::size_t slot) const {
    return items_.subspan(records_[slot].first, records_[slot].items);
  }

  /// Ascending; equal ones by place. One for each item.
  [[nodiscard]] std::span<const std::uint32_t> keys() const { return keys_; }
  /// What keys()[at] belongs to, counted through all references; any number if the part is damaged there.
  [[nodiscard]] std::span<const std::uint32_t> places() const { return places_; }
  /// What keys()[at] belongs to; nothing if the part is damaged there.
  [[nodiscard]] std::optional<ItemPlace> place(std::size_t at) const;

  /// Positions in keys().
  struct Range {
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  /// Where a key is if it is anywhere: about four to eight positions.
  [[nodiscard]] Range bucket_of(std::uint32_t key) const {
    const std::size_t bucket = key >> shift_;
    const Range range{buckets_[bucket], buckets_[bucket + 1]};
    return range.begin <= range.end && range.end <= keys_.size() ? range : Range{};
  }
  /// Has bucket_of(key) at hand soon.
  void prefetch_bucket(std::uint32_t key) const { __builtin_prefetch(&buckets_[key >> shift_]); }
  /// Has the keys at hand soon of which bucket_of(key) speaks.
  void prefetch_keys(std::uint32_t key) const { __builtin_prefetch(keys_.data() + bucket_of(key).begin); }

 private:
  SegmentImage image_;
  std::span<const SoundRecord> records_;
  std::span<const std::uint32_t> owners_;  ///< of the first of every kOwnerBlock items: its slot
  std::span<const std::uint32_t> items_;
  std::span<const std::uint32_t> keys_;
  std::span<const std::uint32_t> buckets_;  ///< where the keys with each value of the leading bits begin
  std::span<const std::uint32_t> places_;   ///< places_[i], in items_, belongs to keys_[i]
  int shift_ = 0;                           ///< key >> shift_ is its bucket
};

}  // namespace reelprint::index
