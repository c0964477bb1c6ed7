#include "index/hit_groups.h"

#include <algorithm>

namespace reelprint::index {
namespace {

double weight_of(const std::vector<Hit>& hits) {
  double sum = 0;
  for (std::size_t i = 0; i < hits.size();) {
    const std::size_t query = hits[i].query;
    double most = 0;
    for (; i < hits.size() && hits[i].query == query; ++i) most = std::max(most, hits[i].weight);
    sum += most;
  }
  return sum;
}

}  // namespace

HitGroups group(std::vector<Hit> hits) {
  std::ranges::stable_sort(hits, {}, &Hit::query);
  HitGroups groups;
  for (const Hit& hit : hits) groups[{hit.reference->reference, hit.mirrored}].push_back(hit);
  return groups;
}

std::vector<HitGroup> heaviest(const HitGroups& groups, double least, std::size_t most) {
  std::vector<std::pair<double, HitGroup>> ranked;
  for (const auto& [key, hits] : groups) {
    const double weight = weight_of(hits);
    if (weight >= least) ranked.emplace_back(-weight, key);
  }
  std::ranges::sort(ranked);
  ranked.resize(std::min(ranked.size(), most));
  std::vector<HitGroup> keys;
  for (const auto& [weight, key] : ranked) keys.push_back(key);
  return keys;
}

}  // namespace reelprint::index
