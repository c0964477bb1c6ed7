// What screening an upload that shows nothing of the catalog costs, stage by stage, as the catalog grows.
//
//   clear_upload_bench SCRATCH CATALOG_MEDIA UPLOADS EPISODES...
//
// Protocol: a catalog of made-up episodes (made_catalog.h) from the features of the videos in the folder
// CATALOG_MEDIA and of made-up leaves; the videos in the folder UPLOADS, which must not be of the same
// footage, are screened against it as `reelprint screen` does: fast, then standard. CPU time of one thread
// per second of media, medians of three rounds taken in turn; the full decode is of the picture alone, with
// nothing skipped and nothing done. What was made once (fingerprints, feature indexes) stays in the folder
// SCRATCH.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "bench/leaves.h"
#include "bench/listed_features.h"
#include "bench/made_catalog.h"
#include "core/cpu_time.h"
#include "fingerprint/audio_print.h"
#include "fingerprint/fingerprint_codec.h"
#include "fingerprint/fingerprinter.h"
#include "fingerprint/keyframe_selector.h"
#include "fingerprint/local_features.h"
#include "index/feature_hits.h"
#include "index/matcher.h"

namespace {

namespace fs = std::filesystem;
using namespace reelprint;

constexpr int kRounds = 3;
constexpr std::size_t kLeaves = 1500;

/// CPU seconds by stage, in the order in which they are printed.
using Costs = std::map<std::string, double>;

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

fingerprint::FingerprintSettings settings_of(Effort effort) {
  const bool is_fast = effort == Effort::fast;
  return {effort, !is_fast, is_fast ? fingerprint::kNoDetail : fingerprint::kQueryDetail, {}};
}

std::vector<bench::PictureFeatures> catalog_pictures(const fs::path& media, const fs::path& scratch) {
  std::vector<bench::PictureFeatures> pictures;
  for (const fs::path& file : files_in(media)) {
    const fs::path kept = scratch / (file.filename().string() + ".fp");
    if (!fs::exists(kept))
      fingerprint::write_fingerprint(fingerprint::fingerprint_media(file, {}).fingerprint, kept);
    for (KeyframeDetail& detail : fingerprint::read_fingerprint(kept).details)
      pictures.push_back(std::move(detail.features));
  }
  std::printf("%zu pictures of real footage, %zu made up\n\n", pictures.size(), kLeaves);
  std::mt19937_64 random(1);
  for (std::size_t i = 0; i < kLeaves; ++i) {
    const cv::Mat leaves = bench::leaves_picture(random);
    fingerprint::FeatureSettings settings;
    settings.most = fingerprint::kReferenceDetail.features;
    pictures.push_back(fingerprint::find_features({static_cast<std::size_t>(leaves.cols),
                                                   static_cast<std::size_t>(leaves.rows),
                                                   {leaves.datastart, leaves.dataend}},
                                                  settings));
  }
  return pictures;
}

/// Fingerprints once more with a timer around each stage.
void time_stages(const fs::path& file, Effort effort, Costs& costs) {
  const auto settings = settings_of(effort);
  auto whole_only = settings.detail;
  whole_only.parts = 0;
  fingerprint::KeyframeSelector selector(fingerprint::selection_of(effort));
  fingerprint::DetailCollector with_parts(settings.detail);
  fingerprint::DetailCollector without_parts(whole_only);
  fingerprint::AudioPrinter printer;
  double hashes_s = 0;
  double features_s = 0;
  double parts_s = 0;
  fingerprint::DecodeSink sink;
  sink.on_picture = [&](const fingerprint::Picture& picture) {
    {
      const CpuTimer timer(hashes_s);
      if (!selector.add(fingerprint::shrink(picture.luma), picture.shown_at)) return;
    }
    {
      const CpuTimer timer(features_s);
      without_parts.add(selector.newest(), selector.count() - 1, picture.luma);
    }
    const CpuTimer timer(parts_s);
    with_parts.add(selector.newest(), selector.count() - 1, picture.luma);
  };
  sink.on_sound = [&](std::span<const std::int16_t> samples, Timestamp at) {
    const CpuTimer timer(costs["4 sound print"]);
    printer.feed(samples, at);
  };
  (void)fingerprint::decode_media(file, fingerprint::plan_of(effort, settings.audio), {}, sink);
  {
    const CpuTimer timer(parts_s);
    (void)with_parts.finish(selector.count());
  }
  costs["2 hashes, shots"] += hashes_s;
  costs["3 features"] += features_s;
  costs["3 layout, parts"] += parts_s - features_s;
}

double full_decode_s(const fs::path& file) {
  double cost_s = 0;
  {
    const CpuTimer timer(cost_s);
    const fingerprint::DecodePlan everything{fingerprint::SkipFrames::nothing, true, false};
    (void)fingerprint::decode_media(file, everything, {}, {[](const fingerprint::Picture&) {}, {}, {}});
  }
  return cost_s;
}

void time_search(const Fingerprint& print, const index::SearchSpace& space, Costs& costs) {
  double parts_s = 0;
  {
    const CpuTimer timer(costs["5 search: hashes"]);
    const CpuTimer part(parts_s);
    (void)index::find_hits(print, space.frames);
  }
  if (!print.details.empty()) {
    const CpuTimer timer(costs["6 search: features"]);
    const CpuTimer part(parts_s);
    (void)index::find_feature_hits(index::at_details(print), {}, space.frames, *space.features);
  }
  if (!print.audio.items.empty()) {
    const CpuTimer timer(costs["7 search: sound"]);
    const CpuTimer part(parts_s);
    (void)space.sounds->search(print.audio);
  }
  double whole_s = 0;
  {
    const CpuTimer timer(whole_s);
    const auto found = index::search(print, space, {});
    if (!found.matches.empty()) std::printf("(a match was found)\n");
    if (found.has_leads) std::printf("(leads were found: the deep pass would follow)\n");
  }
  costs["8 search: verification, rest"] += whole_s - parts_s;
  costs["9 all after decoding"] += whole_s;
}

Costs screen_once(const fs::path& file, const index::SearchSpace& space, double& media_s) {
  Costs costs;
  costs["0 full decode"] = full_decode_s(file);
  for (const Effort effort : {Effort::fast, Effort::standard}) {
    const auto made = fingerprint::fingerprint_media(file, settings_of(effort));
    costs["1 decode"] += made.cost.decode_s;
    costs["9 all after decoding"] += made.cost.fingerprint_s;
    time_stages(file, effort, costs);
    time_search(made.fingerprint, space, costs);
    media_s = to_seconds(made.fingerprint.duration);
  }
  return costs;
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

void measure(const fs::path& file, const index::SearchSpace& space) {
  std::map<std::string, std::vector<double>> rounds;
  double media_s = 0;
  for (int round = 0; round < kRounds; ++round) {
    for (const auto& [stage, cost_s] : screen_once(file, space, media_s)) rounds[stage].push_back(cost_s);
  }
  const double full_s = median(rounds["0 full decode"]);
  std::printf("%s, %.1f s\n", file.filename().c_str(), media_s);
  for (const auto& [stage, costs_s] : rounds) {
    std::printf("| %s | %.4f | %.3f |\n", stage.c_str() + 2, median(costs_s) / media_s,
                median(costs_s) / full_s);
  }
  const double all_s = median(rounds["1 decode"]) + median(rounds["9 all after decoding"]);
  std::printf("| all | %.4f | %.3f |\n\n", all_s / media_s, all_s / full_s);
  std::fflush(stdout);
}

void measure(std::size_t episodes, const std::vector<bench::PictureFeatures>& pictures,
             const fs::path& scratch, const fs::path& uploads) {
  const bench::MadeCatalog catalog(pictures, episodes);
  const fs::path file = scratch / ("features-" + std::to_string(episodes) + ".rps");
  if (!fs::exists(file)) catalog.write_features(file);
  index::Segments<index::FeaturePart> segments;
  segments.add(bench::open_listed(file), 1);
  index::FeatureIndex features;
  features.adopt(std::move(segments));
  std::printf("%zu episodes, %zu tracks\n\n", episodes, features.size());
  for (const fs::path& upload : files_in(uploads))
    measure(upload, {catalog.frames(), &features, &catalog.sounds(), &catalog});
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc < 5) {
    std::printf(
        "skipped: name a scratch folder, the catalog's media, the uploads, and numbers of episodes\n");
    return 0;
  }
  const fs::path scratch = argv[1];
  fs::create_directories(scratch);
  const auto pictures = catalog_pictures(argv[2], scratch);
  std::printf("| stage | CPU s a media second | of a full decode |\n|---|---|---|\n");
  for (int i = 4; i < argc; ++i) measure(std::strtoull(argv[i], nullptr, 10), pictures, scratch, argv[3]);
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "clear_upload_bench: %s\n", error.what());
  return 1;
}
