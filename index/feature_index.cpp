#include "index/feature_index.h"

#include <algorithm>
#include <utility>

#include "index/feature_search.h"

namespace reelprint::index {
namespace {

/// The scan aimed at for each query, and the bounds on the lists looked into.
constexpr std::size_t kCodesPerQuery = 128'000;
constexpr std::size_t kLeastProbes = 112;
constexpr std::size_t kMostProbes = 256;

}  // namespace

std::size_t probes_for(std::size_t features) {
  if (features == 0) return kMostProbes;
  return std::clamp(kCodesPerQuery * Codebook::kWords / features, kLeastProbes, kMostProbes);
}

void FeatureIndex::add(ReferenceId reference, std::span<const FeatureTrack> tracks) {
  const bool is_large = features_ + tracks.size() >= settings_.exhaustive_below;
  FeaturePart part = FeaturePart::of(reference, tracks, settings_.algorithm, is_large);
  remove(reference);
  segments_.add(std::move(part));
  features_ += tracks.size();
}

bool FeatureIndex::remove(ReferenceId reference) {
  const auto place = segments_.find(reference);
  if (!place) return false;
  features_ -= segments_.all()[place->segment].part->records()[place->slot].rows;
  return segments_.remove(reference);
}

void FeatureIndex::adopt(Segments<FeaturePart> segments) {
  segments_ = std::move(segments);
  features_ = 0;
  for (const auto& segment : segments_.all()) {
    for (std::size_t slot = 0; slot < segment.part->references(); ++slot)
      if (segment.is_live(slot)) features_ += segment.part->records()[slot].rows;
  }
}

std::size_t FeatureIndex::memory_bytes() const {
  std::size_t bytes = 0;
  for (const auto& segment : segments_.all()) bytes += segment.part->image().size();
  return bytes;
}

std::vector<std::vector<FeatureNeighbour>> FeatureIndex::search(std::span<const LocalFeature> queries,
                                                                const FeatureSearch& search) const {
  if (features_ == 0 || search.radius < 0 || search.most_per_query == 0)
    return std::vector<std::vector<FeatureNeighbour>>(queries.size());
  FeatureSearch wanted = search;
  wanted.most_per_query = std::min(wanted.most_per_query, features_);
  if (wanted.probes == 0) wanted.probes = probes_for(features_);
  const bool is_exhaustive = features_ < settings_.exhaustive_below || wanted.probes >= Codebook::kWords;
  return is_exhaustive ? scan_features(segments_.all(), queries, wanted, settings_.path)
                       : probe_features(segments_.all(), queries, wanted, settings_.path);
}

}  // namespace reelprint::index
