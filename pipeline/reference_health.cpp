#include "pipeline/reference_health.h"

#include <algorithm>
#include <iterator>
#include <span>

#include "index/rarity.h"

namespace reelprint::pipeline {
namespace {

constexpr Duration kMinute = std::chrono::minutes(1);
constexpr Duration kStill = std::chrono::seconds(3);
constexpr Duration kLongest = std::chrono::hours(100);  ///< no more minutes are told
constexpr std::size_t kMostWeak = 5;
constexpr std::uint8_t kBlankQuality = 0;

using Kind = Duration PictureTime::*;

Kind kind_among(const std::vector<index::FrameNeighbour>& neighbours, const HealthQuestion& question,
                const std::function<bool(const index::IndexedReference&)>& is_same_holder) {
  Kind kind = &PictureTime::distinctive;
  for (const index::FrameNeighbour& near : neighbours) {
    const index::IndexedReference& other = *near.reference;
    if (other.reference == question.reference) continue;
    if (other.series != question.series) {
      if (!is_same_holder(other)) return &PictureTime::other_holders;
      kind = &PictureTime::other_series;
    } else if (other.episode != question.episode && near.distance <= index::kEpisodeRadius &&
               kind == &PictureTime::distinctive) {
      kind = &PictureTime::other_episodes;
    }
  }
  return kind;
}

/// What each keyframe is.
std::vector<Kind> kinds_of(const HealthQuestion& question, const index::FrameIndex& frames,
                           const std::function<bool(const index::IndexedReference&)>& is_same_holder) {
  std::vector<Kind> kinds;
  std::vector<FrameHash> hashes;
  std::vector<std::size_t> searched;
  for (const Keyframe& keyframe : question.print.keyframes) {
    if (index::is_searchable(keyframe.hash)) {
      searched.push_back(kinds.size());
      hashes.push_back(keyframe.hash);
    }
    kinds.push_back(keyframe.hash.quality == kBlankQuality ? &PictureTime::blank : &PictureTime::plain);
  }
  const auto neighbours = frames.search(hashes, index::kSeriesRadius);
  for (std::size_t i = 0; i < searched.size(); ++i)
    kinds[searched[i]] = kind_among(neighbours[i], question, is_same_holder);
  return kinds;
}

/// Adds a distinctive stretch to the minutes that it lies in.
void spread(const Interval& span, std::vector<MinuteHealth>& minutes) {
  const auto first = static_cast<std::size_t>(std::max<std::int64_t>(span.begin.us, 0) / kMinute.count());
  for (std::size_t i = first; i < minutes.size() && minutes[i].span.begin < span.end; ++i)
    minutes[i].distinctive += intersection(span, minutes[i].span).length();
}

double share_of(const MinuteHealth& minute) {
  return to_seconds(minute.distinctive) / std::max(to_seconds(minute.span.length()), 1e-6);
}

/// Those with a quarter or more that nobody could be found by.
std::vector<MinuteHealth> weakest_of(const std::vector<MinuteHealth>& minutes) {
  constexpr double kEnough = 0.75;
  std::vector<MinuteHealth> weak;
  std::ranges::copy_if(minutes, std::back_inserter(weak),
                       [](const MinuteHealth& minute) { return share_of(minute) < kEnough; });
  std::ranges::stable_sort(weak, {}, share_of);
  if (weak.size() > kMostWeak) weak.resize(kMostWeak);
  return weak;
}

}  // namespace

ReferenceHealth examine(const HealthQuestion& question, const index::FrameIndex& frames,
                        const std::function<bool(const index::IndexedReference&)>& is_same_holder) {
  ReferenceHealth health;
  health.duration = question.print.duration;
  const Timestamp end = Timestamp{} + std::min(health.duration, kLongest);
  for (Timestamp begin{0}; begin < end; begin = begin + kMinute)
    health.minutes.push_back({{begin, std::min(begin + kMinute, end)}, {}});
  const auto kinds = kinds_of(question, frames, is_same_holder);
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    const Interval& span = question.print.keyframes[i].span;
    health.whole.*kinds[i] += span.length();
    if (span.length() >= kStill) health.still += span.length();
    if (kinds[i] == &PictureTime::distinctive) spread(span, health.minutes);
  }
  health.weakest = weakest_of(health.minutes);
  return health;
}

}  // namespace reelprint::pipeline
