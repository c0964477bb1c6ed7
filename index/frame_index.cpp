#include "index/frame_index.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <tuple>
#include <utility>

#include "index/frame_probe.h"

namespace reelprint::index {

struct FrameIndex::Loaded {
  std::mutex mutex;  // guards references
  std::map<ReferenceId, std::unique_ptr<const IndexedReference>> references;

  const IndexedReference* find_or_load(const FramePart& part, std::size_t slot) {
    const std::lock_guard lock(mutex);
    auto& reference = references[part.reference(slot)];
    if (reference == nullptr) reference = std::make_unique<const IndexedReference>(part.load(slot));
    return reference.get();
  }
};

FrameIndex::FrameIndex(FrameIndexSettings settings)
    : settings_(settings), segments_(settings.algorithm), loaded_(std::make_unique<Loaded>()) {}
FrameIndex::~FrameIndex() = default;
FrameIndex::FrameIndex(FrameIndex&& other) noexcept = default;

FrameIndex::FrameIndex(const FrameIndex& other)
    : settings_(other.settings_),
      segments_(other.segments_),
      searchable_(other.searchable_),
      total_duration_(other.total_duration_),
      loaded_(std::make_unique<Loaded>()) {}

FrameIndex& FrameIndex::operator=(FrameIndex other) noexcept {
  std::swap(settings_, other.settings_);
  std::swap(segments_, other.segments_);
  std::swap(searchable_, other.searchable_);
  std::swap(total_duration_, other.total_duration_);
  std::swap(loaded_, other.loaded_);
  return *this;
}

void FrameIndex::add(const IndexedReference& reference) {
  remove(reference.reference);
  segments_.add(FramePart::of(reference, settings_.algorithm));
  searchable_ += static_cast<std::size_t>(
      std::ranges::count_if(reference.keyframes, [](const Keyframe& k) { return is_searchable(k.hash); }));
  total_duration_ += reference.duration;
}

bool FrameIndex::remove(ReferenceId reference) {
  const auto place = segments_.find(reference);
  if (!place) return false;
  const FrameRecord& record = segments_.all()[place->segment].part->records()[place->slot];
  searchable_ -= record.searchable;
  total_duration_ -= Duration{record.duration_us};
  segments_.remove(reference);
  loaded_->references.erase(reference);
  return true;
}

void FrameIndex::adopt(Segments<FramePart> segments) {
  segments_ = std::move(segments);
  loaded_ = std::make_unique<Loaded>();
  searchable_ = 0;
  total_duration_ = Duration{0};
  for (const FrameRecord& record : records()) {
    searchable_ += record.searchable;
    total_duration_ += Duration{record.duration_us};
  }
}

std::vector<FrameHit> FrameIndex::hits_within(int radius, std::span<const FrameHash> queries,
                                              bool mirrored_too) const {
  const FrameScan scan{radius, mirrored_too, settings_.path, settings_.threads};
  return searchable_ <= settings_.exhaustive_up_to
             ? scan_frames(segments_.all(), queries, scan)
             : probe_frames(segments_.all(), queries, scan, settings_.probes);
}

std::vector<std::vector<FrameNeighbour>> FrameIndex::search(std::span<const FrameHash> queries,
                                                            int radius) const {
  std::vector<std::vector<FrameNeighbour>> plain;
  for (MirrorNeighbours& neighbours : resolve(queries.size(), hits_within(radius, queries, false)))
    plain.push_back(std::move(neighbours.plain));
  return plain;
}

std::vector<MirrorNeighbours> FrameIndex::search_mirrored(std::span<const FrameHash> queries,
                                                          int radius) const {
  return resolve(queries.size(), hits_within(radius, queries, true));
}

/// Hits as neighbours in their order, without the pictures that say too little.
std::vector<MirrorNeighbours> FrameIndex::resolve(std::size_t queries, std::span<const FrameHit> hits) const {
  std::vector<MirrorNeighbours> found(queries);
  std::map<std::pair<std::uint32_t, std::uint32_t>, const IndexedReference*> known;  // by segment and slot
  for (const FrameHit& hit : hits) {
    auto& reference = known[{hit.segment, hit.slot}];
    if (reference == nullptr) reference = loaded_->find_or_load(*segments_.all()[hit.segment].part, hit.slot);
    if (!is_searchable(reference->keyframes[hit.keyframe].hash)) continue;
    auto& neighbours = hit.is_mirrored ? found[hit.query].mirrored : found[hit.query].plain;
    neighbours.push_back({reference, hit.keyframe, hit.distance});
  }
  const auto order = [](const FrameNeighbour& n) {
    return std::tuple(n.distance, n.reference->reference, n.keyframe);
  };
  for (MirrorNeighbours& neighbours : found) {
    std::ranges::sort(neighbours.plain, {}, order);
    std::ranges::sort(neighbours.mirrored, {}, order);
  }
  return found;
}

const IndexedReference* FrameIndex::find(ReferenceId reference) const {
  const auto place = segments_.find(reference);
  if (!place) return nullptr;
  return loaded_->find_or_load(*segments_.all()[place->segment].part, place->slot);
}

std::vector<const IndexedReference*> FrameIndex::references() const {
  std::vector<const IndexedReference*> all;
  for (const ReferenceId id : segments_.reference_ids()) all.push_back(find(id));
  return all;
}

std::vector<FrameRecord> FrameIndex::records() const {
  std::vector<FrameRecord> all;
  all.reserve(size());
  for (const auto& segment : segments_.all()) {
    for (std::size_t slot = 0; slot < segment.part->references(); ++slot)
      if (segment.is_live(slot)) all.push_back(segment.part->records()[slot]);
  }
  std::ranges::sort(all, {}, &FrameRecord::reference);
  return all;
}

}  // namespace reelprint::index
