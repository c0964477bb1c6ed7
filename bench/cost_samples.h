// What the cost benchmarks share: one-minute uploads, CPU time of child processes, medians.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace reelprint::bench {

/// CPU seconds (user and system) of a child process, by argument vector; its stdout is thrown away. Throws
/// Error{io} when it fails.
[[nodiscard]] double cpu_of_child_s(const std::vector<std::string>& words);

/// Those of `ffmpeg -threads 1` decoding every picture of a file.
[[nodiscard]] double full_decode_s(const std::filesystem::path& file);

[[nodiscard]] double median(std::vector<double> values);

/// The development media: $REELPRINT_TEST_MEDIA, or ../shared/media.
[[nodiscard]] std::filesystem::path media_folder();

/// Uploads of a minute, at 720×1280 and at 1080×1920: one of talking persons, hardly any cut; one of a dog,
/// hands, juggling and a meeting room, much detail. Of development clips, upright or turned by a quarter,
/// x264 preset medium, crf 23, with sound. Encoded once (minutes); they stay in a folder below the system's
/// temporary one.
[[nodiscard]] std::vector<std::filesystem::path> one_minute_uploads();

}  // namespace reelprint::bench
