// What the search by sound costs as the catalog grows: made-up prints beside planted ones.
//
//   sound_search_bench [REFERENCES...]
//
// Protocol: catalogs of made-up 90 s prints (7.8 items a second, each 5 bits from the one before, as in real
// sound); one 60 s query that is clear, one that is a copy with a tenth of its bits flipped and one that is a
// copy of a tune that all references of a series share; CPU time of one thread, medians of five searches.
// Each catalog is searched as its references came, in segments in memory, and merged into one mapped file, as
// it is once it was saved.
#include <stdlib.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "core/cpu_time.h"
#include "index/sound_index.h"

namespace {

using namespace reelprint;

constexpr int kRounds = 5;
constexpr std::size_t kReferencesPerSeries = 80;
constexpr Duration kStep{123810};
constexpr std::size_t kItems = 727;  // 90 s
constexpr std::size_t kQueryItems = 485;
constexpr std::size_t kTuneItems = 80;

AudioPrint made_up_sound(std::size_t items, std::mt19937_64& random) {
  AudioPrint print;
  print.step = kStep;
  auto item = static_cast<std::uint32_t>(random());
  while (print.items.size() < items) {
    for (int i = 0; i < 5; ++i) item ^= 1U << (random() % 32);
    print.items.push_back(item);
  }
  return print;
}

void flip_a_tenth(AudioPrint& print, std::mt19937_64& random) {
  for (std::uint32_t& item : print.items) {
    for (int bit = 0; bit < 32; ++bit)
      if (random() % 10 == 0) item ^= 1U << bit;
  }
}

double median_search_ms(const AudioPrint& query, const index::SoundIndex& index, std::size_t expected) {
  std::vector<double> costs;
  for (int round = 0; round < kRounds; ++round) {
    double cost_s = 0;
    {
      const CpuTimer timer(cost_s);
      if (index.search(query).size() != expected) {
        std::fprintf(stderr, "sound_search_bench: a search did not find what was planted\n");
        std::exit(1);
      }
    }
    costs.push_back(cost_s * 1e3);
  }
  std::ranges::sort(costs);
  return costs[costs.size() / 2];
}

struct Queries {
  AudioPrint clear;
  AudioPrint copy;
  AudioPrint tune;
};

struct Made {
  const char* how = "";
  double making_s = 0;
  double opening_s = 0;
};

void print_row(const Made& made, const index::SoundIndex& index, const Queries& queries) {
  const std::size_t references = index.size();
  std::size_t bytes = 0;
  for (const auto& segment : index.segments().all()) bytes += segment.part->image().size();
  std::printf("| %zu, %s | %zu | %.1f | %.1f | %.2f | %.1f | %.1f | %.1f | %.1f |\n", references, made.how,
              index.segments().all().size(), static_cast<double>(bytes) / 1e6,
              static_cast<double>(bytes) / static_cast<double>(references * kItems),
              made.making_s * 1e3 / static_cast<double>(references), made.opening_s * 1e3,
              median_search_ms(queries.clear, index, 0), median_search_ms(queries.copy, index, 1),
              median_search_ms(queries.tune, index, std::min(references, kReferencesPerSeries)));
  std::fflush(stdout);
}

/// Merges all into one file and opens that.
Made merge_into(const std::filesystem::path& file, index::SoundIndex& index) {
  Made made{"one file"};
  const index::SegmentKind kind = index.segments().kind();
  {
    const CpuTimer timer(made.making_s);
    index::SegmentWriter out(kind, file);
    index::SoundPart::write_merged(index.segments().all(), out);
    (void)out.finish();
  }
  index = index::SoundIndex();
  const CpuTimer timer(made.opening_s);
  index::Segments<index::SoundPart> one;
  one.add(index::SoundPart(index::SegmentImage::open(file, kind)), 1);
  index.adopt(std::move(one));
  return made;
}

void measure(std::size_t references, const std::filesystem::path& file) {
  std::mt19937_64 random(references);
  index::SoundIndex index;
  AudioPrint copy;
  AudioPrint tune;
  AudioPrint series_tune;
  double adding_s = 0;
  for (std::size_t i = 0; i < references; ++i) {
    if (i % kReferencesPerSeries == 0) series_tune = made_up_sound(kTuneItems, random);
    AudioPrint print = made_up_sound(kItems, random);
    std::ranges::copy(series_tune.items, print.items.begin());
    if (i == references / 2) {
      copy = print;
      copy.items.assign(print.items.begin() + kTuneItems, print.items.begin() + kTuneItems + kQueryItems);
    }
    if (i < kReferencesPerSeries) tune = series_tune;
    const CpuTimer timer(adding_s);
    const auto id = static_cast<std::int64_t>(i + 1);
    index.add({id}, {static_cast<std::int64_t>(i / kReferencesPerSeries + 1)}, print);
  }
  flip_a_tenth(copy, random);
  flip_a_tenth(tune, random);
  const Queries queries{made_up_sound(kQueryItems, random), copy, tune};
  print_row({"as they came", adding_s}, index, queries);
  const Made made = merge_into(file, index);
  print_row(made, index, queries);
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::size_t> sizes;
  for (int i = 1; i < argc; ++i) sizes.push_back(std::strtoull(argv[i], nullptr, 10));
  if (sizes.empty()) sizes = {100, 1000, 10000};
  std::printf(
      "| references | segments | MB | bytes an item | adding or merging, CPU ms each | opening, CPU ms | "
      "clear 60 s, CPU ms | "
      "copy 60 s, CPU ms | "
      "tune of "
      "80 references 10 s, CPU ms |\n|---|---|---|---|---|---|---|---|---|\n");
  std::string folder = (std::filesystem::temp_directory_path() / "sound_search_bench-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) return 1;
  for (const std::size_t references : sizes) measure(references, std::filesystem::path(folder) / "sounds");
  std::filesystem::remove_all(folder);
  return 0;
}
