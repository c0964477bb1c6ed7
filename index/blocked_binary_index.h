// An exhaustive faiss::IndexBinary over blocks of eight codes, for what speaks FAISS; nothing of ours needs
// it.
#pragma once

#include <memory>

#include "index/hamming_scan.h"

namespace faiss {
struct IndexBinary;
}

namespace reelprint::index {

/// An empty index of 256-bit codes that does what faiss::IndexBinaryFlat does, many times faster: add, search
/// (equal distances by id), range_search (distances below the radius, by id), reset, reconstruct; not more.
/// Labels are positions. At most 2^32 codes. Searches run on OpenMP's threads, which share out the codes and
/// not the queries, and may run at once; what is found does not depend on the number of threads. Throws
/// faiss::FaissException as FAISS does: bad arguments, search parameters.
[[nodiscard]] std::unique_ptr<faiss::IndexBinary> make_blocked_binary_index(
    ScanPath path = fastest_scan_path());

/// The same over codes that stay where they are, mapped from a file for instance, and that must outlive it;
/// add and reset throw.
[[nodiscard]] std::unique_ptr<faiss::IndexBinary> make_blocked_binary_index(
    CodeSpan borrowed, ScanPath path = fastest_scan_path());

}  // namespace reelprint::index
