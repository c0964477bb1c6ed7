// Small videos made by the `ffmpeg` command, once per build folder.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace reelprint::e2e {

/// What `ffmpeg <arguments> <name>` writes. Throws std::runtime_error with what ffmpeg complains about.
[[nodiscard]] std::filesystem::path clip(const std::string& name, const std::vector<std::string>& arguments);

/// Ten seconds, 160×284, of cloudy pictures that change every second and are another seed's never, with a
/// wandering tone.
[[nodiscard]] std::filesystem::path episode_clip(int seed);

/// The same, encoded again, smaller.
[[nodiscard]] std::filesystem::path copy_of_episode_clip(int seed);

/// Eight seconds, 360×640, silent, of squares of random grey that change every second: corners everywhere.
[[nodiscard]] std::filesystem::path busy_clip(int seed);

/// Six seconds of a fractal, which is in no episode clip.
[[nodiscard]] std::filesystem::path stranger_clip();

/// One and a half seconds, 64×64.
[[nodiscard]] std::filesystem::path tiny_clip();

/// Copies of an mp4 file as <folder>/1.mp4, 2.mp4 …: the same pictures, each file's bytes its own.
std::vector<std::filesystem::path> write_variants(const std::filesystem::path& mp4,
                                                  const std::filesystem::path& folder, int count);

}  // namespace reelprint::e2e
