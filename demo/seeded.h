// Numbers that look random and are the same on every machine; whatever the demo catalog varies uses them.
#pragma once

#include <cstdint>

namespace reelprint::demo {

/// One well-mixed number out of two (Steele, Lea, Flood: SplitMix64, OOPSLA 2014, figure 17).
[[nodiscard]] constexpr std::uint64_t blend(std::uint64_t seed, std::uint64_t salt) {
  std::uint64_t z = seed + 0x9e3779b97f4a7c15ULL * (salt + 1);
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31U);
}

/// In [0, 1).
[[nodiscard]] constexpr double share_of(std::uint64_t bits) {
  return static_cast<double>(bits >> 11U) * 0x1.0p-53;
}

/// A stream of numbers from one seed.
class Seeded {
 public:
  explicit constexpr Seeded(std::uint64_t seed) : seed_(seed) {}

  constexpr std::uint64_t next() { return blend(seed_, drawn_++); }

  /// In [low, high).
  constexpr double uniform(double low, double high) { return low + (high - low) * share_of(next()); }

  /// In [low, high], both included.
  constexpr int whole(int low, int high) {
    return low + static_cast<int>(share_of(next()) * static_cast<double>(high - low + 1));
  }

  constexpr bool chance(double share) { return share_of(next()) < share; }

  /// One of the elements of something with size() and [].
  template <typename List>
  constexpr const auto& one_of(const List& list) {
    return list[static_cast<std::size_t>(share_of(next()) * static_cast<double>(list.size()))];
  }

 private:
  std::uint64_t seed_;
  std::uint64_t drawn_ = 0;
};

}  // namespace reelprint::demo
