#include "index/feature_part.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "core/error.h"
#include "index/block_output.h"
#include "index/feature_sections.h"

namespace reelprint::index {
namespace {

/// Positions of tracks by list, of those in one by detail.
std::vector<std::uint32_t> in_lists(std::span<const FeatureTrack> tracks, std::vector<std::uint32_t>& ends) {
  std::vector<std::uint32_t> lists;
  CodebookFinder finder(feature_codebook());
  for (const FeatureTrack& track : tracks) lists.push_back(finder.find_nearest(track.descriptor, 1).front());
  ends.assign(Codebook::kWords, 0);
  for (const std::uint32_t list : lists) ++ends[list];
  std::partial_sum(ends.begin(), ends.end(), ends.begin());
  std::vector<std::uint32_t> order(tracks.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, {}, [&](std::uint32_t i) { return std::pair(lists[i], tracks[i].detail); });
  return order;
}

}  // namespace

const Codebook& feature_codebook() {
  static const Codebook codebook(fastest_scan_path());
  return codebook;
}

FeaturePart::FeaturePart(SegmentImage image)
    : image_(std::move(image)),
      records_(image_.items<FeatureRecord>(kFeatureRecords)),
      codes_(image_.items<CodeBlock>(kFeatureCodes)),
      details_(image_.items<std::uint32_t>(kFeatureDetails)),
      lengths_(image_.items<std::uint8_t>(kFeatureLengths)),
      list_ends_(image_.items<std::uint32_t>(kFeatureListEnds)) {
  std::size_t details = 0;
  std::size_t rows = 0;
  for (std::size_t slot = 0; slot < records_.size(); ++slot) {
    const FeatureRecord& record = records_[slot];
    const std::size_t first_row = is_listed() ? 0 : rows;
    if ((slot > 0 && record.reference <= records_[slot - 1].reference) || record.first_detail != details ||
        record.first_row != first_row)
      image_.fail("its references are not in order");
    details += record.details;
    rows += record.rows;
  }
  if (lengths_.size() != rows || details_.size() != rows ||
      codes_.size() != (rows + CodeBlock::kCodes - 1) / CodeBlock::kCodes)
    image_.fail("it has not one code for each feature");
  if (!is_listed()) return;
  if (list_ends_.size() != Codebook::kWords || !std::ranges::is_sorted(list_ends_) ||
      list_ends_.back() != rows)
    image_.fail("its lists are not in order");
}

FeaturePart FeaturePart::of(ReferenceId reference, std::span<const FeatureTrack> tracks,
                            AlgorithmId algorithm, bool is_listed) {
  FeatureRecord record{reference, 0, 0, 0, static_cast<std::uint32_t>(tracks.size())};
  for (const FeatureTrack& track : tracks) {
    if (track.detail >= kMaxDetails)
      throw Error(ErrorCode::too_large, "index the features of reference " + std::to_string(reference.value) +
                                            ": more than " + std::to_string(kMaxDetails) + " details");
    record.details = std::max(record.details, track.detail + 1);
  }
  std::vector<std::uint32_t> ends;
  std::vector<std::uint32_t> order(tracks.size());
  std::iota(order.begin(), order.end(), 0U);
  if (is_listed)
    order = in_lists(tracks, ends);
  else
    std::ranges::stable_sort(order, {}, [&](std::uint32_t i) { return tracks[i].detail; });

  SegmentWriter out({kContent, algorithm});
  out.begin(kFeatureRecords);
  out.put_items(std::span<const FeatureRecord>(&record, 1));
  out.begin(kFeatureListEnds);
  out.put_items(std::span<const std::uint32_t>(ends));
  out.begin(kFeatureDetails);
  for (const std::uint32_t i : order) out.put_items(std::span<const std::uint32_t>(&tracks[i].detail, 1));
  out.begin(kFeatureLengths);
  for (const std::uint32_t i : order) out.put_items(std::span<const std::uint8_t>(&tracks[i].length, 1));
  out.begin(kFeatureCodes);
  BlockOutput codes(out);
  for (const std::uint32_t i : order) codes.put(tracks[i].descriptor);
  codes.flush();
  return FeaturePart(out.finish());
}

std::optional<FeatureRow> FeaturePart::row(std::size_t number) const {
  const std::uint32_t detail = details_[number];
  const auto behind =
      std::ranges::upper_bound(records_, detail, {}, [](const FeatureRecord& r) { return r.first_detail; });
  if (behind == records_.begin()) return std::nullopt;
  const FeatureRecord& record = *std::prev(behind);
  if (detail - record.first_detail >= record.details) return std::nullopt;
  return FeatureRow{static_cast<std::uint32_t>(std::prev(behind) - records_.begin()),
                    detail - record.first_detail, lengths_[number]};
}

}  // namespace reelprint::index
