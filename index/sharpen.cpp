#include "index/sharpen.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <span>

#include "index/picture_match.h"

namespace reelprint::index {
namespace {

constexpr std::ptrdiff_t kBeside = 2;  ///< details looked at before and behind a hit's
constexpr std::size_t kLeastInliers = 4;
constexpr int kFar = 64;              ///< bits from which a place that agrees says nothing
constexpr double kAboutAsGood = 0.9;  ///< of the best detail's likeness

/// Positions of the details in and beside the hits, which are at most 0.45 s apart where they go on.
std::set<std::size_t> details_beside(std::span<const Hit> hits, const Fingerprint& print) {
  std::set<std::size_t> positions;
  const auto count = static_cast<std::ptrdiff_t>(print.details.size());
  for (const Hit& hit : hits) {
    const auto it = std::ranges::lower_bound(print.details, hit.keyframe, {}, &KeyframeDetail::keyframe);
    const std::ptrdiff_t at = it - print.details.begin();
    const std::ptrdiff_t end = std::min(count, at + kBeside + 1);
    for (std::ptrdiff_t k = std::max<std::ptrdiff_t>(0, at - kBeside); k < end; ++k)
      positions.insert(static_cast<std::size_t>(k));
  }
  return positions;
}

/// Places of a static shot agree in all its pictures; in the one that is meant their descriptors are nearest.
int likeness_of(const PictureMatch& match) {
  int likeness = 0;
  for (const FeaturePair& pair : match.inliers) likeness += std::max(0, kFar - pair.distance);
  return likeness;
}

/// Of one query picture.
void append_sharpened(std::span<const Hit> hits, const Fingerprint& reduced, const Fingerprint& print,
                      std::vector<Hit>& sharp) {
  const Hit& first = hits.front();
  const PictureView own = view_of(reduced, reduced.details[first.query], first.mirrored);
  std::vector<Hit> agreeing;
  int most = 0;
  for (const std::size_t position : details_beside(hits, print)) {
    const KeyframeDetail& detail = print.details[position];
    const auto match = match_pictures(own, view_of(print, detail));
    if (!match || match->inliers.size() < kLeastInliers) continue;
    Hit hit = first;
    hit.keyframe = detail.keyframe;
    hit.distance = -likeness_of(*match);
    hit.weight = std::ranges::max(hits, {}, &Hit::weight).weight;
    most = std::max(most, -hit.distance);
    agreeing.push_back(hit);
  }
  std::erase_if(agreeing, [&](const Hit& hit) { return -hit.distance < kAboutAsGood * most; });
  if (agreeing.empty()) agreeing.assign(hits.begin(), hits.end());
  sharp.insert(sharp.end(), agreeing.begin(), agreeing.end());
}

}  // namespace

std::vector<Hit> sharpened(const std::vector<Hit>& hits, const Fingerprint& reduced,
                           const Fingerprint& print) {
  std::vector<Hit> sharp;
  for (auto it = hits.begin(); it != hits.end();) {
    const auto end = std::find_if(it, hits.end(), [&](const Hit& hit) { return hit.query != it->query; });
    append_sharpened({it, end}, reduced, print, sharp);
    it = end;
  }
  return sharp;
}

}  // namespace reelprint::index
