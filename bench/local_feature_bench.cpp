// How local features survive edits and what they cost, beside cv::ORB at equal counts.
//
//   local_feature_bench BACKGROUND FILE...
//
// Protocol: at most 12 frames of a file, evenly chosen of one a second, short side at most 720. Reference: 64
// features at a short side of 320. Query: 150 of the edited frame at 480 (a smaller one at its size). Each
// query feature takes its 8 nearest among all files' reference features, within the radius at which 1 in
// 100,000 features of different files match (another one: environment variable RADIUS); to each reference
// frame a similarity is fitted by RANSAC (4 px of 320). Insets are laid on frames of BACKGROUND. Files must
// not show the same scenes.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <map>
#include <opencv2/calib3d.hpp>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "bench/orb_features.h"
#include "bench/picture_edits.h"
#include "fingerprint/local_features.h"

namespace {

using namespace reelprint;
using fingerprint::LumaPicture;

constexpr std::size_t kFramesOfFile = 12;
constexpr std::size_t kReferenceSide = 320;
constexpr std::size_t kReferenceMost = 64;
constexpr std::size_t kQuerySide = 480;
constexpr std::size_t kQueryMost = 150;
constexpr std::size_t kNearest = 8;
constexpr double kFalseShare = 1e-5;

struct Frame {
  std::size_t file = 0;
  cv::Mat luma;
};

struct Method {
  std::string name;
  std::function<std::vector<LocalFeature>(const LumaPicture&, std::size_t most)> find;
  bool has_mirror = false;  ///< mirrored() applies; else the picture is flipped back
};

LumaPicture picture_of(const cv::Mat& luma, std::size_t side) {
  return fingerprint::shrink_to(
      {luma.data, static_cast<std::ptrdiff_t>(luma.step), static_cast<std::size_t>(luma.cols),
       static_cast<std::size_t>(luma.rows), 1, 8, 0},
      side);
}

std::vector<Frame> load(const std::string& path, std::size_t file) {
  std::vector<Frame> all;
  fingerprint::DecodeSink sink;
  sink.on_picture = [&](const fingerprint::Picture& picture) {
    if (to_seconds(picture.shown_at - Timestamp{0}) < static_cast<double>(all.size())) return;
    all.push_back({file, bench::mat_of(fingerprint::shrink_to(picture.luma, 720)).clone()});
  };
  fingerprint::decode_media(path, {fingerprint::SkipFrames::nothing, true, false}, {}, sink);
  std::vector<Frame> chosen;
  const std::size_t count = std::min(all.size(), kFramesOfFile);
  for (std::size_t i = 0; i < count; ++i) chosen.push_back(all[i * all.size() / count]);
  return chosen;
}

std::vector<LocalFeature> find_own(const LumaPicture& picture, std::size_t most) {
  fingerprint::FeatureSettings settings;
  settings.most = most;
  return fingerprint::find_features(picture, settings);
}

struct References {
  std::vector<LocalFeature> features;
  std::vector<std::size_t> frames;  ///< of each feature
  std::vector<cv::Size2f> sizes;    ///< of each frame, at a short side of 320
};

cv::Size2f size_at_320(const LumaPicture& picture) {
  const float scale = 320.0F / static_cast<float>(std::min(picture.width, picture.height));
  return {static_cast<float>(picture.width) * scale, static_cast<float>(picture.height) * scale};
}

References reference_features(const std::vector<Frame>& frames, const Method& method) {
  References all;
  for (std::size_t f = 0; f < frames.size(); ++f) {
    const LumaPicture picture = picture_of(frames[f].luma, kReferenceSide);
    all.sizes.push_back(size_at_320(picture));
    for (const LocalFeature& feature : method.find(picture, kReferenceMost)) {
      all.features.push_back(feature);
      all.frames.push_back(f);
    }
  }
  return all;
}

[[gnu::target_clones("arch=x86-64-v4", "popcnt", "default")]] void measure(
    const LocalFeature& query, const std::vector<LocalFeature>& all, std::vector<int>& distances) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    int sum = 0;
    for (std::size_t w = 0; w < 4; ++w)
      sum += __builtin_popcountll(query.descriptor[w] ^ all[i].descriptor[w]);
    distances[i] = sum;
  }
}

int radius_of(const std::vector<Frame>& frames, const References& references, const Method& method) {
  if (const char* asked = std::getenv("RADIUS")) return std::atoi(asked);
  std::vector<double> histogram(257);
  std::vector<int> distances(references.features.size());
  double pairs = 0;
  for (std::size_t f = 0; f < frames.size(); f += 2) {
    for (const LocalFeature& query : method.find(picture_of(frames[f].luma, kQuerySide), kQueryMost)) {
      measure(query, references.features, distances);
      for (std::size_t i = 0; i < distances.size(); ++i) {
        if (frames[references.frames[i]].file == frames[f].file) continue;
        ++histogram[static_cast<std::size_t>(distances[i])];
        ++pairs;
      }
    }
  }
  int radius = -1;
  for (double sum = histogram[0]; sum <= kFalseShare * pairs;
       sum += histogram[static_cast<std::size_t>(radius) + 1])
    ++radius;
  return radius;
}

struct Pairing {
  std::size_t query = 0;
  std::size_t reference = 0;
};

/// By reference frame; a query feature once in each.
std::map<std::size_t, std::vector<Pairing>> pair_up(const std::vector<LocalFeature>& query,
                                                    const References& references, int radius) {
  std::map<std::size_t, std::vector<Pairing>> by_frame;
  std::vector<int> distances(references.features.size());
  for (std::size_t q = 0; q < query.size(); ++q) {
    measure(query[q], references.features, distances);
    std::vector<std::pair<int, std::size_t>> near;
    for (std::size_t i = 0; i < distances.size(); ++i) {
      if (distances[i] <= radius) near.emplace_back(distances[i], i);
    }
    const auto count = static_cast<std::ptrdiff_t>(std::min(near.size(), kNearest));
    std::partial_sort(near.begin(), near.begin() + count, near.end());
    for (auto it = near.begin(); it != near.begin() + count; ++it) {
      auto& pairings = by_frame[references.frames[it->second]];
      if (pairings.empty() || pairings.back().query != q) pairings.push_back({q, it->second});
    }
  }
  return by_frame;
}

/// Distinct reference features that agree on a similarity of scale 0.2 to 5.
int inliers_of(const std::vector<Pairing>& pairings, const std::vector<LocalFeature>& query,
               const cv::Size2f& query_size, const References& references) {
  if (pairings.size() < 4) return 0;
  const auto point = [](const LocalFeature& feature, const cv::Size2f& size) {
    return cv::Point2f(feature.x / 65536.0F * size.width, feature.y / 65536.0F * size.height);
  };
  std::vector<cv::Point2f> from, to;
  for (const Pairing& pairing : pairings) {
    from.push_back(point(query[pairing.query], query_size));
    to.push_back(point(references.features[pairing.reference],
                       references.sizes[references.frames[pairing.reference]]));
  }
  std::vector<std::uint8_t> agrees;
  const cv::Mat map = cv::estimateAffinePartial2D(from, to, agrees, cv::RANSAC, 4, 1000, 0.99);
  if (map.empty()) return 0;
  const double scale = std::hypot(map.at<double>(0, 0), map.at<double>(1, 0));
  if (scale < 0.2 || scale > 5) return 0;
  std::vector<std::size_t> used;
  for (std::size_t i = 0; i < agrees.size(); ++i) {
    if (agrees[i] != 0) used.push_back(pairings[i].reference);
  }
  std::sort(used.begin(), used.end());
  return static_cast<int>(std::unique(used.begin(), used.end()) - used.begin());
}

struct Tally {
  double frames = 0, first = 0, six = 0, ten = 0, inliers = 0;
  int best_unrelated = 0;
};

Tally run(const bench::PictureEdit& edit, const std::vector<Frame>& frames,
          const std::vector<Frame>& background, const Method& method, const References& references,
          int radius) {
  Tally tally;
  for (std::size_t f = 0; f < frames.size(); ++f) {
    cv::Mat edited = edit.apply(frames[f].luma, background[f % background.size()].luma).clone();
    if (edit.is_mirrored && !method.has_mirror) cv::flip(edited, edited, 1);
    const LumaPicture picture = picture_of(edited, kQuerySide);
    auto query = method.find(picture, kQueryMost);
    if (edit.is_mirrored && method.has_mirror) {
      for (LocalFeature& feature : query) feature = reelprint::mirrored(feature);
    }
    int right = 0, wrong = 0;
    for (const auto& [frame, pairings] : pair_up(query, references, radius)) {
      int& best = frames[frame].file == frames[f].file ? right : wrong;
      best = std::max(best, inliers_of(pairings, query, size_at_320(picture), references));
    }
    tally.frames += 1;
    tally.inliers += right;
    tally.first += right > wrong ? 1 : 0;
    tally.six += right >= 6 ? 1 : 0;
    tally.ten += right >= 10 ? 1 : 0;
    tally.best_unrelated = std::max(tally.best_unrelated, wrong);
  }
  return tally;
}

double cpu_ms() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) * 1e-6;
}

/// CPU time per call, the methods in turn, best of ten for each frame; mean over the frames.
void print_costs(const std::vector<Frame>& frames, const std::vector<Method>& methods, std::size_t side,
                 std::size_t most) {
  std::vector<double> sums(methods.size(), 0);
  for (const Frame& frame : frames) {
    const LumaPicture picture = picture_of(frame.luma, side);
    std::vector<double> best(methods.size(), 1e9);
    for (std::size_t i = 0; i < 10 * methods.size(); ++i) {
      const double begin = cpu_ms();
      static_cast<void>(methods[i % methods.size()].find(picture, most));
      best[i % methods.size()] = std::min(best[i % methods.size()], cpu_ms() - begin);
    }
    for (std::size_t m = 0; m < methods.size(); ++m) sums[m] += best[m] / static_cast<double>(frames.size());
  }
  for (std::size_t m = 0; m < methods.size(); ++m) {
    std::printf("%3zu features at %zu, %-16s %.2f ms\n", most, side, methods[m].name.c_str(), sums[m]);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::printf("skipped: name the videos, local_feature_bench BACKGROUND FILE...\n");
    return 0;
  }
  cv::setNumThreads(1);
  const std::vector<Frame> background = load(argv[1], 0);
  std::vector<Frame> frames;
  for (int i = 2; i < argc; ++i) {
    for (Frame& frame : load(argv[i], static_cast<std::size_t>(i))) frames.push_back(std::move(frame));
  }
  const std::vector<Method> methods = {{"own", find_own, true}, {"ORB, spread", bench::find_spread_orb}};
  const std::vector<Method> timed = {methods[0], methods[1], {"ORB, not spread", bench::find_plain_orb}};
  print_costs(frames, timed, kReferenceSide, kReferenceMost);
  print_costs(frames, timed, kReferenceSide, kQueryMost);
  print_costs(frames, timed, kQuerySide, kQueryMost);
  for (const Method& method : methods) {
    const References references = reference_features(frames, method);
    const int radius = radius_of(frames, references, method);
    std::printf(
        "\n%s: %zu frames, %zu reference features, radius %d\n%-22s first   >= 6  >= 10  mean  unrelated\n",
        method.name.c_str(), frames.size(), references.features.size(), radius, "edit");
    for (const bench::PictureEdit& edit : bench::picture_edits()) {
      const Tally t = run(edit, frames, background, method, references, radius);
      std::printf("%-22s %5.1f  %5.1f  %5.1f  %4.1f  %2d\n", edit.name.c_str(), 100 * t.first / t.frames,
                  100 * t.six / t.frames, 100 * t.ten / t.frames, t.inliers / t.frames, t.best_unrelated);
    }
  }
}
