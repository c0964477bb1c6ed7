#include "index/hits.h"

#include <algorithm>
#include <tuple>

#include "index/background.h"

namespace reelprint::index {
namespace {

/// Two pictures are "about as near" when their distances differ by no more than this: re-encoding and small
/// overlays move a hash by 4 to 30 bits, another picture of the same set by more.
constexpr int kSeriesMargin = 16;
constexpr int kEpisodeMargin = 8;

constexpr double kExpectedStrangers = 1;    ///< unrelated neighbours that one query picture may bring
constexpr double kStrangerIsChance = 0.02;  ///< neighbours farther than this allows are no sign of sharing

double nearness(int distance, int radius) {
  return 1 - 0.5 * static_cast<double>(distance) / static_cast<double>(radius);
}

}  // namespace

void Rivals::note(const IndexedReference& reference, int distance) {
  nearest_.push_back({reference.series, reference.episode, distance});
}

void Rivals::finish() {
  const auto place = [](const Nearest& n) { return std::tuple(n.series, n.episode); };
  std::ranges::sort(nearest_, {},
                    [](const Nearest& n) { return std::tuple(n.series, n.episode, n.distance); });
  const auto rest = std::ranges::unique(nearest_, {}, place);
  nearest_.erase(rest.begin(), rest.end());
}

std::size_t Rivals::other_series(SeriesId series, int distance) const {
  std::size_t count = 0;
  SeriesId last;
  for (const Nearest& n : nearest_) {
    if (n.series == series || n.series == last || n.distance > distance + kSeriesMargin) continue;
    last = n.series;
    ++count;
  }
  return count;
}

bool Rivals::other_episode(SeriesId series, EpisodeId episode, int distance) const {
  return std::ranges::any_of(nearest_, [&](const Nearest& n) {
    return n.series == series && n.episode != episode && n.distance <= distance + kEpisodeMargin;
  });
}

QueryHits find_hits(const Fingerprint& query, const FrameIndex& index) {
  std::vector<FrameHash> hashes;
  std::vector<std::size_t> owners;
  for (std::size_t i = 0; i < query.keyframes.size(); ++i) {
    const FrameHash& hash = query.keyframes[i].hash;
    if (!is_searchable(hash)) continue;
    hashes.push_back(hash);
    owners.push_back(i);
  }
  const int radius = radius_for(index.searchable(), kExpectedStrangers);
  const int sharing_radius = radius_for(index.searchable(), kStrangerIsChance);
  const auto neighbours = index.search_mirrored(hashes, radius);

  QueryHits found;
  found.rivals.resize(query.keyframes.size());
  for (std::size_t n = 0; n < neighbours.size(); ++n) {
    Rivals& rivals = found.rivals[owners[n]];
    for (const auto* side : {&neighbours[n].plain, &neighbours[n].mirrored}) {
      for (const FrameNeighbour& neighbour : *side)
        if (neighbour.distance <= sharing_radius) rivals.note(*neighbour.reference, neighbour.distance);
    }
    rivals.finish();
    for (const bool is_mirrored : {false, true}) {
      for (const FrameNeighbour& near : is_mirrored ? neighbours[n].mirrored : neighbours[n].plain) {
        const auto others = static_cast<double>(rivals.other_series(near.reference->series, near.distance));
        const double weight = nearness(near.distance, radius) / ((1 + others) * (1 + others));
        found.hits.push_back({owners[n], near.reference, near.keyframe, near.distance, is_mirrored, weight});
      }
    }
  }
  return found;
}

}  // namespace reelprint::index
