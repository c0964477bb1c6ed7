// Chooses the pairs of points of fingerprint/brief_pattern.cpp and prints its table.
//
//   brief_pattern_chooser FILE...
//
// Features of every frame (1/s) and of an edited copy of it (noise, blur, gamma, a turn, another size) that
// lie on the same spot give pairs of patches that should agree; features of different files give pairs that
// should not. Candidates are random pairs of points. Greedily, the candidate is taken, together with its
// mirror image, that most enlarges the separation of the two distributions of Hamming distance: difference of
// the means over the root of the summed variances, that of the patches that should not agree three times:
// their tail is what a large index meets (of 1, 3 and 10, 3 kept most inliers at 1 false pair in a million).
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdio>
#include <numbers>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <random>
#include <tuple>
#include <utility>
#include <vector>

#include "fingerprint/brief_pattern.h"
#include "fingerprint/feature_pyramid.h"
#include "fingerprint/local_features.h"

namespace {

using namespace reelprint;
using namespace reelprint::fingerprint;

constexpr std::size_t kCandidates = 6000;
constexpr std::size_t kChosen = kDescriptorBits / 2;
constexpr double kWeightOfOther = 3;
constexpr int kMargin = 2 + kPatternRadius;

struct Candidate {
  int ax, ay, bx, by;
};

using Bits = std::vector<std::uint64_t>;

/// Per candidate: does the test differ between the two patches of pair i? And for its mirror image.
struct Disagreements {
  std::vector<Bits> plain{kCandidates}, reflected{kCandidates};
  std::size_t pairs = 0;
};

/// All candidate tests of one patch.
struct Patch {
  std::vector<bool> plain, reflected;
};

struct Spot {
  std::size_t file = 0;
  Patch patch;
};

std::vector<Candidate> draw_candidates() {
  std::mt19937 random(20);
  std::normal_distribution<double> gauss(0, 7);
  const auto point = [&] {
    while (true) {
      const int x = static_cast<int>(std::lround(gauss(random)));
      const int y = static_cast<int>(std::lround(gauss(random)));
      if (x * x + y * y <= kPatternRadius * kPatternRadius) return std::pair(x, y);
    }
  };
  std::vector<Candidate> drawn;
  while (drawn.size() < kCandidates) {
    const auto [ax, ay] = point();
    const auto [bx, by] = point();
    const bool is_own_mirror = (ay == 0 && by == 0) || (ax == bx && ay == -by);
    if (std::hypot(ax - bx, ay - by) >= 2 && !is_own_mirror) drawn.push_back({ax, ay, bx, by});
  }
  return drawn;
}

Patch look(const PyramidLevel& level, const LocalFeature& feature, const std::vector<Candidate>& candidates) {
  const double c = std::cos(feature.angle * std::numbers::pi / 128),
               s = std::sin(feature.angle * std::numbers::pi / 128);
  const auto stride = static_cast<std::ptrdiff_t>(level.picture.width);
  const auto column =
      static_cast<std::ptrdiff_t>((feature.x + 0.5) * static_cast<double>(level.picture.width) / 65536);
  const auto row =
      static_cast<std::ptrdiff_t>((feature.y + 0.5) * static_cast<double>(level.picture.height) / 65536);
  const auto at = [&](int u, int v) {
    return level.sums[static_cast<std::size_t>((row + std::lround(u * s + v * c)) * stride + column +
                                               std::lround(u * c - v * s))];
  };
  Patch patch{std::vector<bool>(kCandidates), std::vector<bool>(kCandidates)};
  for (std::size_t k = 0; k < kCandidates; ++k) {
    const Candidate& t = candidates[k];
    patch.plain[k] = at(t.ax, t.ay) < at(t.bx, t.by);
    patch.reflected[k] = at(t.ax, -t.ay) < at(t.bx, -t.by);
  }
  return patch;
}

void add_pair(const Patch& a, const Patch& b, Disagreements& into) {
  const std::size_t word = into.pairs / 64;
  const std::size_t bit = into.pairs % 64;
  for (std::size_t k = 0; k < kCandidates; ++k) {
    if (bit == 0) {
      into.plain[k].push_back(0);
      into.reflected[k].push_back(0);
    }
    into.plain[k][word] |= std::uint64_t{a.plain[k] != b.plain[k]} << bit;
    into.reflected[k][word] |= std::uint64_t{a.reflected[k] != b.reflected[k]} << bit;
  }
  ++into.pairs;
}

/// The frame edited, and where a point of the frame went.
struct Edited {
  LumaPicture picture;
  cv::Mat map;
};

Edited edit(const LumaPicture& frame, std::size_t kind) {
  const cv::Mat in(static_cast<int>(frame.height), static_cast<int>(frame.width), CV_8U,
                   const_cast<std::uint8_t*>(frame.luma.data()));
  static constexpr double kTurns[] = {3, -4, 0, 2, 8, -12};
  static constexpr double kScales[] = {1.0, 1.12, 0.9, 0.82, 1.2, 0.95};
  cv::RNG rng(kind + 1);
  const double scale = kScales[kind % 6];
  cv::Mat map = cv::getRotationMatrix2D({static_cast<float>(in.cols) / 2, static_cast<float>(in.rows) / 2},
                                        kTurns[kind / 2 % 6], scale);
  cv::Mat wide, noise(in.size(), CV_32F);
  cv::warpAffine(in, wide, map, in.size(), cv::INTER_LINEAR, cv::BORDER_REFLECT);
  if (kind % 3 == 0) cv::GaussianBlur(wide, wide, {}, 1.0);
  wide.convertTo(wide, CV_32F, 1 / 255.0);
  cv::pow(wide, kind % 3 == 1 ? 0.7 : kind % 3 == 2 ? 1.4 : 1.0, wide);
  rng.fill(noise, cv::RNG::NORMAL, 0, kind % 2 == 0 ? 4 : 12);
  wide = wide * 255 + noise;
  Edited edited{{frame.width, frame.height, std::vector<std::uint8_t>(frame.luma.size())}, map};
  cv::Mat out(in.size(), CV_8U, edited.picture.luma.data());
  wide.convertTo(out, CV_8U);
  return edited;
}

struct Training {
  Disagreements same, other;
};

void train_on(const LumaPicture& frame, std::size_t file, std::size_t kind,
              const std::vector<Candidate>& candidates, std::vector<Spot>& spots, Training& training) {
  FeatureSettings settings;
  settings.most = 250;
  const Edited copy = edit(frame, kind);
  const auto own = build_pyramid(frame, settings.levels, settings.step, 2 * kMargin + 1);
  const auto its = build_pyramid(copy.picture, settings.levels, settings.step, 2 * kMargin + 1);
  const auto theirs = find_features(copy.picture, settings);
  const auto w = static_cast<double>(frame.width) / 65536, h = static_cast<double>(frame.height) / 65536;
  std::size_t n = 0;
  for (const LocalFeature& feature : find_features(frame, settings)) {
    Patch patch = look(own[feature.scale], feature, candidates);
    const double x = feature.x * w, y = feature.y * h;
    const double tx =
        copy.map.at<double>(0, 0) * x + copy.map.at<double>(0, 1) * y + copy.map.at<double>(0, 2);
    const double ty =
        copy.map.at<double>(1, 0) * x + copy.map.at<double>(1, 1) * y + copy.map.at<double>(1, 2);
    const double reach = 1.6 * std::pow(settings.step, feature.scale);
    const double turn =
        std::atan2(copy.map.at<double>(1, 0), copy.map.at<double>(0, 0)) * 128 / std::numbers::pi;
    for (const LocalFeature& theirs_one : theirs) {
      const int off = static_cast<std::int8_t>(theirs_one.angle - feature.angle - std::lround(turn));
      if (theirs_one.scale != feature.scale || std::abs(off) > 14) continue;
      if (std::hypot(theirs_one.x * w - tx, theirs_one.y * h - ty) > reach) continue;
      add_pair(patch, look(its[theirs_one.scale], theirs_one, candidates), training.same);
      break;
    }
    if (n++ % 2 == 0) spots.push_back({file, std::move(patch)});
  }
}

/// Sum over the pairs of bit × count, the counts given as bit planes.
double product(const Bits& bits, const std::array<Bits, 9>& planes) {
  double sum = 0;
  for (std::size_t p = 0; p < planes.size(); ++p) {
    long count = 0;
    for (std::size_t i = 0; i < bits.size(); ++i) count += std::popcount(bits[i] & planes[p][i]);
    sum += static_cast<double>(count) * static_cast<double>(1 << p);
  }
  return sum;
}

/// The distribution of the distance so far over one set of pairs.
struct Distance {
  std::array<Bits, 9> planes;
  double mean = 0;
  double variance = 0;

  explicit Distance(std::size_t words) { planes.fill(Bits(words, 0)); }
  void add(const Bits& bits) {
    for (std::size_t i = 0; i < bits.size(); ++i) {
      std::uint64_t carry = bits[i];
      for (auto& plane : planes) {
        const std::uint64_t next = plane[i] & carry;
        plane[i] ^= carry;
        carry = next;
      }
    }
  }
};

/// Mean and variance with a candidate and its mirror image added.
std::pair<double, double> with(const Disagreements& set, const Distance& now, std::size_t k) {
  const auto n = static_cast<double>(set.pairs);
  const auto share = [&](const Bits& bits) {
    long count = 0;
    for (const std::uint64_t word : bits) count += std::popcount(word);
    return static_cast<double>(count) / n;
  };
  const Bits& a = set.plain[k];
  const Bits& b = set.reflected[k];
  long both = 0;
  for (std::size_t i = 0; i < a.size(); ++i) both += std::popcount(a[i] & b[i]);
  const double pa = share(a), pb = share(b);
  const double between = static_cast<double>(both) / n - pa * pb;
  const double along = (product(a, now.planes) + product(b, now.planes)) / n - now.mean * (pa + pb);
  return {now.mean + pa + pb, now.variance + pa * (1 - pa) + pb * (1 - pb) + 2 * between + 2 * along};
}

std::vector<std::size_t> choose(const Training& training) {
  Distance same(training.same.plain[0].size()), other(training.other.plain[0].size());
  std::vector<std::size_t> chosen;
  while (chosen.size() < kChosen) {
    double best = -1;
    std::size_t best_k = 0;
    std::array<std::pair<double, double>, 2> best_moments;
    for (std::size_t k = 0; k < kCandidates; ++k) {
      if (std::find(chosen.begin(), chosen.end(), k) != chosen.end()) continue;
      const auto s = with(training.same, same, k), o = with(training.other, other, k);
      const double separation = (o.first - s.first) / std::sqrt(s.second + kWeightOfOther * o.second);
      if (separation <= best) continue;
      best = separation;
      best_k = k;
      best_moments = {s, o};
    }
    chosen.push_back(best_k);
    std::tie(same.mean, same.variance) = best_moments[0];
    std::tie(other.mean, other.variance) = best_moments[1];
    for (auto [set, now] : {std::pair(&training.same, &same), std::pair(&training.other, &other)}) {
      now->add(set->plain[best_k]);
      now->add(set->reflected[best_k]);
    }
    if (chosen.size() % 16 == 0)
      std::fprintf(stderr, "%3zu pairs: same %.1f sd %.1f, other %.1f sd %.1f, separation %.3f\n",
                   chosen.size(), same.mean, std::sqrt(same.variance), other.mean, std::sqrt(other.variance),
                   best);
  }
  return chosen;
}

}  // namespace

int main(int argc, char** argv) {
  const auto candidates = draw_candidates();
  std::vector<Spot> spots;
  Training training;
  std::size_t kind = 0;
  for (int i = 1; i < argc; ++i) {
    int shown = 0;
    DecodeSink sink;
    sink.on_picture = [&](const Picture& picture) {
      if (to_seconds(picture.shown_at - Timestamp{0}) < shown) return;
      ++shown;
      train_on(shrink_to(picture.luma, 320), static_cast<std::size_t>(i), kind++, candidates, spots,
               training);
    };
    decode_media(argv[i], {SkipFrames::nothing, true, false}, {}, sink);
  }
  std::mt19937 random(7);
  while (training.other.pairs < training.same.pairs) {
    const Spot& a = spots[random() % spots.size()];
    const Spot& b = spots[random() % spots.size()];
    if (a.file != b.file) add_pair(a.patch, b.patch, training.other);
  }
  std::fprintf(stderr, "%zu pairs of patches that agree, %zu that do not\n", training.same.pairs,
               training.other.pairs);
  for (const std::size_t k : choose(training)) {
    const Candidate& t = candidates[k];
    std::printf("    {%d, %d, %d, %d},\n", t.ax, t.ay, t.bx, t.by);
  }
}
