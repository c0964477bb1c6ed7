// When somebody speaks: the same for lips and sound.
#pragma once

#include <cmath>
#include <cstdint>

#include "demo/seeded.h"

namespace reelprint::demo {

inline constexpr double kSyllablesPerSecond = 4.6;

/// How loud a speaker is, 0..1: phrases of syllables with pauses between.
[[nodiscard]] inline double speech_level(std::uint64_t seed, double seconds) {
  const double phrase = seconds / 1.7 + share_of(blend(seed, 1));
  const auto phrase_number = static_cast<std::uint64_t>(phrase);
  const double spoken = 0.45 + 0.5 * share_of(blend(seed, 1000 + phrase_number));
  if (phrase - std::floor(phrase) > spoken) return 0;
  const double syllable = seconds * kSyllablesPerSecond;
  const auto number = static_cast<std::uint64_t>(syllable);
  const double rise = std::sin(3.14159265 * (syllable - std::floor(syllable)));
  return rise * (0.45 + 0.55 * share_of(blend(seed, 50000 + number)));
}

}  // namespace reelprint::demo
