#include "index/score.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "index/moment.h"
#include "index/vote.h"

namespace reelprint::index {
namespace {

constexpr double kAgainst = 0.5;  ///< what a picture that disagrees takes away, in the same unit
constexpr double kFullyNew = 24;  ///< bits from the pictures before it, from which a picture counts whole
constexpr std::size_t kRemembered = 8;  ///< pictures before it that novelty looks back at
constexpr double kPlainSpeed = 0.005;
constexpr double kOffsetStep_s = 0.5;    ///< offsets nearer than this are one trial
constexpr double kNamesEpisode_s = 1.5;  ///< seconds that only this episode has, to name it
constexpr std::size_t kShownPairs = 12;

constexpr double kMostOfMoment = 6;  ///< −log10 of the least chance that it may claim
constexpr int kAnyDistance = 256;
/// Nearer than two different pictures of one shot are (kFullyNew): the same picture, but for re-encoding and
/// small overlays. Many of those, all different, are no other moment's.
constexpr int kSamePicture = 20;
constexpr double kSure = -12;  ///< log10 of the false alarms that such pictures alone must be below

/// 0..1: how much `hash` differs from the pictures that already counted.
double novelty(const FrameHash& hash, const std::vector<FrameHash>& counted) {
  double least = 1;
  const std::size_t first = counted.size() > kRemembered ? counted.size() - kRemembered : 0;
  for (std::size_t i = first; i < counted.size(); ++i) {
    least = std::min(least, hamming_distance(hash, counted[i]) / kFullyNew);
  }
  return least;
}

/// −log10 of the chance that a stranger's picture is as like, capped.
double evidence_of(const AlignedKeyframe& keyframe, const CatalogBackground& background) {
  return keyframe.inliers > 0 ? background.evidence_of_inliers(keyframe.inliers)
                              : background.evidence_of_distance(keyframe.distance);
}

/// The same for what moves: the upper tail of a normal law, about, from where it confirms.
double evidence_of(const Moment& moment) {
  const double beyond = std::max(0.0, beyond_chance(moment));
  return std::min(kMostOfMoment, beyond * beyond / (2 * std::numbers::ln10));
}

/// Unchanged speed is likelier than any other, and the further off the less likely: weighted trials.
double log10_speed_trials(double speed) {
  return std::abs(speed - 1) < kPlainSpeed ? 0 : 0.5 + 3 * std::abs(std::log2(speed));
}

/// What the pictures of an alignment are sorted by: the nearest first.
int unlikeness(const AlignedKeyframe& keyframe) {
  return keyframe.inliers > 0 ? -keyframe.inliers : keyframe.distance;
}

/// Pictures between two that agree and are counted are counted too: where much moves, two samplings of one
/// video show different instants.
Duration seconds_where(const Alignment& alignment, const Fingerprint& query, auto&& is_counted) {
  Duration sum{0};
  Duration between{0};
  bool is_open = false;  // the last picture that agrees is counted
  for (const AlignedKeyframe& k : alignment.keyframes) {
    const Duration own = intersection(query.keyframes[k.query].span, alignment.query_span).length();
    if (k.agreement != Agreement::agrees) {
      if (is_open) between += own;
      continue;
    }
    const bool counts = is_counted(k);
    if (counts) sum += own + (is_open ? between : Duration{0});
    is_open = counts;
    between = Duration{0};
  }
  return sum;
}

std::size_t median_inliers(const Alignment& alignment) {
  std::vector<int> counts;
  for (const AlignedKeyframe& k : alignment.keyframes) {
    if (k.agreement == Agreement::agrees) counts.push_back(k.inliers);
  }
  if (counts.empty()) return 0;
  const auto middle = counts.begin() + static_cast<std::ptrdiff_t>(counts.size() / 2);
  std::ranges::nth_element(counts, middle);
  return static_cast<std::size_t>(*middle);
}

/// The nearest pairs, spread over time by taking the best of each of kShownPairs equal stretches.
std::vector<AlignedPair> best_pairs(const Alignment& alignment, const Fingerprint& query) {
  std::vector<AlignedPair> pairs;
  std::vector<const AlignedKeyframe*> agreeing;
  for (const AlignedKeyframe& k : alignment.keyframes) {
    if (k.agreement == Agreement::agrees) agreeing.push_back(&k);
  }
  const std::size_t shown = std::min(agreeing.size(), kShownPairs);
  for (std::size_t i = 0; i < shown; ++i) {
    const auto from = agreeing.begin() + static_cast<std::ptrdiff_t>(i * agreeing.size() / shown);
    const auto to = agreeing.begin() + static_cast<std::ptrdiff_t>((i + 1) * agreeing.size() / shown);
    const AlignedKeyframe& best = **std::min_element(
        from, to, [](const auto* a, const auto* b) { return unlikeness(*a) < unlikeness(*b); });
    pairs.push_back({query.keyframes[best.query].span.begin,
                     alignment.reference->keyframes[best.keyframe].span.begin, best.distance,
                     best.distinct_from_series, static_cast<std::size_t>(best.inliers), best.transform});
  }
  return pairs;
}

}  // namespace

Trials count_trials(std::size_t references, Duration mean_reference, const Fingerprint& query) {
  const double offsets = 1 + (to_seconds(mean_reference) + to_seconds(query.duration)) / kOffsetStep_s;
  const double orientations = 2;
  return {
      std::log10(std::max<double>(1, static_cast<double>(references)) * kSpeeds * orientations * offsets)};
}

Trials count_trials(const FrameIndex& frames, const Fingerprint& query) {
  const auto count = static_cast<std::int64_t>(std::max<std::size_t>(1, frames.size()));
  return count_trials(frames.size(), frames.total_duration() / count, query);
}

Trials count_sound_trials(std::size_t candidates) {
  constexpr double kWalksEach = 12;  // three lines, two orientations, by hashes and by features
  return {std::log10(kWalksEach * static_cast<double>(std::max<std::size_t>(1, candidates)))};
}

namespace {

/// What the pictures that agree within `farthest` bits, or by local features, say; in −log10 of a chance.
double evidence_of_pictures(const Alignment& alignment, const CatalogBackground& background, int farthest) {
  double evidence = 0;
  std::vector<FrameHash> counted;
  for (const AlignedKeyframe& k : alignment.keyframes) {
    if (k.agreement == Agreement::disagrees) evidence -= kAgainst;
    if (k.agreement != Agreement::agrees || !k.distinct_from_series || k.distance > farthest) continue;
    const FrameHash& hash = alignment.reference->keyframes[k.keyframe].hash;
    evidence += evidence_of(k, background) * novelty(hash, counted);
    counted.push_back(hash);
  }
  return evidence;
}

}  // namespace

double log10_false_alarms(const Alignment& alignment, const Odds& odds) {
  double evidence = evidence_of_pictures(alignment, odds.background, kAnyDistance);
  if (alignment.moment) evidence += evidence_of(*alignment.moment);
  return odds.trials.log10_count + log10_speed_trials(alignment.line.speed) - std::max(0.0, evidence);
}

double score_of(double log10_alarms) {
  const double steepness = std::log(9.0) / 3;  // 0.5 at −3, 0.9 at −6
  return 1 / (1 + std::exp(steepness * (log10_alarms + 3)));
}

bool is_confirmed(const Alignment& alignment, const Odds& odds) {
  if (alignment.moment && beyond_chance(*alignment.moment) >= 0) return true;
  const bool is_by_features =
      std::ranges::any_of(alignment.keyframes, [](const AlignedKeyframe& k) { return k.inliers > 0; });
  if (is_by_features) return false;
  return odds.trials.log10_count - evidence_of_pictures(alignment, odds.background, kSamePicture) <= kSure;
}

Match to_match(const Alignment& alignment, const Fingerprint& query, const Odds& odds) {
  Match match;
  match.reference = alignment.reference->reference;
  match.episode = alignment.reference->episode;
  match.series = alignment.reference->series;
  match.query_span = alignment.query_span;
  match.reference_span = alignment.reference_span;
  match.speed = alignment.line.speed;
  match.mirrored = alignment.mirrored;
  match.log10_false_alarms = log10_false_alarms(alignment, odds);
  match.score = score_of(match.log10_false_alarms);
  match.is_confirmed = is_confirmed(alignment, odds);
  if (!match.is_confirmed) match.score = std::min(match.score, kMostUnconfirmed);
  match.distinctive = seconds_where(alignment, query, [](const auto& k) { return k.distinct_from_series; });
  match.negative = seconds_where(alignment, query, [](const auto& k) { return k.negative; });
  match.names_episode =
      to_seconds(seconds_where(alignment, query, [](const auto& k) { return k.distinct_from_episodes; })) >=
      kNamesEpisode_s;
  for (const AlignedKeyframe& k : alignment.keyframes) {
    if (k.agreement == Agreement::none || k.agreement == Agreement::blank) continue;
    ++match.compared;
    if (k.agreement == Agreement::agrees) ++match.agreeing;
  }
  match.inliers = median_inliers(alignment);
  match.found_by = match.inliers > 0 ? FoundBy::features : FoundBy::hashes;
  if (alignment.moment) {
    match.moment_agreement = alignment.moment->agreement;
    match.moment_pictures = static_cast<std::size_t>(alignment.moment->freedom);
  }
  match.pairs = best_pairs(alignment, query);
  return match;
}

Match to_match(const SoundCandidate& candidate, const IndexedReference& reference) {
  Match match;
  match.reference = reference.reference;
  match.episode = reference.episode;
  match.series = reference.series;
  match.query_span = candidate.query_span;
  match.reference_span = candidate.reference_span;
  match.speed = candidate.speed;
  match.found_by = FoundBy::sound;
  match.is_confirmed = false;
  match.score = 0.5 + (kMostUnconfirmed - 0.5) * std::clamp(candidate.agreement, 0.0, 1.0);
  match.distinctive = candidate.distinctive;
  match.sound_agreement = candidate.agreement;
  return match;
}

}  // namespace reelprint::index
