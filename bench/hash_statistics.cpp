#include "bench/hash_statistics.h"

#include <algorithm>
#include <cmath>

#include "index/frame_index.h"

namespace reelprint::bench {
namespace {

constexpr int kBits = 256;

struct Weighed {
  FrameHash hash;
  double weight = 0;
};

std::vector<std::size_t> shots_of(const std::vector<Keyframe>& keyframes) {
  std::vector<std::size_t> shots;
  for (const Keyframe& keyframe : keyframes)
    shots.push_back(shots.empty() ? 0 : shots.back() + (keyframe.starts_shot ? 1 : 0));
  return shots;
}

std::vector<Weighed> weighed(const Clip& clip) {
  const auto shots = shots_of(clip.keyframes);
  std::map<std::size_t, double> pictures;
  for (std::size_t i = 0; i < shots.size(); ++i) {
    if (index::is_searchable(clip.keyframes[i].hash)) ++pictures[shots[i]];
  }
  std::vector<Weighed> all;
  for (std::size_t i = 0; i < shots.size(); ++i) {
    const FrameHash& hash = clip.keyframes[i].hash;
    if (index::is_searchable(hash)) all.push_back({hash, 1 / pictures[shots[i]]});
  }
  return all;
}

void add_in_shot(const std::vector<Keyframe>& keyframes, HashStatistics& statistics) {
  const auto shots = shots_of(keyframes);
  for (const std::size_t apart : {1U, 2U, 4U, 8U}) {
    for (std::size_t i = apart; i < shots.size(); ++i) {
      if (shots[i] != shots[i - apart]) continue;
      statistics.in_shot[apart].add(hamming_distance(keyframes[i].hash, keyframes[i - apart].hash));
    }
  }
  for (std::size_t first = 0, i = 1; i <= shots.size(); ++i) {
    if (i < shots.size() && shots[i] == shots[first]) continue;
    statistics.shots_s.push_back(to_seconds(keyframes[i - 1].span.end - keyframes[first].span.begin));
    first = i;
  }
}

void add_unrelated(const std::vector<Weighed>& some, const std::vector<Weighed>& others,
                   Distances& distances) {
  for (const Weighed& a : some) {
    for (const Weighed& b : others) {
      distances.add(hamming_distance(a.hash, b.hash), a.weight * b.weight);
      distances.add(hamming_distance(a.hash, mirrored(b.hash)), a.weight * b.weight);
    }
  }
}

cv::Mat second_moments(const std::vector<std::vector<Weighed>>& clips) {
  cv::Mat sums = cv::Mat::zeros(kBits, kBits, CV_64F);
  double weights = 0;
  for (const auto& clip : clips) {
    for (const Weighed& one : clip) {
      for (const FrameHash& hash : {one.hash, mirrored(one.hash)}) {
        cv::Mat signs(kBits, 1, CV_64F);
        for (int bit = 0; bit < kBits; ++bit)
          signs.at<double>(bit) = hash.words[static_cast<std::size_t>(bit) / 64] >> (bit % 64) & 1 ? 1 : -1;
        sums += one.weight * signs * signs.t();
        weights += one.weight;
      }
    }
  }
  return sums / weights;
}

}  // namespace

double Distances::share_within(int distance) const {
  double within = 0;
  for (int d = 0; d <= distance; ++d) within += counts_[static_cast<std::size_t>(d)];
  return total_ > 0 ? within / total_ : 0;
}

int Distances::quantile(double share) const {
  int distance = 0;
  while (distance < kBits && share_within(distance) < share) ++distance;
  return distance;
}

double Distances::mean() const {
  double sum = 0;
  for (std::size_t d = 0; d < counts_.size(); ++d) sum += static_cast<double>(d) * counts_[d];
  return total_ > 0 ? sum / total_ : 0;
}

double Distances::deviation() const {
  double sum = 0;
  for (std::size_t d = 0; d < counts_.size(); ++d)
    sum += (static_cast<double>(d) - mean()) * (static_cast<double>(d) - mean()) * counts_[d];
  return total_ > 0 ? std::sqrt(sum / total_) : 0;
}

std::vector<double> HashStatistics::variance_along(const HashStatistics& other, int vectors) const {
  cv::Mat values, directions;
  cv::eigen(other.bits, values, directions);
  std::vector<double> variances;
  for (int i = 0; i < vectors; ++i)
    variances.push_back(cv::Mat(directions.row(i) * bits * directions.row(i).t()).at<double>(0));
  return variances;
}

HashStatistics statistics_of(std::span<const Clip> clips) {
  HashStatistics statistics;
  std::vector<std::vector<Weighed>> pictures;
  for (const Clip& clip : clips) {
    pictures.push_back(weighed(clip));
    statistics.pictures += clip.keyframes.size();
    statistics.plain += clip.keyframes.size() - pictures.back().size();
    add_in_shot(clip.keyframes, statistics);
  }
  for (std::size_t a = 0; a < clips.size(); ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      if (clips[a].family != clips[b].family) add_unrelated(pictures[a], pictures[b], statistics.unrelated);
    }
  }
  std::ranges::sort(statistics.shots_s);
  statistics.bits = second_moments(pictures);
  return statistics;
}

void add_series(std::span<const Clip> episodes, Duration cards, SeriesStatistics& statistics) {
  const Timestamp cards_end{cards.count()};
  for (const Clip& episode : episodes) {
    for (const Keyframe& one : episode.keyframes) {
      if (!index::is_searchable(one.hash)) continue;
      int least = kBits;
      for (const Clip& other : episodes) {
        if (&other == &episode) continue;
        for (const Keyframe& two : other.keyframes) {
          const int distance = hamming_distance(one.hash, two.hash);
          if (one.span.begin < cards_end && two.span.begin == one.span.begin) statistics.cards.add(distance);
          if (one.span.begin < cards_end || two.span.begin < cards_end || !index::is_searchable(two.hash))
            continue;
          statistics.others.add(distance);
          least = std::min(least, distance);
        }
      }
      if (one.span.begin >= cards_end) statistics.nearest.add(least);
    }
  }
}

}  // namespace reelprint::bench
