#include "feature_synthetic.h"

#include <algorithm>
#include <random>
#include <span>

#include "index/descriptor_model.h"

namespace reelprint::index::test {
namespace {

LocalFeature with_flips(LocalFeature feature, std::uint64_t flips, std::mt19937_64& random) {
  for (; flips > 0; --flips) {
    const auto bit = random() % 256;
    feature.descriptor[bit / 64] ^= std::uint64_t{1} << (bit % 64);
  }
  return feature;
}

}  // namespace

Features made_up_features(std::size_t count, std::uint64_t seed) {
  ModelCodes model(seed);
  std::mt19937_64 random(seed);
  Features features(count);
  for (LocalFeature& feature : features) {
    feature.descriptor = model.next();
    feature = with_flips(feature, 30, random);
  }
  return features;
}

Features copies_of(const Features& originals, std::uint64_t flips) {
  std::mt19937_64 random(flips + 1);
  Features copies;
  for (const LocalFeature& original : originals) copies.push_back(with_flips(original, flips, random));
  return copies;
}

Details made_up_reference(std::int64_t reference, std::size_t features) {
  const Features all = made_up_features(features, static_cast<std::uint64_t>(reference) + 1000);
  Details details;
  for (std::size_t first = 0; first < all.size(); first += 64) {
    const auto begin = all.begin() + static_cast<std::ptrdiff_t>(first);
    details.emplace_back(begin,
                         begin + static_cast<std::ptrdiff_t>(std::min<std::size_t>(64, all.size() - first)));
  }
  return details;
}

Tracks tracks_through(const Details& details) {
  Tracks tracks;
  for (std::uint32_t k = 0; k < details.size(); ++k) {
    for (const LocalFeature& feature : details[k]) tracks.push_back({feature.descriptor, k, 1});
  }
  return tracks;
}

void add(FeatureIndex& index, std::int64_t reference, const Details& details) {
  index.add({reference}, tracks_through(details));
}

FeatureIndex empty_index(ScanPath path) {
  return FeatureIndex({.path = path, .exhaustive_below = kListsFrom});
}

FeatureIndex large_index(ScanPath path) {
  FeatureIndex index = empty_index(path);
  for (std::int64_t r = 1; r <= kManyReferences; ++r) add(index, r, made_up_reference(r, kFeaturesOfEach));
  return index;
}

}  // namespace reelprint::index::test
