#include "index/frame_index.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

namespace reelprint::index {

void FrameIndex::add(IndexedReference reference) {
  remove(reference.reference);
  auto owned = std::make_unique<const IndexedReference>(std::move(reference));
  for (std::size_t i = 0; i < owned->keyframes.size(); ++i) {
    if (!is_searchable(owned->keyframes[i].hash)) continue;
    codes_.append(owned->keyframes[i].hash.words);
    rows_.push_back({owned.get(), static_cast<std::uint32_t>(i)});
  }
  references_.emplace(owned->reference, std::move(owned));
}

bool FrameIndex::remove(ReferenceId reference) {
  const auto it = references_.find(reference);
  if (it == references_.end()) return false;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (rows_[i].reference == it->second.get()) continue;
    if (kept != i) {
      rows_[kept] = rows_[i];
      codes_.copy(i, kept);
    }
    ++kept;
  }
  rows_.resize(kept);
  codes_.truncate(kept);
  references_.erase(it);
  return true;
}

std::vector<std::vector<FrameNeighbour>> FrameIndex::search(std::span<const FrameHash> queries,
                                                            int radius) const {
  std::vector<std::vector<FrameNeighbour>> found(queries.size());
  const ScanKernel scan = scan_kernel(fastest_scan_path());
  std::array<ScanHit, kTileCodes + kScanSlack> hits{};
  for (std::size_t first = 0; first < rows_.size(); first += kTileCodes) {
    const CodeSpan tile = codes_.part(first, kTileCodes);
    for (std::size_t q = 0; q < queries.size(); ++q) {
      const std::size_t count = scan(tile, queries[q].words, radius, hits.data());
      for (const ScanHit hit : std::span(hits).first(count)) {
        const Row& row = rows_[first + position_of(hit)];
        found[q].push_back({row.reference, row.keyframe, distance_of(hit)});
      }
    }
  }
  for (auto& neighbours : found) {
    std::ranges::sort(neighbours, {}, [](const FrameNeighbour& n) {
      return std::tuple(n.distance, n.reference->reference, n.keyframe);
    });
  }
  return found;
}

const IndexedReference* FrameIndex::find(ReferenceId reference) const {
  const auto it = references_.find(reference);
  return it == references_.end() ? nullptr : it->second.get();
}

std::vector<const IndexedReference*> FrameIndex::references() const {
  std::vector<const IndexedReference*> all;
  all.reserve(references_.size());
  for (const auto& [id, reference] : references_) all.push_back(reference.get());
  return all;
}

std::size_t FrameIndex::size() const {
  return references_.size();
}
std::size_t FrameIndex::searchable() const {
  return rows_.size();
}

}  // namespace reelprint::index
