// What a fingerprint costs at each effort, stage by stage, against a full single-thread decode by ffmpeg.
//
//   fingerprint_cost_bench [FILE...]
//
// Protocol: CPU time of one thread, as an upload is fingerprinted (details of a query); the runs of a file
// are taken in turn, three rounds, and medians are compared. Without files, the uploads of cost_samples.h.
#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "bench/cost_samples.h"
#include "core/cpu_time.h"
#include "fingerprint/audio_print.h"
#include "fingerprint/fingerprinter.h"
#include "fingerprint/keyframe_selector.h"
#include "fingerprint/sha256.h"

namespace {

namespace fs = std::filesystem;
using namespace reelprint;

constexpr int kRounds = 3;
constexpr std::array kEfforts = {Effort::fast, Effort::standard, Effort::deep};
constexpr std::array kStages = {"read and decode", "hashes, shots", "features", "layout, parts",
                                "sound",           "digest",        "all"};

/// CPU seconds by stage.
using Costs = std::map<std::string, double>;

fingerprint::DetailSettings detail_of(Effort effort) {
  if (effort == Effort::fast) return fingerprint::kNoDetail;
  return effort == Effort::standard ? fingerprint::kQueryDetail : fingerprint::kDeepDetail;
}

/// The picture alone; the details once without parts and once with them.
void time_picture(const fs::path& file, Effort effort, Costs& costs) {
  auto whole_only = detail_of(effort);
  whole_only.parts = 0;
  fingerprint::KeyframeSelector selector(fingerprint::selection_of(effort));
  fingerprint::DetailCollector with_parts(detail_of(effort));
  fingerprint::DetailCollector without_parts(whole_only);
  double whole_s = 0;
  double parts_s = 0;
  fingerprint::DecodeSink sink;
  sink.on_picture = [&](const fingerprint::Picture& picture) {
    {
      const CpuTimer timer(costs["hashes, shots"]);
      if (!selector.add(fingerprint::shrink(picture.luma), picture.shown_at)) return;
    }
    {
      const CpuTimer timer(costs["features"]);
      without_parts.add(selector.newest(), selector.count() - 1, picture.luma);
    }
    const CpuTimer timer(parts_s);
    with_parts.add(selector.newest(), selector.count() - 1, picture.luma);
  };
  {
    const CpuTimer timer(whole_s);
    (void)fingerprint::decode_media(file, fingerprint::plan_of(effort, false), {}, sink);
  }
  costs["read and decode"] = whole_s - parts_s - costs["hashes, shots"] - costs["features"];
  {
    const CpuTimer timer(parts_s);
    (void)with_parts.finish(selector.count());
  }
  costs["layout, parts"] = std::max(0.0, parts_s - costs["features"]);
}

/// With sound but for `fast`, less what the picture was found to cost.
void time_sound(const fs::path& file, Effort effort, Costs& costs) {
  if (effort == Effort::fast) return;
  double with_s = 0;
  double without_s = 0;
  for (const bool with_sound : {false, true}) {
    const CpuTimer timer(with_sound ? with_s : without_s);
    fingerprint::AudioPrinter printer;
    fingerprint::DecodeSink sink;
    sink.on_sound = [&](std::span<const std::int16_t> samples, Timestamp at) { printer.feed(samples, at); };
    (void)fingerprint::decode_media(file, fingerprint::plan_of(Effort::fast, with_sound), {}, sink);
    (void)printer.finish();
  }
  costs["sound"] = std::max(0.0, with_s - without_s);
}

Costs time_stages(const fs::path& file, Effort effort) {
  Costs costs;
  for (const char* stage : kStages) costs[stage] = 0;
  time_picture(file, effort, costs);
  time_sound(file, effort, costs);
  {
    const CpuTimer timer(costs["digest"]);
    (void)fingerprint::sha256_of_file(file);
  }
  const auto made =
      fingerprint::fingerprint_media(file, {effort, effort != Effort::fast, detail_of(effort), {}});
  costs["all"] = made.cost.decode_s + made.cost.fingerprint_s;
  return costs;
}

void measure(const fs::path& file) {
  std::vector<double> full_s;
  std::map<std::pair<Effort, std::string>, std::vector<double>> stage_s;
  for (int round = 0; round < kRounds; ++round) {
    full_s.push_back(bench::full_decode_s(file));
    for (const Effort effort : kEfforts) {
      for (const auto& [stage, cost_s] : time_stages(file, effort))
        stage_s[{effort, stage}].push_back(cost_s);
    }
  }
  for (const Effort effort : kEfforts) {
    std::printf("| %s | %.2f | %s |", file.stem().c_str(), bench::median(full_s),
                std::string(to_string(effort)).c_str());
    for (const char* stage : kStages)
      std::printf(" %.3f |", bench::median(stage_s[{effort, stage}]) / bench::median(full_s));
    std::printf("\n");
  }
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) try {
  std::vector<fs::path> files(argv + 1, argv + argc);
  if (files.empty() && !fs::is_directory(bench::media_folder())) {
    std::printf("skipped: no media in '%s'; name files, or the folder in REELPRINT_TEST_MEDIA\n",
                bench::media_folder().c_str());
    return 0;
  }
  if (files.empty()) files = bench::one_minute_uploads();
  std::printf(
      "CPU time as a multiple of `ffmpeg -threads 1 -f null`.\n\n| upload | full decode, s | effort |");
  for (const char* stage : kStages) std::printf(" %s |", stage);
  std::printf("\n|---|---|---|---|---|---|---|---|---|---|\n");
  for (const fs::path& file : files) measure(file);
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "fingerprint_cost_bench: %s\n", error.what());
  return 1;
}
