// Which of many 256-bit codes lie within a Hamming radius of each of several queries: each block of codes is
// read once for all of them, and what only the last word could still tell is not counted to the end.
#pragma once

#include <compare>
#include <span>
#include <vector>

#include "index/hamming_scan.h"

namespace reelprint::index {

/// A code found by one of the queries.
struct BatchHit {
  std::uint32_t query = 0;  ///< its place in the batch
  ScanHit hit = 0;

  friend auto operator<=>(const BatchHit&, const BatchHit&) = default;
};

/// Appends to `hits` what each query's kernel (hamming_scan.h) finds within its own radius, by query and then
/// by position. `path` must be an available one; `radii` has one for each query. Where codes are many, they
/// are best given in parts: with large radii all of them may be found.
void scan_batch(ScanPath path, CodeSpan codes, std::span<const Code> queries, std::span<const int> radii,
                std::vector<BatchHit>& hits);

/// The same for split codes and queries or their mirror images, as by the kernel of mirror_scan.h.
void scan_mirrored_batch(ScanPath path, CodeSpan split_codes, std::span<const Code> split_queries,
                         std::span<const int> radii, std::vector<BatchHit>& hits);

}  // namespace reelprint::index
