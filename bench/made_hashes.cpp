#include "bench/made_hashes.h"

#include <algorithm>
#include <cmath>

namespace reelprint::bench {
namespace {

constexpr std::size_t kBits = 256;
constexpr std::size_t kCardKeyframes = 4;     ///< 2 s of the licensor's, then as much of the series'
constexpr std::size_t kShortestShot = 2;      ///< keyframes
constexpr std::size_t kShotLengths = 13;      ///< 1 to 7 s
constexpr std::size_t kMostCopyingFlips = 5;  ///< what a card's next encoding changes: 0 to 4 bits
constexpr std::size_t kOnePlainIn = 40;
constexpr std::uint8_t kPlainQuality = 20;
constexpr std::uint8_t kQuality = 100;

/// Each the sum of four random bytes less its mean: near enough to a Gaussian.
using Gaussians = std::array<std::int32_t, kBits>;

std::uint64_t seed_of(std::uint64_t a, std::uint64_t b, std::uint64_t c) {
  return SplitMix(SplitMix(SplitMix(a).next() ^ b).next() ^ c).next();
}

Gaussians draw(SplitMix& random) {
  constexpr std::int32_t kMean = 510;
  constexpr std::uint64_t kEvenBytes = 0x00ff'00ff'00ff'00ffU;
  Gaussians values;
  for (std::size_t i = 0; i < kBits; i += 4) {
    const std::uint64_t first = random.next();
    const std::uint64_t second = random.next();
    // Four sums of four bytes at once, 16 bits each.
    const std::uint64_t sums =
        (first & kEvenBytes) + (first >> 8 & kEvenBytes) + (second & kEvenBytes) + (second >> 8 & kEvenBytes);
    for (std::size_t k = 0; k < 4; ++k)
      values[i + k] = static_cast<std::int32_t>(sums >> 16 * k & 0xffffU) - kMean;
  }
  return values;
}

/// Weights of two Gaussians whose sum has the deviation of each: `likeness` of the first.
struct Blend {
  static constexpr std::int32_t kOne = 256;

  explicit Blend(double likeness)
      : first(static_cast<std::int32_t>(std::lround(kOne * likeness))),
        second(static_cast<std::int32_t>(std::lround(kOne * std::sqrt(1 - likeness * likeness)))) {}

  void operator()(const Gaussians& a, const Gaussians& b, Gaussians& sum) const {
    for (std::size_t i = 0; i < kBits; ++i) sum[i] = (first * a[i] + second * b[i] + kOne / 2) / kOne;
  }

  std::int32_t first;
  std::int32_t second;
};

FrameHash hash_of(const Gaussians& values, SplitMix& random) {
  FrameHash hash;
  for (std::size_t word = 0; word < hash.words.size(); ++word) {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < 64; ++i) bits |= static_cast<std::uint64_t>(values[64 * word + i] > 0) << i;
    hash.words[word] = bits;
  }
  hash.quality = random.next() % kOnePlainIn == 0 ? kPlainQuality : kQuality;
  return hash;
}

/// Uniform in 0..1.
double drawn_share(SplitMix& random) {
  return std::ldexp(static_cast<double>(random.next() >> 11), -53);
}

/// The hashes of a shot: what stands still in it, and what walks.
void append_shot(std::vector<FrameHash>& hashes, std::size_t count, const Gaussians& scene,
                 SplitMix& random) {
  const Blend standing(std::sqrt(HashMaker::kMostStanding * drawn_share(random)));
  const Blend step(HashMaker::kSlowestPace * drawn_share(random));
  Gaussians walking = draw(random);
  Gaussians picture;
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) step(walking, draw(random), walking);
    standing(scene, walking, picture);
    hashes.push_back(hash_of(picture, random));
  }
}

void append_card(std::vector<FrameHash>& hashes, std::uint64_t seed, SplitMix& random) {
  SplitMix of_card(seed);
  const std::size_t first = hashes.size();
  append_shot(hashes, kCardKeyframes, draw(of_card), of_card);
  for (std::size_t i = first; i < hashes.size(); ++i) {
    for (std::uint64_t flips = random.next() % kMostCopyingFlips; flips > 0; --flips) {
      const std::uint64_t bit = random.next() % kBits;
      hashes[i].words[bit / 64] ^= std::uint64_t{1} << (bit % 64);
    }
  }
}

/// A quarter of the shots show something new, a quarter a set as the same camera sees it, half a set from
/// anywhere.
Gaussians drawn_scene(std::uint64_t seed, std::size_t series, SplitMix& random) {
  Gaussians scene = draw(random);
  const std::uint64_t kind = random.next() % 4;
  if (kind == 0) return scene;
  SplitMix of_set(seed_of(seed, series, 2 + random.next() % HashMaker::kSets));
  const Blend same_set(std::sqrt(kind == 1 ? HashMaker::kMostStanding : drawn_share(random)));
  same_set(draw(of_set), scene, scene);
  return scene;
}

}  // namespace

std::vector<Keyframe> HashMaker::episode(std::size_t series, std::size_t episode) const {
  constexpr std::uint64_t kLicensorsStream = ~std::uint64_t{0};
  constexpr std::uint64_t kFirstEpisodesStream = 1000;
  SplitMix random(seed_of(seed_, series, kFirstEpisodesStream + episode));
  const std::uint64_t licensor = seed_of(seed_, series, 0) % kLicensors;
  std::vector<FrameHash> hashes;
  hashes.reserve(kKeyframes + kShortestShot + kShotLengths);
  std::vector<std::size_t> cuts{0, kCardKeyframes};
  append_card(hashes, seed_of(seed_, kLicensorsStream, licensor), random);
  append_card(hashes, seed_of(seed_, series, 1), random);
  while (hashes.size() < kKeyframes) {
    cuts.push_back(hashes.size());
    const std::size_t length = kShortestShot + random.next() % kShotLengths;
    append_shot(hashes, length, drawn_scene(seed_, series, random), random);
  }
  std::vector<Keyframe> keyframes(kKeyframes);
  for (std::size_t i = 0; i < kKeyframes; ++i) {
    const auto at = static_cast<std::int64_t>(i) * kStep.count();
    keyframes[i] = {{Timestamp{at}, Timestamp{at + kStep.count()}}, hashes[i], false};
  }
  for (const std::size_t cut : cuts) keyframes[cut].starts_shot = true;
  return keyframes;
}

}  // namespace reelprint::bench
