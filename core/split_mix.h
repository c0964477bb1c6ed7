// Random numbers that are the same on every machine, for what must never change once it is made.
#pragma once

#include <cstdint>

namespace reelprint {

/// Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014, figure 17. Seeds may
/// be consecutive.
class SplitMix {
 public:
  explicit constexpr SplitMix(std::uint64_t seed) : state_(seed) {}

  [[nodiscard]] constexpr std::uint64_t next() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15U;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9U;
    z = (z ^ z >> 27) * 0x94d049bb133111ebU;
    return z ^ z >> 31;
  }

 private:
  std::uint64_t state_;
};

}  // namespace reelprint
