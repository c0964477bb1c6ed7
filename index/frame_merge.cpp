// FramePart::write_merged: the rows of many parts as those of one.
#include <algorithm>
#include <limits>
#include <numeric>
#include <vector>

#include "core/error.h"
#include "index/block_output.h"
#include "index/frame_part.h"
#include "index/frame_sections.h"
#include "index/mirror_scan.h"

namespace reelprint::index {
namespace {

struct Source {
  const FramePart* part = nullptr;
  std::size_t slot = 0;

  [[nodiscard]] const FrameRecord& record() const { return part->records()[slot]; }
};

/// The live references by ascending id.
std::vector<Source> sources_of(std::span<const Segment<FramePart>> merged) {
  std::vector<Source> sources;
  for (const auto& segment : merged) {
    for (std::size_t slot = 0; slot < segment.part->references(); ++slot)
      if (segment.is_live(slot)) sources.push_back({segment.part.get(), slot});
  }
  std::ranges::sort(sources, {}, [](const Source& source) { return source.record().reference; });
  return sources;
}

std::size_t count_rows(const std::vector<Source>& sources) {
  std::size_t rows = 0;
  for (const Source& source : sources) rows += source.record().keyframes;
  if (rows > std::numeric_limits<std::uint32_t>::max())
    throw Error(ErrorCode::too_large, "merge segments of frames: more than 2^32 keyframes");
  return rows;
}

void write_records(const std::vector<Source>& sources, SegmentWriter& out) {
  std::uint32_t rows = 0;
  std::uint64_t times = 0;
  out.begin(kFrameRecords);
  for (const Source& source : sources) {
    FrameRecord record = source.record();
    record.first_row = rows;
    record.times = times;
    rows += record.keyframes;
    times += source.part->times_of(source.slot).size();
    out.put_items(std::span<const FrameRecord>(&record, 1));
  }
  out.begin(kFrameTimes);
  for (const Source& source : sources) out.put(source.part->times_of(source.slot));
}

void write_rows_in_order(const std::vector<Source>& sources, SegmentWriter& out) {
  out.begin(kFrameCodes);
  BlockOutput codes(out);
  for (const Source& source : sources) {
    for (std::size_t i = 0; i < source.record().keyframes; ++i)
      codes.put(source.part->code_of(source.record().first_row + i));
  }
  codes.flush();
}

/// The list of each row of a part: as it lies, or looked up.
std::vector<std::uint32_t> lists_of(const FramePart& part, const FrameCodebook& codebook) {
  std::vector<std::uint32_t> lists(part.codes().size());
  if (!part.is_listed()) {
    for (std::size_t row = 0; row < lists.size(); ++row)
      lists[row] = codebook.nearest(joined_code(part.codes()[row]));
    return lists;
  }
  for (std::uint32_t number = 0; number < FrameCodebook::kWords; ++number) {
    const auto range = part.list(number);
    for (std::size_t at = range.begin; at < range.end; ++at) {
      if (const std::size_t row = part.row_at(at); row < lists.size()) lists[row] = number;
    }
  }
  return lists;
}

/// The list of each row of the merger.
std::vector<std::uint32_t> lists_of(std::span<const Segment<FramePart>> merged,
                                    const std::vector<Source>& sources) {
  const FrameCodebook codebook;
  std::vector<std::uint32_t> first_rows(sources.size());
  std::uint32_t rows = 0;
  for (std::size_t s = 0; s < sources.size(); ++s) {
    first_rows[s] = rows;
    rows += sources[s].record().keyframes;
  }
  std::vector<std::uint32_t> lists(rows);
  for (const auto& segment : merged) {
    const auto of_part = lists_of(*segment.part, codebook);
    for (std::size_t s = 0; s < sources.size(); ++s) {
      if (sources[s].part != segment.part.get()) continue;
      const FrameRecord& record = sources[s].record();
      std::copy_n(of_part.begin() + record.first_row, record.keyframes, lists.begin() + first_rows[s]);
    }
  }
  return lists;
}

/// Rows list after list: a counting sort. `ends` becomes where each list ends.
std::vector<std::uint32_t> in_lists(const std::vector<std::uint32_t>& lists,
                                    std::vector<std::uint32_t>& ends) {
  ends.assign(FrameCodebook::kWords + 1, 0);
  for (const std::uint32_t list : lists) ++ends[list + 1];
  std::partial_sum(ends.begin(), ends.end(), ends.begin());
  std::vector<std::uint32_t> rows(lists.size());
  for (std::uint32_t row = 0; row < lists.size(); ++row) rows[ends[lists[row]]++] = row;
  ends.pop_back();
  return rows;
}

void write_rows_in_lists(std::span<const Segment<FramePart>> merged, const std::vector<Source>& sources,
                         SegmentWriter& out) {
  const auto lists = lists_of(merged, sources);
  std::vector<std::uint32_t> ends;
  const auto rows = in_lists(lists, ends);
  out.begin(kFrameListEnds);
  out.put_items(std::span<const std::uint32_t>(ends));
  out.begin(kFrameListedRows);
  out.put_items(std::span<const std::uint32_t>(rows));
  out.begin(kFrameHomes);
  for (const std::uint32_t list : lists) {
    const auto home = static_cast<std::uint16_t>(list >> kHomeShift);
    out.put_items(std::span<const std::uint16_t>(&home, 1));
  }
  std::vector<std::uint32_t> first_rows;
  std::uint32_t reached = 0;
  for (const Source& source : sources) {
    first_rows.push_back(reached);
    reached += source.record().keyframes;
  }
  out.begin(kFrameCodes);
  BlockOutput codes(out);
  for (const std::uint32_t row : rows) {
    const auto s =
        static_cast<std::size_t>(std::ranges::upper_bound(first_rows, row) - first_rows.begin()) - 1;
    codes.put(sources[s].part->code_of(sources[s].record().first_row + (row - first_rows[s])));
  }
  codes.flush();
}

}  // namespace

void FramePart::write_merged(std::span<const Segment<FramePart>> merged, SegmentWriter& out,
                             std::size_t listed_from) {
  const auto sources = sources_of(merged);
  const bool is_listed = count_rows(sources) >= std::max<std::size_t>(1, listed_from);
  write_records(sources, out);
  if (is_listed)
    write_rows_in_lists(merged, sources, out);
  else
    write_rows_in_order(sources, out);
}

}  // namespace reelprint::index
