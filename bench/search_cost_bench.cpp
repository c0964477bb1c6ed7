// What a search costs as the catalog grows: random fingerprints beside planted ones.
//
//   search_cost_bench [EPISODES...]
//
// Protocol: catalogs of made-up 90 s episodes (a random walk of hashes, two keyframes a second, which is more
// than real ones keep after merging); one 60 s query that is clear and one that is a copy with 20 of 256 bits
// flipped; CPU time of one thread, medians of five searches.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <vector>

#include "core/cpu_time.h"
#include "index/matcher.h"

namespace {

using namespace reelprint;

constexpr int kRounds = 5;
constexpr std::size_t kEpisodesPerSeries = 80;

void flip(FrameHash& hash, int bits, std::mt19937_64& random) {
  for (int i = 0; i < bits; ++i) {
    const auto bit = random() % 256;
    hash.words[bit / 64] ^= std::uint64_t{1} << (bit % 64);
  }
}

/// A shot every 3 s, 16 bits of change from sample to sample within it.
std::vector<Keyframe> made_up_keyframes(double seconds, std::mt19937_64& random) {
  std::vector<Keyframe> keyframes;
  FrameHash hash;
  hash.quality = 100;
  for (double t = 0; t < seconds; t += 0.5) {
    const bool starts_shot = keyframes.size() % 6 == 0;
    if (starts_shot)
      std::ranges::generate(hash.words, std::ref(random));
    else
      flip(hash, 16, random);
    keyframes.push_back({{timestamp_of(t), timestamp_of(t + 0.5)}, hash, starts_shot});
  }
  return keyframes;
}

double median_search_s(const Fingerprint& query, const index::FrameIndex& index, std::size_t expected) {
  std::vector<double> costs;
  for (int round = 0; round < kRounds; ++round) {
    double cost_s = 0;
    {
      const CpuTimer timer(cost_s);
      if (index::find_matches(query, {index}, {}).size() != expected) {
        std::fprintf(stderr, "search_cost_bench: a search did not find what was planted\n");
        std::exit(1);
      }
    }
    costs.push_back(cost_s);
  }
  std::ranges::sort(costs);
  return costs[costs.size() / 2];
}

void measure(std::size_t episodes) {
  std::mt19937_64 random(episodes);
  index::FrameIndex index;
  Fingerprint copy;
  for (std::size_t i = 0; i < episodes; ++i) {
    const auto id = static_cast<std::int64_t>(i + 1);
    const auto series = static_cast<std::int64_t>(i / kEpisodesPerSeries + 1);
    auto keyframes = made_up_keyframes(90, random);
    if (i == episodes / 2) copy.keyframes.assign(keyframes.begin(), keyframes.begin() + 120);
    index.add({{id}, {id}, {series}, std::chrono::seconds(90), std::move(keyframes), {}});
  }
  for (Keyframe& keyframe : copy.keyframes) flip(keyframe.hash, 20, random);
  Fingerprint clear;
  clear.keyframes = made_up_keyframes(60, random);
  clear.duration = copy.duration = std::chrono::seconds(60);
  std::printf("| %zu | %zu | %.3f | %.3f |\n", episodes, index.searchable(), median_search_s(clear, index, 0),
              median_search_s(copy, index, 1));
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::size_t> sizes;
  for (int i = 1; i < argc; ++i) sizes.push_back(std::strtoull(argv[i], nullptr, 10));
  if (sizes.empty()) sizes = {100, 1000, 10000};
  std::printf("| episodes | keyframes | clear 60 s upload, CPU s | copy, CPU s |\n|---|---|---|---|\n");
  for (const std::size_t episodes : sizes) measure(episodes);
  return 0;
}
