#include "index/rarity.h"

#include <algorithm>
#include <vector>

namespace reelprint::index {
void mark_distinct(Alignment& alignment, const FrameIndex& frames) {
  std::vector<AlignedKeyframe*> marked;
  std::vector<FrameHash> hashes;
  for (AlignedKeyframe& k : alignment.keyframes) {
    const FrameHash& hash = alignment.reference->keyframes[k.keyframe].hash;
    if (k.agreement != Agreement::agrees || !is_searchable(hash)) continue;
    marked.push_back(&k);
    hashes.push_back(hash);
  }
  const auto neighbours = frames.search(hashes, kSeriesRadius);
  const IndexedReference& own = *alignment.reference;
  for (std::size_t i = 0; i < marked.size(); ++i) {
    marked[i]->distinct_from_series = std::ranges::none_of(
        neighbours[i], [&](const FrameNeighbour& n) { return n.reference->series != own.series; });
    marked[i]->distinct_from_episodes =
        marked[i]->distinct_from_series && std::ranges::none_of(neighbours[i], [&](const FrameNeighbour& n) {
          return n.reference->episode != own.episode && n.distance <= kEpisodeRadius;
        });
  }
}

}  // namespace reelprint::index
