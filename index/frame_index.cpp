#include "index/frame_index.h"

#include <faiss/Index.h>
#include <faiss/IndexBinaryFlat.h>
#include <faiss/impl/AuxIndexStructures.h>
#include <faiss/impl/FaissException.h>
#include <faiss/impl/IDSelector.h>
#include <omp.h>

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "core/error.h"

namespace reelprint::index {
namespace {

constexpr int kBits = 256;
constexpr std::size_t kCodeBytes = kBits / 8;

std::vector<std::uint8_t> code_bytes(std::span<const FrameHash> hashes) {
  std::vector<std::uint8_t> bytes;
  bytes.reserve(hashes.size() * kCodeBytes);
  for (const FrameHash& hash : hashes) {
    for (const std::uint64_t word : hash.words) {
      for (int shift = 0; shift < 64; shift += 8) bytes.push_back(static_cast<std::uint8_t>(word >> shift));
    }
  }
  return bytes;
}

template <class Work>
auto translating_errors(const char* doing, Work&& work) {
  try {
    return work();
  } catch (const faiss::FaissException& error) {
    throw Error(ErrorCode::corrupt, std::string(doing) + ": " + error.what());
  }
}

}  // namespace

struct FrameIndex::Codes {
  faiss::IndexBinaryFlat flat{kBits};
};

FrameIndex::FrameIndex() : codes_(std::make_unique<Codes>()) {}
FrameIndex::~FrameIndex() = default;
FrameIndex::FrameIndex(FrameIndex&&) noexcept = default;
FrameIndex& FrameIndex::operator=(FrameIndex&&) noexcept = default;

void FrameIndex::add(IndexedReference reference) {
  remove(reference.reference);
  auto owned = std::make_unique<const IndexedReference>(std::move(reference));
  std::vector<FrameHash> hashes;
  for (std::size_t i = 0; i < owned->keyframes.size(); ++i) {
    if (!is_searchable(owned->keyframes[i].hash)) continue;
    hashes.push_back(owned->keyframes[i].hash);
    rows_.push_back({owned->reference, static_cast<std::uint32_t>(i)});
  }
  translating_errors("add to frame index", [&] {
    codes_->flat.add(static_cast<faiss::Index::idx_t>(hashes.size()), code_bytes(hashes).data());
  });
  references_.emplace(owned->reference, std::move(owned));
}

bool FrameIndex::remove(ReferenceId reference) {
  if (references_.erase(reference) == 0) return false;
  std::vector<faiss::Index::idx_t> gone;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (rows_[i].reference == reference) gone.push_back(static_cast<faiss::Index::idx_t>(i));
  }
  // FAISS closes the gaps in order, so the rows are closed the same way.
  translating_errors("remove from frame index",
                     [&] { codes_->flat.remove_ids(faiss::IDSelectorBatch(gone.size(), gone.data())); });
  std::erase_if(rows_, [&](const Row& row) { return row.reference == reference; });
  return true;
}

std::vector<std::vector<FrameNeighbour>> FrameIndex::search(std::span<const FrameHash> queries,
                                                            int radius) const {
  std::vector<std::vector<FrameNeighbour>> found(queries.size());
  if (queries.empty() || rows_.empty()) return found;

  // One thread a search: uploads are screened in parallel, and each is charged for its own work.
  omp_set_num_threads(1);
  faiss::RangeSearchResult result(queries.size());
  translating_errors("search frame index", [&] {  // range_search is strict: distance < radius
    codes_->flat.range_search(static_cast<faiss::Index::idx_t>(queries.size()), code_bytes(queries).data(),
                              radius + 1, &result);
  });
  for (std::size_t q = 0; q < queries.size(); ++q) {
    for (std::size_t i = result.lims[q]; i < result.lims[q + 1]; ++i) {
      const Row& row = rows_[static_cast<std::size_t>(result.labels[i])];
      found[q].push_back({find(row.reference), row.keyframe, static_cast<int>(result.distances[i])});
    }
    std::ranges::sort(found[q], {}, [](const FrameNeighbour& n) {
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
