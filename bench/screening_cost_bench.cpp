// What screening an upload costs, the whole process, against a full single-thread decode by ffmpeg.
//
//   screening_cost_bench [FILE...]
//
// Protocol: CPU time (user and system) of `reelprint screen --effort E FILE`, from fork to end, against a
// catalog of ten clips of a cartoon, of which the uploads show nothing; the runs of a file are taken in
// turn, five rounds, and medians are compared. Without files, the uploads of cost_samples.h. Then all files
// by one command, eight times each, with one thread and with two.
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "bench/cost_samples.h"

namespace {

namespace fs = std::filesystem;
using namespace reelprint;

constexpr int kRounds = 5;
constexpr std::array kEfforts = {"fast", "standard", "auto"};

/// A data folder with the catalog registered, removed at the end.
class Archive {
 public:
  Archive() {
    fs::create_directories(folder_);
    std::ofstream catalog(folder_ / "catalog.csv");
    catalog << "holder,series,episode,language,file\n";
    for (const auto& entry : fs::directory_iterator(bench::media_folder() / "pairs" / "bbb")) {
      if (entry.file_size() > kLeastBytes)
        catalog << "H," << entry.path().stem().string() << ",1,en," << fs::absolute(entry.path()).string()
                << "\n";
    }
    catalog.close();
    (void)bench::cpu_of_child_s(words({"register", (folder_ / "catalog.csv").string()}));
  }
  ~Archive() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;

  [[nodiscard]] std::vector<std::string> words(const std::vector<std::string>& command) const {
    std::vector<std::string> all = {REELPRINT_BINARY, "--data", (folder_ / "data").string()};
    all.insert(all.end(), command.begin(), command.end());
    return all;
  }

 private:
  static constexpr std::uintmax_t kLeastBytes = 1'000'000;
  fs::path folder_ = fs::temp_directory_path() / ("reelprint_bench_" + std::to_string(getpid()));
};

void measure(const Archive& archive, const fs::path& file) {
  std::vector<double> full_s;
  std::map<std::string, std::vector<double>> costs_s;
  for (int round = 0; round < kRounds; ++round) {
    full_s.push_back(bench::full_decode_s(file));
    for (const char* effort : kEfforts)
      costs_s[effort].push_back(
          bench::cpu_of_child_s(archive.words({"screen", "--json", "--effort", effort, file.string()})));
  }
  std::printf("| %s | %.2f |", file.stem().c_str(), bench::median(full_s));
  for (const char* effort : kEfforts) {
    const double cost_s = bench::median(costs_s[effort]);
    std::printf(" %.3f (%.3f) |", cost_s, cost_s / bench::median(full_s));
  }
  std::printf("\n");
  std::fflush(stdout);
}

/// Wall clock is what other work on the machine lengthens: the shortest of three rounds counts.
void measure_jobs(const Archive& archive, const std::vector<fs::path>& files) {
  constexpr int kTimesEach = 8;
  std::map<std::string, double> wall_s;
  std::map<std::string, std::vector<double>> cpu_s;
  for (int round = 0; round < 3; ++round) {
    for (const char* jobs : {"1", "2"}) {
      std::vector<std::string> command = {"screen", "--json", "--effort", "fast", "--jobs", jobs};
      for (int i = 0; i < kTimesEach; ++i) command.insert(command.end(), files.begin(), files.end());
      const auto began = std::chrono::steady_clock::now();
      cpu_s[jobs].push_back(bench::cpu_of_child_s(archive.words(command)));
      const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
      wall_s[jobs] = round == 0 ? took.count() : std::min(wall_s[jobs], took.count());
    }
  }
  std::printf("\n| threads, effort fast | wall clock, s | CPU, s |\n|---|---|---|\n");
  for (const auto& [jobs, took_s] : wall_s)
    std::printf("| %s | %.2f | %.2f |\n", jobs.c_str(), took_s, bench::median(cpu_s[jobs]));
}

}  // namespace

int main(int argc, char** argv) try {
  std::vector<fs::path> files(argv + 1, argv + argc);
  if (!fs::is_directory(bench::media_folder())) {
    std::printf("skipped: no media in '%s': name the folder in REELPRINT_TEST_MEDIA\n",
                bench::media_folder().c_str());
    return 0;
  }
  if (files.empty()) files = bench::one_minute_uploads();
  const Archive archive;
  std::printf("CPU seconds; in brackets as a multiple of `ffmpeg -threads 1 -f null`.\n\n");
  std::printf("| upload | full decode | fast | standard | auto |\n|---|---|---|---|---|\n");
  for (const fs::path& file : files) measure(archive, file);
  measure_jobs(archive, files);
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "screening_cost_bench: %s\n", error.what());
  return 1;
}
