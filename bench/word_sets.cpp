#include "bench/word_sets.h"

#include <algorithm>
#include <array>
#include <memory>
#include <numeric>

#include "core/split_mix.h"
#include "index/frame_codebook.h"

namespace reelprint::bench {
namespace {

using index::Code;

constexpr std::uint64_t kSeed = 1;
constexpr std::uint64_t kEvenRows = 0x0000'00ff'0000'00ffU;  ///< the 8 lowest frequencies of two rows of four
constexpr std::uint64_t kOddRows = 0x00ff'0000'00ff'0000U;

/// Only the first two words of a hash hold the eight lowest rows.
constexpr Code kLow{kEvenRows | kOddRows, kEvenRows | kOddRows, 0, 0};
constexpr Code kAll{~0ULL, ~0ULL, ~0ULL, ~0ULL};

Code masked(Code code, const Code& mask) {
  for (std::size_t i = 0; i < code.size(); ++i) code[i] &= mask[i];
  return code;
}

[[gnu::target_clones("arch=x86-64-v4", "popcnt", "default")]] void measure(const Code& query,
                                                                           const Code* words,
                                                                           std::size_t count,
                                                                           std::uint16_t* distances) {
  for (std::size_t i = 0; i < count; ++i) {
    int sum = 0;
    for (std::size_t w = 0; w < 4; ++w) sum += __builtin_popcountll(query[w] ^ words[i][w]);
    distances[i] = static_cast<std::uint16_t>(sum);
  }
}

std::vector<std::uint16_t> distances_of(const Code& query, const std::vector<Code>& words) {
  std::vector<std::uint16_t> distances(words.size());
  measure(query, words.data(), words.size(), distances.data());
  return distances;
}

std::vector<std::uint32_t> places_of(const std::vector<std::uint16_t>& distances) {
  std::array<std::uint32_t, index::kCodeBits + 2> next{};
  for (const std::uint16_t distance : distances) ++next[distance + 1U];
  std::partial_sum(next.begin(), next.end(), next.begin());
  std::vector<std::uint32_t> places;
  for (const std::uint16_t distance : distances) places.push_back(next[distance]++);
  return places;
}

WordSet compared_one_by_one(std::string name, std::vector<Code> codes, const Code& mask) {
  const auto words = std::make_shared<const std::vector<Code>>(std::move(codes));
  return {std::move(name), words->size(),
          [words, mask](const Code& hash) {
            const auto distances = distances_of(masked(hash, mask), *words);
            return static_cast<std::uint32_t>(std::ranges::min_element(distances) - distances.begin());
          },
          [words, mask](const Code& hash) { return places_of(distances_of(masked(hash, mask), *words)); }};
}

std::vector<Code> coins(std::size_t count, const Code& mask, SplitMix& random) {
  std::vector<Code> codes(count);
  for (Code& code : codes) {
    std::ranges::generate(code, [&] { return random.next(); });
    code = masked(code, mask);
  }
  return codes;
}

}  // namespace

WordSet random_words(std::size_t words, WordBits bits) {
  SplitMix random(kSeed);
  const Code& mask = bits == WordBits::all ? kAll : kLow;
  return compared_one_by_one(std::to_string(words) + (bits == WordBits::all ? ", all bits" : ", 8×8 bits"),
                             coins(words, mask, random), mask);
}

WordSet word_pairs(std::size_t half_words) {
  SplitMix random(kSeed);
  const auto even = coins(half_words, {kEvenRows, kEvenRows, 0, 0}, random);
  const auto odd = coins(half_words, {kOddRows, kOddRows, 0, 0}, random);
  std::vector<Code> pairs;
  for (const Code& a : even) {
    for (const Code& b : odd) pairs.push_back({a[0] | b[0], a[1] | b[1], 0, 0});
  }
  const std::string half = std::to_string(half_words);
  return compared_one_by_one(half + " × " + half + ", 8×8 bits", std::move(pairs), kLow);
}

WordSet words_of(std::vector<Code> hashes) {
  std::string name = std::to_string(hashes.size()) + " real hashes, all bits";
  return compared_one_by_one(std::move(name), std::move(hashes), kAll);
}

WordSet frame_codebook_words() {
  const auto codebook = std::make_shared<const index::FrameCodebook>();
  return {"FrameCodebook: 512 × 512, 8×8 bits", index::FrameCodebook::kWords,
          [codebook](const Code& hash) { return codebook->nearest(hash); },
          [codebook](const Code& hash) {
            std::vector<std::uint32_t> places(index::FrameCodebook::kWords);
            std::uint32_t place = 0;
            for (const std::uint32_t word : codebook->nearest(hash, index::FrameCodebook::kWords))
              places[word] = place++;
            return places;
          }};
}

}  // namespace reelprint::bench
