// The AVX-512 kernels of hamming_scan.h, mirror_scan.h and scan_batch.h; there on x86-64 only, and to be
// called only where ScanPath::avx512 is available.
#pragma once

#include "index/scan_batch.h"

namespace reelprint::index {

[[nodiscard]] std::size_t scan_avx512(CodeSpan codes, const Code& query, int radius, ScanHit* hits);
[[nodiscard]] std::size_t mirror_scan_avx512(CodeSpan split_codes, const Code& split_query, int radius,
                                             ScanHit* hits);

/// These append each query's hits by position, those of different queries in no particular order.
void scan_batch_avx512(CodeSpan codes, std::span<const Code> queries, std::span<const int> radii,
                       std::vector<BatchHit>& hits);
void mirror_scan_batch_avx512(CodeSpan split_codes, std::span<const Code> split_queries,
                              std::span<const int> radii, std::vector<BatchHit>& hits);

}  // namespace reelprint::index
