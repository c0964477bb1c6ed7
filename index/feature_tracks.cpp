#include "index/feature_tracks.h"

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <optional>
#include <tuple>

#include "core/time.h"

namespace reelprint::index {
namespace {

/// A track while it is followed: which feature of each detail from the first on, none where it is missing.
struct Followed {
  std::size_t first = 0;
  std::vector<std::optional<std::size_t>> seen;

  [[nodiscard]] std::size_t length() const { return seen.size(); }
};

struct Step {
  int distance = 0;
  std::size_t track = 0;
  std::size_t feature = 0;
};

class Follower {
 public:
  Follower(std::span<const std::span<const LocalFeature>> details, const TrackSettings& settings)
      : details_(details), settings_(settings) {}

  std::vector<Followed> follow() {
    for (std::size_t k = 0; k < details_.size(); ++k) step_to(k);
    return std::move(tracks_);
  }

 private:
  void step_to(std::size_t detail) {
    const auto features = details_[detail];
    std::vector<Step> steps;
    for (const std::size_t t : active_) {
      for (std::size_t f = 0; f < features.size(); ++f) {
        if (const auto distance = continues(tracks_[t], features[f])) steps.push_back({*distance, t, f});
      }
    }
    std::ranges::sort(steps, {}, [](const Step& s) { return std::tuple(s.distance, s.track, s.feature); });
    std::vector<bool> taken(features.size());
    for (const Step& step : steps) {
      Followed& track = tracks_[step.track];
      if (taken[step.feature] || track.first + track.length() > detail) continue;
      track.seen.resize(detail - track.first);
      track.seen.emplace_back(step.feature);
      taken[step.feature] = true;
    }
    for (std::size_t f = 0; f < features.size(); ++f) {
      if (taken[f]) continue;
      active_.push_back(tracks_.size());
      tracks_.push_back({detail, {f}});
    }
    std::erase_if(active_, [&](std::size_t t) {
      const std::size_t end = tracks_[t].first + tracks_[t].length();
      return end < detail || tracks_[t].length() + 1 >= kLongestTrack;
    });
  }

  [[nodiscard]] std::optional<int> continues(const Followed& track, const LocalFeature& feature) const {
    const LocalFeature& last = details_[track.first + track.length() - 1][*track.seen.back()];
    if (std::abs(last.x - feature.x) > settings_.most_move ||
        std::abs(last.y - feature.y) > settings_.most_move)
      return std::nullopt;
    const int distance = hamming_distance(last, feature);
    if (distance > settings_.most_bits) return std::nullopt;
    if (hamming_distance(details_[track.first][*track.seen.front()], feature) > settings_.most_bits_of_all)
      return std::nullopt;
    return distance;
  }

  std::span<const std::span<const LocalFeature>> details_;
  const TrackSettings& settings_;
  std::vector<Followed> tracks_;
  std::vector<std::size_t> active_;  ///< tracks that may go on
};

std::array<std::uint64_t, 4> majority(const std::vector<const LocalFeature*>& members) {
  std::array<std::uint64_t, 4> bits = members[members.size() / 2]->descriptor;
  for (std::size_t bit = 0; bit < 256; ++bit) {
    const std::uint64_t mask = std::uint64_t{1} << (bit % 64);
    const auto ones = static_cast<std::size_t>(std::ranges::count_if(
        members, [&](const LocalFeature* member) { return (member->descriptor[bit / 64] & mask) != 0; }));
    if (2 * ones > members.size()) bits[bit / 64] |= mask;
    if (2 * ones < members.size()) bits[bit / 64] &= ~mask;
  }
  return bits;
}

FeatureTrack finished(const Followed& followed, std::span<const std::span<const LocalFeature>> details) {
  std::vector<const LocalFeature*> members;
  for (std::size_t i = 0; i < followed.length(); ++i) {
    if (followed.seen[i]) members.push_back(&details[followed.first + i][*followed.seen[i]]);
  }
  return {majority(members), static_cast<std::uint32_t>(followed.first),
          static_cast<std::uint8_t>(followed.length())};
}

/// The tracks that are kept, as positions.
std::vector<std::size_t> chosen(const std::vector<Followed>& tracks, std::size_t details, std::size_t most,
                                std::size_t most_per_detail) {
  std::vector<std::vector<std::size_t>> covering(details);  // longest first
  std::vector<std::size_t> order(tracks.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::ranges::greater{}, [&](std::size_t t) { return tracks[t].length(); });
  for (const std::size_t t : order) {
    for (std::size_t i = 0; i < tracks[t].length(); ++i) covering[tracks[t].first + i].push_back(t);
  }
  std::vector<std::size_t> next(details, 0);
  std::vector<std::size_t> covered(details, 0);
  std::vector<bool> is_taken(tracks.size());
  std::vector<std::size_t> taken;
  for (std::size_t level = 1; level <= most_per_detail; ++level) {
    for (std::size_t k = 0; k < details; ++k) {
      while (covered[k] < level && next[k] < covering[k].size() && taken.size() < most) {
        const std::size_t t = covering[k][next[k]++];
        if (is_taken[t]) continue;
        is_taken[t] = true;
        taken.push_back(t);
        for (std::size_t i = 0; i < tracks[t].length(); ++i) ++covered[tracks[t].first + i];
      }
    }
  }
  std::ranges::sort(taken);
  return taken;
}

}  // namespace

std::vector<FeatureTrack> tracks_of(std::span<const std::span<const LocalFeature>> details, std::size_t most,
                                    const TrackSettings& settings) {
  const auto followed = Follower(details, settings).follow();
  std::vector<FeatureTrack> tracks;
  for (const std::size_t t : chosen(followed, details.size(), most, settings.most_per_detail))
    tracks.push_back(finished(followed[t], details));
  return tracks;
}

std::vector<FeatureTrack> tracks_of(const Fingerprint& print) {
  std::vector<std::span<const LocalFeature>> details;
  for (const KeyframeDetail& detail : print.details) details.emplace_back(detail.features);
  const double most = kMostTracksPerSecond * to_seconds(print.duration);
  return tracks_of(details, static_cast<std::size_t>(most));
}

}  // namespace reelprint::index
