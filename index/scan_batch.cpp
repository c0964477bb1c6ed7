#include "index/scan_batch.h"

#include <array>
#include <cassert>
#include <numeric>

#include "index/mirror_scan.h"
#include "index/scan_avx512.h"

namespace reelprint::index {
namespace {

/// Each tile of codes stays in the first-level cache while the queries pass over it one by one.
void scan_tiles(ScanKernel scan, CodeSpan codes, std::span<const Code> queries, std::span<const int> radii,
                std::vector<BatchHit>& hits) {
  std::array<ScanHit, kTileCodes + kScanSlack> found{};
  for (std::size_t first = 0; first < codes.size(); first += kTileCodes) {
    const CodeSpan tile = codes.part(first, kTileCodes);
    for (std::size_t q = 0; q < queries.size(); ++q) {
      const std::size_t count = scan(tile, queries[q], radii[q], found.data());
      for (const ScanHit hit : std::span(found).first(count)) {
        hits.push_back({static_cast<std::uint32_t>(q), hit + first});
      }
    }
  }
}

/// Each query's hits are in order already: a counting sort.
void sort_by_query(std::span<BatchHit> hits, std::size_t queries) {
  std::vector<std::size_t> ends(queries + 1);
  for (const BatchHit& hit : hits) ++ends[hit.query + 1];
  std::partial_sum(ends.begin(), ends.end(), ends.begin());
  const std::vector<BatchHit> unsorted(hits.begin(), hits.end());
  for (const BatchHit& hit : unsorted) hits[ends[hit.query]++] = hit;
}

}  // namespace

void scan_batch(ScanPath path, CodeSpan codes, std::span<const Code> queries, std::span<const int> radii,
                std::vector<BatchHit>& hits) {
  assert(queries.size() == radii.size());
  const std::size_t before = hits.size();
#if defined(__x86_64__)
  if (path == ScanPath::avx512)
    scan_batch_avx512(codes, queries, radii, hits);
  else
#endif
    scan_tiles(scan_kernel(path), codes, queries, radii, hits);
  sort_by_query(std::span(hits).subspan(before), queries.size());
}

void scan_mirrored_batch(ScanPath path, CodeSpan split_codes, std::span<const Code> split_queries,
                         std::span<const int> radii, std::vector<BatchHit>& hits) {
  assert(split_queries.size() == radii.size());
  const std::size_t before = hits.size();
#if defined(__x86_64__)
  if (path == ScanPath::avx512)
    mirror_scan_batch_avx512(split_codes, split_queries, radii, hits);
  else
#endif
    scan_tiles(mirror_scan_kernel(path), split_codes, split_queries, radii, hits);
  sort_by_query(std::span(hits).subspan(before), split_queries.size());
}

}  // namespace reelprint::index
