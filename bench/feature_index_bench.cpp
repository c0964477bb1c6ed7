// What a search for local features costs and finds as the catalog grows: inverted lists beside comparing
// everything.
//
//   feature_index_bench [CODES...]          default: 1000000 10000000
//
// Protocol: local features of made-up pictures of overlapping leaves, whose statistics are near those of
// photographs (Lee, Mumford and Huang, IJCV 41, 2001), 200 a picture. 2 M of them are drawn; beyond that each
// is repeated with 8 to 63 bits flipped, as the pictures of a scene repeat theirs. Queries: half are
// features of catalog pictures after a crop, a gamma and noise, half are of pictures that are not in the
// catalog. Recall: of the queries that have a neighbour within 56 bits, those for which one as near was
// found. CPU time of one thread.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <random>
#include <vector>

#include "bench/leaves.h"
#include "core/cpu_time.h"
#include "fingerprint/local_features.h"
#include "index/feature_index.h"

namespace {

using namespace reelprint;

constexpr int kWidth = bench::kLeavesWidth;
constexpr int kHeight = bench::kLeavesHeight;
constexpr std::size_t kDrawn = 2'000'000;
constexpr std::size_t kFeaturesOfPicture = 200;
constexpr std::size_t kFeaturesPerDetail = 64;
constexpr std::size_t kFeaturesPerReference = 100 * kFeaturesPerDetail;
constexpr std::size_t kQueries = 10'000;
constexpr std::size_t kJudged = 1'000;
constexpr int kRadius = 56;

using Random = std::mt19937_64;

cv::Mat edited(const cv::Mat& picture, Random& random) {
  const int x = kWidth / 20;
  const int y = kHeight / 20;
  cv::Mat copy;
  cv::resize(picture({x, y, kWidth - 2 * x, kHeight - 2 * y}), copy, picture.size());
  cv::Mat real;
  copy.convertTo(real, CV_32F, 1 / 255.0);
  cv::pow(real, 0.8, real);
  cv::Mat noise(real.size(), CV_32F);
  cv::RNG(random()).fill(noise, cv::RNG::NORMAL, 0, 0.02);
  real += noise;
  real.convertTo(copy, CV_8U, 255);
  return copy;
}

void append_features(const cv::Mat& picture, std::vector<LocalFeature>& features) {
  const auto width = static_cast<std::size_t>(picture.cols);
  const auto height = static_cast<std::size_t>(picture.rows);
  fingerprint::FeatureSettings settings;
  settings.most = kFeaturesOfPicture;
  const auto found =
      fingerprint::find_features({width, height, {picture.datastart, picture.dataend}}, settings);
  features.insert(features.end(), found.begin(), found.end());
}

struct Material {
  std::vector<LocalFeature> catalog;
  std::vector<LocalFeature> queries;  ///< copies at even positions
};

Material draw(std::size_t codes) {
  Material material;
  std::vector<LocalFeature> copies;
  std::vector<LocalFeature> clear;
  Random random(1);
  while (material.catalog.size() < std::min(codes, kDrawn)) {
    const cv::Mat picture = bench::leaves_picture(random);
    append_features(picture, material.catalog);
    if (copies.size() < kQueries / 2) append_features(edited(picture, random), copies);
    if (clear.size() < kQueries / 2) append_features(bench::leaves_picture(random), clear);
  }
  for (std::size_t i = 0; i < std::min({copies.size(), clear.size(), kQueries / 2}); ++i) {
    material.queries.push_back(copies[i]);
    material.queries.push_back(clear[i]);
  }
  return material;
}

void add(index::FeatureIndex& index, const std::vector<LocalFeature>& features, std::int64_t reference) {
  std::vector<std::span<const LocalFeature>> details;
  for (std::size_t first = 0; first < features.size(); first += kFeaturesPerDetail) {
    details.push_back(
        std::span(features).subspan(first, std::min(kFeaturesPerDetail, features.size() - first)));
  }
  index.add({reference}, details);
}

void fill(index::FeatureIndex& index, const std::vector<LocalFeature>& drawn, std::size_t codes) {
  Random random(2);
  for (std::int64_t reference = 1; index.size() < codes; ++reference) {
    std::vector<LocalFeature> features;
    for (std::size_t i = index.size();
         features.size() < std::min(kFeaturesPerReference, codes - index.size()); ++i) {
      LocalFeature feature = drawn[i % drawn.size()];
      for (auto flips = i < drawn.size() ? 0 : 8 + random() % 56; flips > 0; --flips) {
        const auto bit = random() % 256;
        feature.descriptor[bit / 64] ^= std::uint64_t{1} << (bit % 64);
      }
      features.push_back(feature);
    }
    add(index, features, reference);
  }
}

using Answers = std::vector<std::vector<index::FeatureNeighbour>>;

double recall(const Answers& found, const Answers& exact) {
  double with_neighbour = 0;
  double as_near = 0;
  for (std::size_t q = 0; q < exact.size(); ++q) {
    if (exact[q].empty()) continue;
    ++with_neighbour;
    if (!found[q].empty() && found[q][0].distance == exact[q][0].distance) ++as_near;
  }
  return as_near / with_neighbour;
}

void measure(std::size_t codes) {
  const Material material = draw(codes);
  index::FeatureIndex index;
  double adding_s = 0;
  {
    const CpuTimer timer(adding_s);
    fill(index, material.catalog, codes);
  }
  const auto count = static_cast<double>(codes);
  const std::span<const LocalFeature> queries(material.queries);
  const auto judged = queries.first(std::min(kJudged, queries.size()));
  const auto everything = index::Codebook::kWords;
  const Answers exact = index.search(judged, {.radius = kRadius, .most_per_query = 1, .probes = everything});
  for (const std::size_t probes :
       {std::size_t{0}, std::size_t{64}, std::size_t{128}, std::size_t{256}, std::size_t{512}}) {
    double search_s = 0;
    Answers found;
    {
      const CpuTimer timer(search_s);
      found = index.search(queries, {.radius = kRadius, .probes = probes});
    }
    std::printf("| %zu | %zu%s | %.3f | %.3f | %.1f | %.1f |\n", codes,
                probes == 0 ? index::probes_for(codes) : probes, probes == 0 ? " (default)" : "",
                recall(found, exact), search_s * 10'000 / static_cast<double>(queries.size()),
                static_cast<double>(index.memory_bytes()) / count, adding_s / count * 1e6);
    std::fflush(stdout);
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::size_t> sizes;
  for (int i = 1; i < argc; ++i) sizes.push_back(std::strtoul(argv[i], nullptr, 10));
  if (sizes.empty()) sizes = {1'000'000, 10'000'000};

  std::printf("Scan path: %s.\n\n", std::string(index::to_string(index::fastest_scan_path())).c_str());
  std::printf(
      "| codes | lists per query | recall | CPU s per 10,000 queries | bytes per code | add, µs per code "
      "|\n");
  std::printf("|---|---|---|---|---|---|\n");
  for (const std::size_t codes : sizes) {
    if (codes > 0) measure(codes);
  }
  return 0;
}
