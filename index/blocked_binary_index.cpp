#include "index/blocked_binary_index.h"

#include <faiss/IndexBinary.h>
#include <faiss/impl/AuxIndexStructures.h>
#include <faiss/impl/FaissAssert.h>
#include <omp.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "index/scan_batch.h"

namespace reelprint::index {
namespace {

constexpr std::size_t kMostQueries = 256;    ///< in one pass over the codes
constexpr std::size_t kMostCodes = 4096;     ///< in one call: all may be found, by each query
constexpr std::size_t kLeastOfPart = 16384;  ///< codes that are worth a thread

/// Codes for one thread, from a multiple of eight on.
struct Part {
  std::size_t first = 0;
  std::size_t end = 0;
};

std::vector<Part> parts_of(std::size_t codes) {
  const auto threads = static_cast<std::size_t>(std::max(omp_get_max_threads(), 1));
  const std::size_t count = std::clamp(codes / kLeastOfPart, std::size_t{1}, threads);
  const std::size_t blocks = (codes + CodeBlock::kCodes - 1) / CodeBlock::kCodes;
  const auto bound = [&](std::size_t i) { return std::min(blocks * i / count * CodeBlock::kCodes, codes); };
  std::vector<Part> parts;
  for (std::size_t i = 0; i < count; ++i) parts.push_back({bound(i), bound(i + 1)});
  return parts;
}

std::vector<Code> codes_of(const std::uint8_t* bytes, std::size_t count) {
  std::vector<Code> codes(count);
  if (count > 0) std::memcpy(codes.data(), bytes, count * kCodeBytes);
  return codes;
}

/// The nearest `count` of the hits that it has seen, ties by position.
class Nearest {
 public:
  explicit Nearest(std::size_t count) : count_(count) {}

  void add(ScanHit hit) {
    if (heap_.size() == count_) {
      if (hit >= heap_.front()) return;
      std::ranges::pop_heap(heap_);
      heap_.pop_back();
    }
    heap_.push_back(hit);
    std::ranges::push_heap(heap_);
  }
  /// Within which a code at a later position than all so far can still be among the nearest.
  [[nodiscard]] int radius() const {
    return heap_.size() < count_ ? kCodeBits : distance_of(heap_.front()) - 1;
  }
  [[nodiscard]] const std::vector<ScanHit>& hits() const { return heap_; }

 private:
  std::size_t count_;
  std::vector<ScanHit> heap_;
};

class BlockedBinaryIndex final : public faiss::IndexBinary {
 public:
  explicit BlockedBinaryIndex(ScanPath path) : IndexBinary(kCodeBits), path_(path) {}
  BlockedBinaryIndex(CodeSpan borrowed, ScanPath path)
      : IndexBinary(kCodeBits), borrowed_(borrowed), path_(path) {
    ntotal = static_cast<idx_t>(borrowed.size());
  }

  void add(idx_t n, const std::uint8_t* x) override {
    FAISS_THROW_IF_NOT_MSG(!borrowed_, "add to blocked binary index: its codes are borrowed");
    FAISS_THROW_IF_NOT(n >= 0 && ntotal + n <= std::numeric_limits<std::uint32_t>::max());
    owned_.append({x, static_cast<std::size_t>(n) * kCodeBytes});
    ntotal += n;
  }

  void reset() override {
    FAISS_THROW_IF_NOT_MSG(!borrowed_, "reset blocked binary index: its codes are borrowed");
    owned_.clear();
    ntotal = 0;
  }

  void reconstruct(idx_t key, std::uint8_t* recons) const override {
    FAISS_THROW_IF_NOT_MSG(key >= 0 && key < ntotal, "reconstruct from blocked binary index: no such label");
    const Code code = codes()[static_cast<std::size_t>(key)];
    std::memcpy(recons, code.data(), kCodeBytes);
  }

  /// FAISS 1.7.3's own steps by d bytes, beyond the end.
  void reconstruct_n(idx_t i0, idx_t ni, std::uint8_t* recons) const override {
    for (idx_t i = 0; i < ni; ++i) reconstruct(i0 + i, recons + i * code_size);
  }

  void search(idx_t n, const std::uint8_t* x, idx_t k, std::int32_t* distances, idx_t* labels,
              const faiss::SearchParameters* params) const override;
  void range_search(idx_t n, const std::uint8_t* x, int radius, faiss::RangeSearchResult* result,
                    const faiss::SearchParameters* params) const override;

 private:
  [[nodiscard]] CodeSpan codes() const { return borrowed_ ? *borrowed_ : owned_.all(); }
  [[nodiscard]] std::vector<Nearest> nearest_in(Part part, std::span<const Code> queries,
                                                std::size_t k) const;
  [[nodiscard]] std::vector<BatchHit> within(Part part, std::span<const Code> queries, int radius) const;

  CodeBlocks owned_;
  std::optional<CodeSpan> borrowed_;
  ScanPath path_;
};

/// Few codes at first, since all of them are hits until the nearest are known.
std::vector<Nearest> BlockedBinaryIndex::nearest_in(Part part, std::span<const Code> queries,
                                                    std::size_t k) const {
  std::vector<Nearest> nearest(queries.size(), Nearest(k));
  std::vector<int> radii(queries.size(), kCodeBits);
  std::vector<BatchHit> hits;
  std::size_t step = kTileCodes;
  for (std::size_t first = part.first; first < part.end;
       first += step, step = std::min(2 * step, kMostCodes)) {
    hits.clear();
    scan_batch(path_, codes().part(first, std::min(step, part.end - first)), queries, radii, hits);
    for (const BatchHit& hit : hits) nearest[hit.query].add(hit.hit + first);
    for (std::size_t q = 0; q < queries.size(); ++q) radii[q] = nearest[q].radius();
  }
  return nearest;
}

void BlockedBinaryIndex::search(idx_t n, const std::uint8_t* x, idx_t k, std::int32_t* distances,
                                idx_t* labels, const faiss::SearchParameters* params) const {
  FAISS_THROW_IF_NOT_MSG(!params, "search blocked binary index: it takes no parameters");
  FAISS_THROW_IF_NOT(k > 0);
  const auto wanted = static_cast<std::size_t>(k);
  const auto queries = codes_of(x, static_cast<std::size_t>(n));
  const auto parts = parts_of(codes().size());
  for (std::size_t first = 0; first < queries.size(); first += kMostQueries) {
    const auto batch = std::span(queries).subspan(first, std::min(kMostQueries, queries.size() - first));
    std::vector<std::vector<Nearest>> found(parts.size());
#pragma omp parallel for schedule(static, 1) if (parts.size() > 1)
    for (std::size_t p = 0; p < parts.size(); ++p) found[p] = nearest_in(parts[p], batch, wanted);
    for (std::size_t q = 0; q < batch.size(); ++q) {
      std::vector<ScanHit> hits;
      for (const auto& part : found) hits.insert(hits.end(), part[q].hits().begin(), part[q].hits().end());
      std::ranges::sort(hits);
      for (std::size_t i = 0; i < wanted; ++i) {
        const std::size_t at = (first + q) * wanted + i;
        distances[at] = i < hits.size() ? distance_of(hits[i]) : std::numeric_limits<std::int32_t>::max();
        labels[at] = i < hits.size() ? static_cast<idx_t>(position_of(hits[i])) : -1;
      }
    }
  }
}

std::vector<BatchHit> BlockedBinaryIndex::within(Part part, std::span<const Code> queries, int radius) const {
  const std::vector<int> radii(queries.size(), radius);
  std::vector<BatchHit> all;
  for (std::size_t first = part.first; first < part.end; first += kMostCodes) {
    const std::size_t before = all.size();
    scan_batch(path_, codes().part(first, std::min(kMostCodes, part.end - first)), queries, radii, all);
    for (BatchHit& hit : std::span(all).subspan(before)) hit.hit += first;
  }
  return all;
}

void BlockedBinaryIndex::range_search(idx_t n, const std::uint8_t* x, int radius,
                                      faiss::RangeSearchResult* result,
                                      const faiss::SearchParameters* params) const {
  FAISS_THROW_IF_NOT_MSG(!params, "search blocked binary index: it takes no parameters");
  const auto queries = codes_of(x, static_cast<std::size_t>(n));
  const int inclusive = std::clamp(radius, 0, kCodeBits + 1) - 1;
  const auto parts = parts_of(codes().size());
  std::vector<std::vector<BatchHit>> found(parts.size());
#pragma omp parallel for schedule(static, 1) if (parts.size() > 1)
  for (std::size_t p = 0; p < parts.size(); ++p) found[p] = within(parts[p], queries, inclusive);

  std::fill_n(result->lims, queries.size() + 1, std::size_t{0});
  for (const auto& part : found) {
    for (const BatchHit& hit : part) ++result->lims[hit.query];
  }
  result->do_allocation();
  std::vector<std::size_t> ends(result->lims, result->lims + queries.size());
  for (const auto& part : found) {
    for (const BatchHit& hit : part) {
      const std::size_t at = ends[hit.query]++;
      result->labels[at] = static_cast<idx_t>(position_of(hit.hit));
      result->distances[at] = static_cast<float>(distance_of(hit.hit));
    }
  }
}

}  // namespace

std::unique_ptr<faiss::IndexBinary> make_blocked_binary_index(ScanPath path) {
  return std::make_unique<BlockedBinaryIndex>(path);
}

std::unique_ptr<faiss::IndexBinary> make_blocked_binary_index(CodeSpan borrowed, ScanPath path) {
  return std::make_unique<BlockedBinaryIndex>(borrowed, path);
}

}  // namespace reelprint::index
