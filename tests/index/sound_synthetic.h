// Prints of sound that never was: what the tests of the sound index search with and for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <vector>

#include "core/fingerprint.h"
#include "index/segments.h"
#include "index/sound_part.h"

namespace reelprint::index::test {

/// Each item differs from the one before it in a few bits, as in real sound. Two seeds have nothing in
/// common.
[[nodiscard]] AudioPrint made_up_sound(std::uint64_t seed, std::size_t items);
/// Each of many items flipped in one bit, now and then in two.
[[nodiscard]] AudioPrint slightly_off(AudioPrint print);
[[nodiscard]] AudioPrint joined_sound(std::initializer_list<AudioPrint> prints);

/// What merging makes of some segments, in memory.
[[nodiscard]] SoundPart merged_sound(const std::vector<Segment<SoundPart>>& segments);
/// All segments of an index.
[[nodiscard]] inline std::vector<Segment<SoundPart>> all_of(const Segments<SoundPart>& segments) {
  return {segments.all().begin(), segments.all().end()};
}

}  // namespace reelprint::index::test
