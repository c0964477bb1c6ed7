#include "bench/listed_features.h"

#include "index/block_output.h"
#include "index/feature_sections.h"
#include "index/segment_writer.h"

namespace reelprint::bench {
namespace {

constexpr index::SegmentKind kKind{index::FeaturePart::kContent, kAlgorithm};

}  // namespace

index::FeaturePart write_listed(const std::filesystem::path& file,
                                std::span<const index::FeatureRecord> records,
                                const AppendList& append_list) {
  std::vector<ListedRow> rows;
  const auto for_each_list = [&](const auto& take) {
    for (std::size_t list = 0; list < index::Codebook::kWords; ++list) {
      rows.clear();
      append_list(list, rows);
      take();
    }
  };
  const auto for_each_row = [&](const auto& take) {
    for_each_list([&] {
      for (const ListedRow& row : rows) take(row);
    });
  };
  index::SegmentWriter out(kKind, file);
  out.begin(index::kFeatureRecords);
  out.put_items(records);
  std::vector<std::uint32_t> ends;
  for_each_list(
      [&] { ends.push_back((ends.empty() ? 0 : ends.back()) + static_cast<std::uint32_t>(rows.size())); });
  out.begin(index::kFeatureListEnds);
  out.put_items(std::span<const std::uint32_t>(ends));
  out.begin(index::kFeatureDetails);
  for_each_row([&](const ListedRow& row) { out.put_items(std::span<const std::uint32_t>(&row.detail, 1)); });
  out.begin(index::kFeatureLengths);
  for_each_row([&](const ListedRow& row) { out.put_items(std::span<const std::uint8_t>(&row.length, 1)); });
  out.begin(index::kFeatureCodes);
  index::BlockOutput codes(out);
  for_each_row([&](const ListedRow& row) { codes.put(row.code); });
  codes.flush();
  return index::FeaturePart(out.finish());
}

index::FeaturePart open_listed(const std::filesystem::path& file) {
  return index::FeaturePart(index::SegmentImage::open(file, kKind));
}

}  // namespace reelprint::bench
