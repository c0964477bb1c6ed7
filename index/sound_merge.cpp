// How SoundPart's bytes are made: of one print, and of many parts.
#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include "core/error.h"
#include "index/sound_part.h"
#include "index/sound_sections.h"

namespace reelprint::index {
namespace {

/// Entries that are merged once and held; more are merged once for the keys and once for the places.
constexpr std::size_t kMostHeld = std::size_t{1} << 20;

/// Gathers numbers and writes them together.
class NumberOutput {
 public:
  explicit NumberOutput(SegmentWriter& out) : out_(out) { numbers_.reserve(kTogether); }
  void put(std::uint32_t number) {
    numbers_.push_back(number);
    if (numbers_.size() == kTogether) flush();
  }
  /// To be called at the end.
  void flush() {
    out_.put_items(std::span<const std::uint32_t>(numbers_));
    numbers_.clear();
  }

 private:
  static constexpr std::size_t kTogether = 4096;
  SegmentWriter& out_;
  std::vector<std::uint32_t> numbers_;
};

/// A key above and its place below: as they are sorted.
using Entry = std::uint64_t;
Entry entry_of(std::uint32_t key, std::uint32_t place) {
  return std::uint64_t{key} << 32 | place;
}
std::uint32_t key_in(Entry entry) {
  return static_cast<std::uint32_t>(entry >> 32);
}

void write_records(std::span<const SoundRecord> records, SegmentWriter& out) {
  out.begin(kSoundRecords);
  out.put_items(records);
  out.begin(kSoundOwners);
  NumberOutput owners(out);
  std::size_t noted = 0;  // items whose block has its owner
  for (std::size_t slot = 0; slot < records.size(); ++slot) {
    const std::size_t end = std::size_t{records[slot].first} + records[slot].items;
    for (; noted < end; noted += kOwnerBlock) owners.put(static_cast<std::uint32_t>(slot));
  }
  owners.flush();
}

/// `for_each_entry` tells all entries in order to a function, each time it is called.
template <class ForEachEntry>
void write_inverted(std::size_t items, const ForEachEntry& for_each_entry, SegmentWriter& out) {
  const int bits = sound_bucket_bits(items);
  std::vector<std::uint32_t> buckets((std::size_t{1} << bits) + 1);
  out.begin(kSoundKeys);
  NumberOutput keys(out);
  for_each_entry([&](Entry entry) {
    keys.put(key_in(entry));
    ++buckets[(key_in(entry) >> (32 - bits)) + 1];
  });
  keys.flush();
  std::partial_sum(buckets.begin(), buckets.end(), buckets.begin());
  out.begin(kSoundBuckets);
  out.put_items(std::span<const std::uint32_t>(buckets));
  out.begin(kSoundPlaces);
  NumberOutput places(out);
  for_each_entry([&](Entry entry) { places.put(static_cast<std::uint32_t>(entry)); });
  places.flush();
}

/// Where a reference comes from, and its record in the merger.
struct Source {
  std::size_t segment = 0;
  std::size_t slot = 0;
  SoundRecord record;
};

/// The live references by ascending id.
std::vector<Source> sources_of(std::span<const Segment<SoundPart>> merged) {
  std::vector<Source> sources;
  for (std::size_t s = 0; s < merged.size(); ++s) {
    for (std::size_t slot = 0; slot < merged[s].part->references(); ++slot)
      if (merged[s].is_live(slot)) sources.push_back({s, slot, merged[s].part->records()[slot]});
  }
  std::ranges::sort(sources, {}, [](const Source& source) { return source.record.reference; });
  std::size_t items = 0;
  for (Source& source : sources) {
    source.record.first = static_cast<std::uint32_t>(items);
    items += source.record.items;
    if (items > std::numeric_limits<std::uint32_t>::max())
      throw Error(ErrorCode::too_large, "merge segments of sound: more than 2^32 items");
  }
  return sources;
}

constexpr Entry kEnd = std::numeric_limits<Entry>::max();  ///< no entry: there are less than 2³² places

/// The entries of a segment's live references as those of the merger, one after the other.
class Cursor {
 public:
  /// `first_items[slot]` is where a live reference's items begin in the merger.
  Cursor(const Segment<SoundPart>& segment, std::vector<std::uint32_t> first_items)
      : segment_(&segment), part_(segment.part.get()), first_items_(std::move(first_items)) {
    const auto records = part_->records();
    shifts_.assign((part_->keys().size() + kOwnerBlock - 1) / kOwnerBlock, kMixed);
    for (std::size_t slot = 0; slot < records.size(); ++slot) {
      const SoundRecord& record = records[slot];
      const std::int64_t shift =
          segment.is_live(slot) ? std::int64_t{first_items_[slot]} - record.first : kDead;
      const std::size_t end = (std::size_t{record.first} + record.items) / kOwnerBlock;
      for (std::size_t block = (record.first + kOwnerBlock - 1) / kOwnerBlock; block < end; ++block)
        shifts_[block] = shift;
    }
  }

  /// From the first one again.
  void rewind() {
    at_ = 0;
    last_.reset();
  }
  /// kEnd behind the last one. Throws Error{corrupt}.
  [[nodiscard]] Entry next() {
    while (at_ < part_->keys().size()) {
      const std::uint32_t key = part_->keys()[at_];
      const auto place = new_place(at_++);
      if (!place) continue;
      const Entry entry = entry_of(key, *place);
      if (last_ && entry <= *last_) part_->image().fail("its keys are not in order");
      last_ = entry;
      return entry;
    }
    return kEnd;
  }

 private:
  static constexpr std::int64_t kDead = std::numeric_limits<std::int64_t>::min();
  static constexpr std::int64_t kMixed = kDead + 1;

  /// Nothing if its reference is removed.
  [[nodiscard]] std::optional<std::uint32_t> new_place(std::size_t at) const {
    const std::uint32_t old_place = part_->places()[at];
    const std::int64_t shift = old_place < part_->keys().size() ? shifts_[old_place / kOwnerBlock] : kMixed;
    if (shift == kDead) return std::nullopt;
    if (shift != kMixed) return static_cast<std::uint32_t>(old_place + shift);
    const auto place = part_->place(at);
    if (!place) part_->image().fail("a key belongs to no item");
    if (!segment_->is_live(place->slot)) return std::nullopt;
    return first_items_[place->slot] + place->position;
  }

  const Segment<SoundPart>* segment_;
  const SoundPart* part_;
  std::vector<std::uint32_t> first_items_;
  /// Of every kOwnerBlock items by how many places they move, unless they move differently.
  std::vector<std::int64_t> shifts_;
  std::size_t at_ = 0;
  std::optional<Entry> last_;
};

std::vector<Cursor> cursors_of(std::span<const Segment<SoundPart>> merged,
                               const std::vector<Source>& sources) {
  std::vector<std::vector<std::uint32_t>> first_items;
  for (const auto& segment : merged) first_items.emplace_back(segment.part->references());
  for (const Source& source : sources) first_items[source.segment][source.slot] = source.record.first;
  std::vector<Cursor> cursors;
  for (std::size_t s = 0; s < merged.size(); ++s) cursors.emplace_back(merged[s], std::move(first_items[s]));
  return cursors;
}

/// Tells all entries in order to a function. Few parts are merged at once: the next entry is found by looking
/// at them all. Throws Error{corrupt} if there are not so many.
template <class Tell>
void merge_entries(std::vector<Cursor>& cursors, std::size_t entries, const Tell& tell) {
  std::vector<Entry> heads;
  for (Cursor& cursor : cursors) {
    cursor.rewind();
    heads.push_back(cursor.next());
  }
  for (; entries > 0; --entries) {
    std::size_t next = 0;
    for (std::size_t c = 1; c < heads.size(); ++c) next = heads[c] < heads[next] ? c : next;
    if (heads[next] == kEnd) break;
    tell(heads[next]);
    heads[next] = cursors[next].next();
  }
  if (entries > 0 || !std::ranges::all_of(heads, [](Entry head) { return head == kEnd; }))
    throw Error(ErrorCode::corrupt, "merge segments of sound: one has not one key for each item");
}

}  // namespace

SoundPart SoundPart::of(ReferenceId reference, SeriesId series, const AudioPrint& print,
                        AlgorithmId algorithm) {
  SoundRecord record{reference, series};
  std::span<const std::uint32_t> items;
  if (is_searchable(print)) {
    items = print.items;
    record.begin_us = print.begin.us;
    record.step_us = print.step.count();
    record.items = static_cast<std::uint32_t>(items.size());
  }
  std::vector<Entry> entries;
  entries.reserve(items.size());
  for (std::size_t i = 0; i < items.size(); ++i)
    entries.push_back(entry_of(sound_key_of(items[i]), static_cast<std::uint32_t>(i)));
  std::ranges::sort(entries);

  SegmentWriter out({kContent, algorithm});
  write_records(std::span(&record, 1), out);
  out.begin(kSoundItems);
  out.put_items(items);
  write_inverted(
      items.size(), [&](const auto& tell) { std::ranges::for_each(entries, tell); }, out);
  return SoundPart(out.finish());
}

void SoundPart::write_merged(std::span<const Segment<SoundPart>> merged, SegmentWriter& out) {
  const auto sources = sources_of(merged);
  std::vector<SoundRecord> records;
  for (const Source& source : sources) records.push_back(source.record);
  write_records(records, out);
  out.begin(kSoundItems);
  std::size_t items = 0;
  for (const Source& source : sources) {
    out.put_items(merged[source.segment].part->items_of(source.slot));
    items += source.record.items;
  }
  auto cursors = cursors_of(merged, sources);
  if (items > kMostHeld) {
    write_inverted(
        items, [&](const auto& tell) { merge_entries(cursors, items, tell); }, out);
    return;
  }
  std::vector<Entry> entries;
  entries.reserve(items);
  merge_entries(cursors, items, [&](Entry entry) { entries.push_back(entry); });
  write_inverted(
      items, [&](const auto& tell) { std::ranges::for_each(entries, tell); }, out);
}

}  // namespace reelprint::index
