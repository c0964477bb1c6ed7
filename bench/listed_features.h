// A segment of features whose rows are given list by list: quick to make, as nothing is looked up.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <vector>

#include "index/feature_part.h"
#include "index/hamming_scan.h"

namespace reelprint::bench {

struct ListedRow {
  std::uint32_t detail = 0;  ///< numbered through the part
  std::uint8_t length = 1;   ///< details
  index::Code code{};
};

/// Puts the rows of one inverted list, by ascending detail, behind those that are there. It is asked for each
/// list four times and has to say the same each time.
using AppendList = std::function<void(std::size_t list, std::vector<ListedRow>& rows)>;

/// What FeaturePart::write_merged would write (docs/formats.md). Holds the rows of one list at a time.
[[nodiscard]] index::FeaturePart write_listed(const std::filesystem::path& file,
                                              std::span<const index::FeatureRecord> records,
                                              const AppendList& append_list);

/// A part as it lies on the disk, mapped.
[[nodiscard]] index::FeaturePart open_listed(const std::filesystem::path& file);

}  // namespace reelprint::bench
