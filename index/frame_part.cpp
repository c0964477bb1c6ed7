#include "index/frame_part.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/bytes.h"
#include "core/error.h"
#include "index/block_output.h"
#include "index/frame_sections.h"
#include "index/mirror_scan.h"

namespace reelprint::index {
namespace {

constexpr std::uint64_t kMostUs = std::uint64_t{1} << 60;
constexpr std::uint8_t kStartsShot = 0x80;

/// For each keyframe the gap since the one before with a bit for its detail, its length, its quality with a
/// bit for a shot's start.
void put_times(const IndexedReference& reference, ByteWriter& out) {
  Timestamp reached;
  auto detail = reference.details.begin();
  for (std::size_t i = 0; i < reference.keyframes.size(); ++i) {
    const Keyframe& keyframe = reference.keyframes[i];
    const bool has_detail = detail != reference.details.end() && *detail == i;
    if (has_detail) ++detail;
    const auto gap = static_cast<std::uint64_t>((keyframe.span.begin - reached).count());
    out.put_varint(gap << 1 | (has_detail ? 1U : 0U));
    out.put_varint(static_cast<std::uint64_t>(keyframe.span.length().count()));
    out.put(static_cast<std::uint8_t>(keyframe.hash.quality | (keyframe.starts_shot ? kStartsShot : 0)));
    reached = keyframe.span.end;
  }
}

FrameRecord record_of(const IndexedReference& reference) {
  FrameRecord record;
  record.reference = reference.reference;
  record.episode = reference.episode;
  record.series = reference.series;
  record.duration_us = reference.duration.count();
  record.keyframes = static_cast<std::uint32_t>(reference.keyframes.size());
  record.searchable = static_cast<std::uint32_t>(
      std::ranges::count_if(reference.keyframes, [](const Keyframe& k) { return is_searchable(k.hash); }));
  return record;
}

}  // namespace

FramePart::FramePart(SegmentImage image)
    : image_(std::move(image)),
      records_(image_.items<FrameRecord>(kFrameRecords)),
      times_(image_.section(kFrameTimes)),
      codes_(image_.items<CodeBlock>(kFrameCodes)),
      list_ends_(image_.items<std::uint32_t>(kFrameListEnds)),
      listed_rows_(image_.items<std::uint32_t>(kFrameListedRows)),
      homes_(image_.items<std::uint16_t>(kFrameHomes)) {
  for (std::size_t slot = 0; slot < records_.size(); ++slot) {
    const FrameRecord& record = records_[slot];
    const bool is_first = slot == 0;
    if ((!is_first && record.reference <= records_[slot - 1].reference) || record.first_row != rows_ ||
        record.times > times_.size() || (!is_first && record.times < records_[slot - 1].times))
      image_.fail("its references are not in order");
    rows_ += record.keyframes;
  }
  if (codes_.size() != (rows_ + CodeBlock::kCodes - 1) / CodeBlock::kCodes)
    image_.fail("it has not one code for each keyframe");
  if (list_ends_.empty()) return;
  if (list_ends_.size() != FrameCodebook::kWords || !std::ranges::is_sorted(list_ends_) ||
      list_ends_.back() != rows_ || listed_rows_.size() != rows_ || homes_.size() != rows_)
    image_.fail("its lists are not in order");
}

FramePart FramePart::of(const IndexedReference& reference, AlgorithmId algorithm) {
  SegmentWriter out({kContent, algorithm});
  write(std::span(&reference, 1), out);
  return FramePart(out.finish());
}

void FramePart::write(std::span<const IndexedReference> references, SegmentWriter& out) {
  std::vector<FrameRecord> records;
  ByteWriter times;
  std::uint32_t rows = 0;
  for (const IndexedReference& reference : references) {
    FrameRecord record = record_of(reference);
    record.first_row = rows;
    record.times = times.bytes().size();
    rows += record.keyframes;
    records.push_back(record);
    put_times(reference, times);
  }
  out.begin(kFrameRecords);
  out.put_items(std::span<const FrameRecord>(records));
  out.begin(kFrameTimes);
  out.put(times.bytes());
  out.begin(kFrameCodes);
  BlockOutput codes(out);
  for (const IndexedReference& reference : references) {
    for (const Keyframe& keyframe : reference.keyframes) codes.put(split_code(keyframe.hash.words));
  }
  codes.flush();
}

std::span<const std::byte> FramePart::times_of(std::size_t slot) const {
  const std::size_t end = slot + 1 < records_.size() ? records_[slot + 1].times : times_.size();
  return times_.subspan(records_[slot].times, end - records_[slot].times);
}

std::size_t FramePart::row_at(std::size_t position) const {
  if (!is_listed()) return position;
  return std::min<std::size_t>(listed_rows_[position], rows_);
}

FramePart::Range FramePart::list(std::size_t number) const {
  return {number == 0 ? 0 : list_ends_[number - 1], list_ends_[number]};
}

Code FramePart::code_of(std::size_t row) const {
  if (!is_listed()) return codes()[row];
  const std::size_t first = std::size_t{homes_[row]} << kHomeShift;
  for (std::size_t number = first; number < std::min(list_ends_.size(), first + (1U << kHomeShift));
       ++number) {
    const Range range = list(number);
    const auto rows = listed_rows_.subspan(range.begin, range.end - range.begin);
    const auto at = std::ranges::lower_bound(rows, row);
    if (at != rows.end() && *at == row)
      return codes()[range.begin + static_cast<std::size_t>(at - rows.begin())];
  }
  image_.fail("a keyframe is in no list");
}

std::size_t FramePart::slot_of_row(std::size_t row) const {
  const auto behind =
      std::ranges::upper_bound(records_, row, {}, [](const FrameRecord& r) { return r.first_row; });
  return static_cast<std::size_t>(behind - records_.begin()) - 1;
}

IndexedReference FramePart::load(std::size_t slot) const {
  const FrameRecord& record = records_[slot];
  IndexedReference reference{
      record.reference, record.episode, record.series, Duration{record.duration_us}, {}, {}};
  reference.keyframes.resize(record.keyframes);
  ByteReader in(times_of(slot), "keyframes of reference " + std::to_string(record.reference.value));
  Timestamp reached;
  for (std::uint32_t i = 0; i < record.keyframes; ++i) {
    Keyframe& keyframe = reference.keyframes[i];
    const std::uint64_t gap = in.take_varint(kMostUs);
    if ((gap & 1) != 0) reference.details.push_back(i);
    keyframe.span.begin = reached + Duration{static_cast<std::int64_t>(gap >> 1)};
    keyframe.span.end = keyframe.span.begin + Duration{static_cast<std::int64_t>(in.take_varint(kMostUs))};
    reached = keyframe.span.end;
    const auto quality = in.take<std::uint8_t>();
    keyframe.starts_shot = (quality & kStartsShot) != 0;
    keyframe.hash.quality = quality & static_cast<std::uint8_t>(~kStartsShot);
    keyframe.hash.words = joined_code(code_of(record.first_row + i));
  }
  return reference;
}

}  // namespace reelprint::index
