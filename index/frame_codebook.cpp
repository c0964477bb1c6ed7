#include "index/frame_codebook.h"

#include <algorithm>
#include <numeric>
#include <span>

#include "core/split_mix.h"

namespace reelprint::index {
namespace {

constexpr std::uint64_t kSeed = 1;
constexpr std::uint32_t kMirror = 0x5555'5555;  ///< core/frame_hash.h
constexpr int kHalfBits = 32;

/// The eight lowest frequencies of rows `first`, `first` + 2, `first` + 4 and `first` + 6, a row a byte.
std::uint32_t half_of(const Code& hash, int first) {
  std::uint32_t half = 0;
  for (int i = 0; i < 4; ++i) {
    const std::uint64_t row = hash[static_cast<std::size_t>(i / 2)] >> (32 * (i % 2) + 16 * first);
    half |= static_cast<std::uint32_t>(row & 0xffU) << 8 * i;
  }
  return half;
}

/// Counted in parallel within each word (Warren, Hacker's Delight, section 5-1): compilers make vector
/// instructions of it that every processor has.
std::uint32_t distance(std::uint32_t a, std::uint32_t b) {
  std::uint32_t bits = a ^ b;
  bits -= bits >> 1 & 0x5555'5555U;
  bits = (bits & 0x3333'3333U) + (bits >> 2 & 0x3333'3333U);
  bits = (bits + (bits >> 4)) & 0x0f0f'0f0fU;
  bits += bits >> 8;
  return (bits + (bits >> 16)) & 0x3fU;
}

using HalfWords = std::array<std::uint32_t, FrameCodebook::kHalfWords>;

HalfWords distances_to(const HalfWords& words, std::uint32_t half) {
  HalfWords distances;
  for (std::size_t i = 0; i < words.size(); ++i) distances[i] = distance(words[i], half);
  return distances;
}

std::uint32_t nearest_half(const HalfWords& words, std::uint32_t half) {
  constexpr auto kCount = static_cast<std::uint32_t>(FrameCodebook::kHalfWords);
  std::uint32_t least = ~std::uint32_t{0};  // distance, then number
  for (std::uint32_t i = 0; i < kCount; ++i) least = std::min(least, distance(words[i], half) * kCount + i);
  return least % kCount;
}

/// Words by distance, of equally near ones the lower numbers first.
class RankedHalf {
 public:
  RankedHalf(const HalfWords& words, std::uint32_t half) {
    const HalfWords distances = distances_to(words, half);
    for (const std::uint32_t distance : distances) ++ends_[distance + 1];
    std::partial_sum(ends_.begin(), ends_.end(), ends_.begin());
    auto next = ends_;
    for (std::uint32_t i = 0; i < words.size(); ++i) numbers_[next[distances[i]]++] = i;
  }
  [[nodiscard]] std::span<const std::uint32_t> at(int distance) const {
    const auto d = static_cast<std::size_t>(distance);
    return std::span(numbers_).subspan(ends_[d], ends_[d + 1] - ends_[d]);
  }

 private:
  std::array<std::uint32_t, kHalfBits + 2> ends_{};  ///< at(d) is from ends_[d] to ends_[d + 1]
  HalfWords numbers_;
};

}  // namespace

FrameCodebook::FrameCodebook() {
  SplitMix random(kSeed);
  for (Half* half : {&even_rows_, &odd_rows_}) {
    for (std::size_t i = 0; i < kHalfWords; i += 2) {
      (*half)[i] = static_cast<std::uint32_t>(random.next());
      (*half)[i + 1] = (*half)[i] ^ kMirror;
    }
  }
}

std::uint32_t FrameCodebook::nearest(const Code& hash) const {
  return nearest_half(even_rows_, half_of(hash, 0)) * static_cast<std::uint32_t>(kHalfWords) +
         nearest_half(odd_rows_, half_of(hash, 1));
}

std::vector<std::uint32_t> FrameCodebook::nearest(const Code& hash, std::size_t count) const {
  const RankedHalf even(even_rows_, half_of(hash, 0));
  const RankedHalf odd(odd_rows_, half_of(hash, 1));
  std::vector<std::uint32_t> words;
  words.reserve(std::min(count, kWords));
  for (int sum = 0; sum <= 2 * kHalfBits; ++sum) {
    for (int d = std::max(0, sum - kHalfBits); d <= std::min(sum, kHalfBits); ++d) {
      for (const std::uint32_t a : even.at(d)) {
        for (const std::uint32_t b : odd.at(sum - d)) {
          if (words.size() == count) return words;
          words.push_back(a * static_cast<std::uint32_t>(kHalfWords) + b);
        }
      }
    }
  }
  return words;
}

}  // namespace reelprint::index
