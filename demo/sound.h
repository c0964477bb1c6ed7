// The sound of the demo catalog: a tune, a room and a voice per scene, one chime for the licence card.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "demo/story.h"

namespace reelprint::demo {

inline constexpr int kSampleRateHz = 44100;

/// Mono, 16 bit; exactly as long as the scenes. About 0.3 s of work for an episode.
[[nodiscard]] std::vector<std::int16_t> render_sound(std::span<const ScenePlan> scenes);

/// A WAV file; throws std::runtime_error when it cannot be written.
void write_wav(const std::string& path, std::span<const std::int16_t> samples);

}  // namespace reelprint::demo
