// What a fingerprint costs at each effort, against a full single-thread decode of the same file by ffmpeg.
//
//   fingerprint_cost_bench [FILE...]
//
// Protocol: CPU time (user + system) of whole runs on one thread; the runs of a file are taken in turn, five
// rounds, and medians are compared. Without files, episodes of the development media are encoded by x264 at
// 720×1280 and 1080×1920.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "core/cpu_time.h"
#include "core/error.h"
#include "fingerprint/fingerprinter.h"

namespace {

namespace fs = std::filesystem;
using namespace reelprint;

constexpr int kRounds = 5;

/// CPU seconds of a child process, by argument vector; throws when it fails.
double run_child(const std::vector<std::string>& words) {
  const pid_t child = fork();
  if (child == 0) {
    std::vector<char*> arguments;
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    execvp(arguments.front(), arguments.data());
    _exit(127);
  }
  int status = 0;
  rusage usage{};
  if (child < 0 || wait4(child, &status, 0, &usage) != child || status != 0) {
    throw Error(ErrorCode::io, "run '" + words.front() + "': it failed");
  }
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double full_decode_s(const fs::path& file) {
  return run_child({"ffmpeg", "-v", "error", "-nostdin", "-threads", "1", "-i", file.string(), "-map",
                    "0:v:0", "-f", "null", "-"});
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

void measure(const fs::path& file) {
  constexpr std::array kEfforts = {Effort::fast, Effort::standard, Effort::deep};
  std::vector<double> decode;
  std::array<std::vector<double>, 3> whole;
  std::array<std::vector<double>, 3> after;
  Duration duration{0};
  for (int round = 0; round < kRounds; ++round) {
    decode.push_back(full_decode_s(file));
    for (std::size_t e = 0; e < kEfforts.size(); ++e) {
      const auto made = fingerprint::fingerprint_media(file, {kEfforts[e], kEfforts[e] != Effort::fast, {}});
      whole[e].push_back(made.cost.decode_s + made.cost.fingerprint_s);
      after[e].push_back(made.cost.fingerprint_s);
      duration = made.fingerprint.duration;
    }
  }
  std::printf("| %s | %.1f | %.3f |", file.filename().c_str(), to_seconds(duration), median(decode));
  for (std::size_t e = 0; e < kEfforts.size(); ++e) {
    std::printf(" %.3f (%.2f) |", median(whole[e]) / median(decode), median(after[e]) / median(whole[e]));
  }
  std::printf("\n");
  std::fflush(stdout);
}

fs::path media_folder() {
  const char* named = std::getenv("REELPRINT_TEST_MEDIA");
  return named != nullptr ? fs::path(named) : fs::path("../shared/media");
}

std::vector<fs::path> encode_samples(const fs::path& folder) {
  std::vector<fs::path> samples;
  for (const auto& [name, size] : {std::pair{"720p", "720:1280"}, {"1080p", "1080:1920"}}) {
    for (const char* episode : {"dev_series_ep01.mp4", "dev_series_ep04.mp4"}) {
      const fs::path sample = folder / (std::string(name) + "_" + episode);
      std::fprintf(stderr, "encoding %s\n", sample.filename().c_str());
      run_child({"ffmpeg", "-v", "error", "-nostdin", "-y", "-i",
                 (media_folder() / "series" / episode).string(), "-vf", std::string("scale=") + size, "-c:v",
                 "libx264", "-preset", "medium", "-crf", "23", "-c:a", "aac", sample.string()});
      samples.push_back(sample);
    }
  }
  return samples;
}

}  // namespace

int main(int argc, char** argv) try {
  std::vector<fs::path> files(argv + 1, argv + argc);
  const fs::path folder = fs::temp_directory_path() / ("reelprint_bench_" + std::to_string(getpid()));
  if (files.empty() && !fs::is_directory(media_folder())) {
    std::printf("skipped: no media in '%s'; name files, or the folder in REELPRINT_TEST_MEDIA\n",
                media_folder().c_str());
    return 0;
  }
  fs::create_directories(folder);
  if (files.empty()) files = encode_samples(folder);
  std::printf(
      "CPU time as a multiple of `ffmpeg -threads 1 -f null`; in brackets the share that is not "
      "decoding.\n\n");
  std::printf(
      "| file | media s | full decode, CPU s | fast | standard | deep |\n|---|---|---|---|---|---|\n");
  for (const fs::path& file : files) measure(file);
  fs::remove_all(folder);
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "fingerprint_cost_bench: %s\n", error.what());
  return 1;
}
