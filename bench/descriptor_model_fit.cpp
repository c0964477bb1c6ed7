// Prints the table of index/descriptor_model.cpp, fitted to the local features of real footage.
//
//   descriptor_model_fit FILE... > table
//
// Protocol: a frame a second, at most 60 of a file; 64 features each at a short side of 320, each also as
// its mirror image, so that the model has no preferred side. Thresholds from the share of ones of each bit;
// weights from the correlations of the signs (docs/decisions/0007-fixed-codebook.md).
#include <algorithm>
#include <array>
#include <bitset>
#include <cmath>
#include <cstdio>
#include <numbers>
#include <opencv2/core.hpp>
#include <vector>

#include "fingerprint/local_features.h"
#include "fingerprint/media_decoder.h"

namespace {

using namespace reelprint;

constexpr std::size_t kMostFrames = 60;
constexpr std::size_t kHiddenValues = 16;
constexpr std::size_t kHalf = 128;

std::vector<LocalFeature> features_of(const char* path) {
  std::vector<LocalFeature> features;
  std::size_t frames = 0;
  fingerprint::DecodeSink sink;
  sink.on_picture = [&](const fingerprint::Picture& picture) {
    if (frames == kMostFrames) return;
    if (to_seconds(picture.shown_at - Timestamp{0}) < static_cast<double>(frames)) return;
    ++frames;
    const auto found = fingerprint::find_features(fingerprint::shrink_to(picture.luma, 320));
    features.insert(features.end(), found.begin(), found.end());
  };
  fingerprint::decode_media(path, {fingerprint::SkipFrames::nothing, true, false}, {}, sink);
  return features;
}

/// What is needed of many descriptors: how often each bit is one and each two bits are both ones.
struct Counts {
  double descriptors = 0;
  std::array<double, 2 * kHalf> ones{};
  std::array<std::array<double, 2 * kHalf>, 2 * kHalf> both{};

  void add(const LocalFeature& feature) {
    ++descriptors;
    std::vector<std::size_t> set;
    for (std::size_t bit = 0; bit < 2 * kHalf; ++bit) {
      if (feature.descriptor[bit / 64] >> (bit % 64) & 1) set.push_back(bit);
    }
    for (const std::size_t a : set) {
      ++ones[a];
      for (const std::size_t b : set) ++both[a][b];
    }
  }
  [[nodiscard]] double share(std::size_t bit) const { return ones[bit] / descriptors; }
  /// Of the Gaussians whose signs the two bits are, by the arcsine law for thresholds near zero.
  [[nodiscard]] double hidden_correlation(std::size_t a, std::size_t b) const {
    const double covariance = both[a][b] / descriptors - share(a) * share(b);
    const double deviations = std::sqrt(share(a) * (1 - share(a)) * share(b) * (1 - share(b)));
    return std::sin(std::numbers::pi / 2 * covariance / deviations);
  }
};

/// A standard normal value is below this with probability `share`.
double normal_quantile(double share) {
  double low = -5, high = 5;
  for (int i = 0; i < 50; ++i) {
    const double middle = (low + high) / 2;
    (0.5 * std::erfc(-middle / std::numbers::sqrt2) < share ? low : high) = middle;
  }
  return low;
}

/// A hidden value: its weight in the bits of the first half; in the second half it is the same or, if odd,
/// the negative.
struct Hidden {
  double variance = 0;
  bool is_odd = false;
  std::array<double, kHalf> weights{};
};

/// The correlations are the same with the halves exchanged, so their eigenvectors are even or odd.
std::vector<Hidden> eigenvectors(const Counts& counts, bool is_odd) {
  cv::Mat folded(kHalf, kHalf, CV_64F);
  for (std::size_t a = 0; a < kHalf; ++a) {
    for (std::size_t b = 0; b < kHalf; ++b) {
      const double across = counts.hidden_correlation(a, b + kHalf);
      folded.at<double>(static_cast<int>(a), static_cast<int>(b)) =
          (a == b ? 1 : counts.hidden_correlation(a, b)) + (is_odd ? -across : across);
    }
  }
  cv::Mat values, vectors;
  cv::eigen(folded, values, vectors);
  std::vector<Hidden> all(kHiddenValues);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const int row = static_cast<int>(i);
    all[i].variance = values.at<double>(row);
    all[i].is_odd = is_odd;
    for (std::size_t bit = 0; bit < kHalf; ++bit) {
      all[i].weights[bit] = vectors.at<double>(row, static_cast<int>(bit)) * std::sqrt(all[i].variance / 2);
    }
  }
  return all;
}

}  // namespace

int main(int argc, char** argv) {
  Counts counts;
  for (int i = 1; i < argc; ++i) {
    for (const LocalFeature& feature : features_of(argv[i])) {
      counts.add(feature);
      counts.add(mirrored(feature));
    }
  }
  auto hidden = eigenvectors(counts, false);
  const auto odd = eigenvectors(counts, true);
  hidden.insert(hidden.end(), odd.begin(), odd.end());
  std::ranges::sort(hidden, std::greater(), &Hidden::variance);
  hidden.resize(kHiddenValues);
  std::ranges::stable_sort(hidden, {}, &Hidden::is_odd);

  double variance = 0;
  for (const Hidden& one : hidden) variance += one.variance / (2 * kHalf);
  std::fprintf(stderr, "%.0f descriptors; share of the variance %.2f; even values: %td\n",
               counts.descriptors / 2, variance, std::ranges::count(hidden, false, &Hidden::is_odd));
  for (std::size_t bit = 0; bit < kHalf; ++bit) {
    std::printf("    {%ld, {", std::lround(100 * normal_quantile(counts.share(bit))));
    for (std::size_t i = 0; i < kHiddenValues; ++i)
      std::printf("%s%ld", i == 0 ? "" : ", ", std::lround(100 * hidden[i].weights[bit]));
    std::printf("}},\n");
  }
}
