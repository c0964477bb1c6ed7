#include "index/frame_index.h"

#include <algorithm>
#include <array>
#include <bit>
#include <tuple>
#include <utility>

namespace reelprint::index {
namespace {

/// With more, most families would pass so much that the second comparison costs what the first one saves.
constexpr int kMostReach = 28;
constexpr std::size_t kFamiliesAsked =
    8;  ///< the last ones: pictures that resemble each other follow each other

/// Queries that lie near the first of them.
struct Family {
  std::vector<std::size_t> members;
  int reach = 0;  ///< of the member farthest from the first
};

[[gnu::target_clones("popcnt", "default")]] int distance_between(const Code& a, const Code& b) {
  int distance = 0;
  for (std::size_t w = 0; w < a.size(); ++w) distance += std::popcount(a[w] ^ b[w]);
  return distance;
}

std::vector<Family> families_of(std::span<const FrameHash> queries) {
  std::vector<Family> families;
  for (std::size_t q = 0; q < queries.size(); ++q) {
    Family* nearest = nullptr;
    int least = kMostReach + 1;
    for (Family& family : std::span(families).last(std::min(kFamiliesAsked, families.size()))) {
      const int distance = distance_between(queries[family.members.front()].words, queries[q].words);
      if (distance >= least) continue;
      least = distance;
      nearest = &family;
    }
    if (nearest == nullptr) {
      families.push_back({{q}, 0});
      continue;
    }
    nearest->members.push_back(q);
    nearest->reach = std::max(nearest->reach, least);
  }
  return families;
}

}  // namespace

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

/// What is near a query is near its family's first, give or take their distance: a family is compared at
/// once, and only what passes is compared with each member.
std::vector<std::vector<FrameNeighbour>> FrameIndex::search(std::span<const FrameHash> queries,
                                                            int radius) const {
  std::vector<std::vector<FrameNeighbour>> found(queries.size());
  const auto families = families_of(queries);
  const ScanKernel scan = scan_kernel(fastest_scan_path());
  std::array<ScanHit, kTileCodes + kScanSlack> hits{};
  for (std::size_t first = 0; first < rows_.size(); first += kTileCodes) {
    const CodeSpan tile = codes_.part(first, kTileCodes);
    for (const Family& family : families) {
      const Code& centre = queries[family.members.front()].words;
      const std::size_t count = scan(tile, centre, radius + family.reach, hits.data());
      for (const ScanHit hit : std::span(hits).first(count)) {
        const Row& row = rows_[first + position_of(hit)];
        const Code code = tile[position_of(hit)];
        for (const std::size_t q : family.members) {
          const int distance = distance_between(code, queries[q].words);
          if (distance <= radius) found[q].push_back({row.reference, row.keyframe, distance});
        }
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
