// What local features cost and find as the catalog grows: their segments, and the search of an upload.
//
//   feature_index_bench [SCRATCH] [TRACKS...]          default: a temporary folder, 1000000
//
// Protocol: 200,000 local features of made-up pictures of overlapping leaves, whose statistics are near those
// of photographs (Lee, Mumford and Huang, IJCV 41, 2001), 200 a picture, become as many tracks as asked for
// (made_tracks.h), 2,430 a reference of 90 s. They are written as segments of at most 2,000 references, which
// are merged into one as LiveIndex merges them, and that is mapped; what was merged once stays in the folder
// SCRATCH. An upload of 60 s is 63 pictures of the same kind that the catalog does not have, with at most 150
// features each, plain and mirrored, searched as index/feature_hits.cpp does it: the quick look (every second
// feature) and the close one. Recall: of the features of catalog pictures after a crop, a gamma and noise
// that have a neighbour within the radius, those for which one as near as the nearest of all was found. CPU
// time of one thread, reading included, of files that are in the page cache.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "bench/leaves.h"
#include "bench/made_tracks.h"
#include "core/cpu_time.h"
#include "fingerprint/local_features.h"
#include "index/feature_index.h"

namespace {

namespace fs = std::filesystem;
using namespace reelprint;
using Random = std::mt19937_64;
using Segments = index::Segments<index::FeaturePart>;

constexpr int kWidth = bench::kLeavesWidth;
constexpr int kHeight = bench::kLeavesHeight;
constexpr std::size_t kDrawnPictures = 1000;
constexpr std::size_t kFeaturesOfPicture = 200;
constexpr std::size_t kCopiedPictures = 20;
constexpr std::size_t kJudged = 1000;
constexpr std::size_t kUploads = 10;
constexpr std::size_t kPicturesOfUpload = 63;
constexpr std::size_t kFeaturesOfQuery = 150;
constexpr std::size_t kMostOfPart = 2000;
constexpr std::size_t kMostMerged = std::size_t{1} << 40;

/// The looks of index/feature_hits.cpp.
struct Look {
  const char* name;
  index::FeatureSearch search;
  std::size_t step;
};
const Look kLooks[] = {
    {"quick", {.radius = 44, .most_per_query = 12, .probes = 6, .words = index::Codebook::kWords / 24}, 2},
    {"close", {.radius = 56, .most_per_query = 12}, 1}};

using Features = std::vector<LocalFeature>;
using Answers = std::vector<std::vector<index::FeatureNeighbour>>;

struct Material {
  Features catalog;
  Features copies;
  std::vector<Features> uploads;
};

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

void append_features(const cv::Mat& picture, std::size_t most, Features& features) {
  const auto width = static_cast<std::size_t>(picture.cols);
  const auto height = static_cast<std::size_t>(picture.rows);
  fingerprint::FeatureSettings settings;
  settings.most = most;
  const auto found =
      fingerprint::find_features({width, height, {picture.datastart, picture.dataend}}, settings);
  features.insert(features.end(), found.begin(), found.end());
}

Material draw() {
  Material material;
  Random random(1);
  for (std::size_t i = 0; i < kDrawnPictures; ++i) {
    const cv::Mat picture = bench::leaves_picture(random);
    append_features(picture, kFeaturesOfPicture, material.catalog);
    if (i % (kDrawnPictures / kCopiedPictures) == 0)
      append_features(edited(picture, random), kFeaturesOfQuery, material.copies);
  }
  for (std::size_t u = 0; u < kUploads; ++u) {
    Features& upload = material.uploads.emplace_back();
    for (std::size_t i = 0; i < kPicturesOfUpload; ++i)
      append_features(bench::leaves_picture(random), kFeaturesOfQuery, upload);
  }
  std::ranges::shuffle(material.copies, random);
  material.copies.resize(std::min(material.copies.size(), kJudged));
  return material;
}

class Stopwatch {
 public:
  [[nodiscard]] double wall_s() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
  }
  [[nodiscard]] double cpu_s() const { return thread_cpu_seconds() - cpu_began_s_; }

 private:
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  double cpu_began_s_ = thread_cpu_seconds();
};

void print(const std::string& what, double value, const char* unit) {
  std::printf("| %s | %.3g %s |\n", what.c_str(), value, unit);
  std::fflush(stdout);
}

/// Writes the segments and merges them into `merged`.
void make(const Features& drawn, std::size_t tracks, const fs::path& merged) {
  Stopwatch making;
  const bench::MadeTracks made(drawn, tracks);
  Segments segments;
  std::vector<fs::path> files;
  const std::size_t parts = (made.references() + kMostOfPart - 1) / kMostOfPart;
  const std::size_t most = (made.references() + parts - 1) / parts;
  for (std::size_t first = 0; first < made.references(); first += most) {
    files.push_back(merged.string() + "." + std::to_string(files.size()));
    const std::size_t count = std::min(most, made.references() - first);
    segments.add(made.write_part(files.back(), first, count), files.size());
  }
  print("making the segments, CPU", making.cpu_s(), "s");
  std::vector<index::Segment<index::FeaturePart>> due;
  for (const std::size_t i : segments.due(kMostMerged)) due.push_back(segments.all()[i]);
  if (files.size() == 1) return fs::rename(files.front(), merged);
  if (due.size() != files.size()) throw std::logic_error("segments of one size are not all due");
  const Stopwatch merging;
  index::SegmentWriter out(segments.kind(), merged);
  index::FeaturePart::write_merged(due, out);
  (void)out.finish();
  print("merging " + std::to_string(due.size()) + " segments, CPU", merging.cpu_s(), "s");
  print("the same, wall", merging.wall_s(), "s");
  for (const fs::path& file : files) fs::remove(file);
}

void print_rss() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    for (const std::string name : {"RssAnon:", "RssFile:"}) {
      if (line.starts_with(name)) print(name, std::stod(line.substr(name.size())) / 1024, "MiB");
    }
  }
}

Features asked(const Features& upload, std::size_t step) {
  Features wanted;
  for (std::size_t i = 0; i < upload.size(); i += step) wanted.push_back(upload[i]);
  for (std::size_t i = 0; i < upload.size(); i += step) wanted.push_back(mirrored(upload[i]));
  return wanted;
}

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

void measure_search(const index::FeatureIndex& index, const Material& material) {
  for (const Look& look : kLooks) {
    std::vector<double> costs_s;
    for (const Features& upload : material.uploads) {
      const Features wanted = asked(upload, look.step);
      const Stopwatch searching;
      (void)index.search(wanted, look.search);
      costs_s.push_back(searching.cpu_s());
    }
    std::ranges::sort(costs_s);
    const std::string name = std::string("an upload, ") + look.name + " look, ";
    print(name + "median", costs_s[costs_s.size() / 2], "CPU s");
    print(name + "most of 10", costs_s.back(), "CPU s");
    index::FeatureSearch everything = look.search;
    everything.most_per_query = 1;
    everything.probes = index::Codebook::kWords;
    print(std::string("recall of copied features, ") + look.name + " look",
          recall(index.search(material.copies, look.search), index.search(material.copies, everything)), "");
  }
}

void measure(std::size_t tracks, const Material& material, const fs::path& scratch) {
  const fs::path file = scratch / ("tracks-" + std::to_string(tracks) + ".rps");
  std::printf("\n| %zu tracks | |\n|---|---|\n", tracks);
  if (!fs::exists(file)) make(material.catalog, tracks, file);

  const Stopwatch opening;
  Segments segments;
  segments.add(bench::open_listed(file), 1);
  index::FeatureIndex index;
  index.adopt(std::move(segments));
  print("opening, wall", opening.wall_s() * 1000, "ms");
  print("tracks", static_cast<double>(index.size()), "");
  const auto bytes = static_cast<double>(index.memory_bytes());
  print("bytes a track", bytes / static_cast<double>(index.size()), "");
  print("bytes a second of reference",
        bytes / static_cast<double>(index.references() * bench::kSecondsOfReference), "");
  measure_search(index, material);
  print_rss();

  const auto reference = bench::made_reference(material.uploads.front());
  const ReferenceId id{static_cast<std::int64_t>(index.references() + 1)};
  const Stopwatch adding;
  index.add(id, reference);
  print("adding a reference", adding.cpu_s() * 1000, "CPU ms");
  const Stopwatch removing;
  index.remove(ReferenceId{1});
  print("removing a reference", removing.cpu_s() * 1000, "CPU ms");
}

}  // namespace

int main(int argc, char** argv) try {
  const fs::path scratch =
      argc > 1 ? fs::path(argv[1])
               : fs::temp_directory_path() / ("feature_index_bench-" + std::to_string(getpid()));
  fs::create_directories(scratch);
  std::vector<std::size_t> sizes;
  for (int i = 2; i < argc; ++i) sizes.push_back(std::strtoull(argv[i], nullptr, 10));
  if (sizes.empty()) sizes = {1'000'000};
  std::printf("Scan path: %s.\n", std::string(index::to_string(index::fastest_scan_path())).c_str());
  const Material material = draw();
  (void)index::feature_codebook();
  for (const std::size_t tracks : sizes) {
    if (tracks >= bench::kTracksOfReference) measure(tracks, material, scratch);
  }
  if (argc < 2) fs::remove_all(scratch);
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "feature_index_bench: %s\n", error.what());
  return 1;
}
