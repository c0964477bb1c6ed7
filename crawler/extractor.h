// An external program that knows how sites show their videos: yt-dlp, or whatever speaks as it does. Off
// unless somebody configures it.
//
// It asks the network by itself, so that neither our address guard nor robots.txt nor our pace hold for what
// it does: that is why it is off, and why a source must allow it. It runs apart, without our environment and
// files, with limits (crawler/child_program.h); what it finds is fetched by us, by way of the guard.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/sighting.h"

namespace reelprint::crawler {

struct ExtractorSettings {
  std::filesystem::path program{};                ///< absolute: "/usr/bin/yt-dlp"; "": there is none
  std::vector<std::filesystem::path> readable{};  ///< what it needs beyond the system's: its Python packages
  std::string user_agent{};
  std::string proxy{};  ///< a URL; "": none
  std::chrono::milliseconds time_limit{std::chrono::minutes{1}};
  std::size_t most_output_bytes = std::size_t{8} << 20;
  std::uint64_t most_memory_bytes = std::uint64_t{2} << 30;
};

/// One way to a video's media.
struct ExtractedMedia {
  std::string url{};        ///< http or https, as the program said it: not normalised, not checked
  std::string protocol{};   ///< "https", "m3u8_native", "http_dash_segments" …
  std::string extension{};  ///< "mp4"
  std::optional<int> height{};
  std::optional<std::uint64_t> bytes{};
  bool has_picture = true;

  friend bool operator==(const ExtractedMedia&, const ExtractedMedia&) = default;
};

struct ExtractedVideo {
  VideoMetadata metadata{};
  std::string page_url{};
  std::vector<ExtractedMedia> media{};  ///< those without DRM; the smallest pictures first

  friend bool operator==(const ExtractedVideo&, const ExtractedVideo&) = default;
};

struct Extraction {
  std::vector<ExtractedVideo> videos{};  ///< at most 200
  std::string problem{};                 ///< why there are none; "" when it went well
};

/// What the program says of a page. `folder`: an empty one for it to work in, the caller's to remove. Throws
/// Error{io} only when no process can be made.
[[nodiscard]] Extraction extract(const std::string& page_url, const std::filesystem::path& folder,
                                 const ExtractorSettings& settings, const std::stop_token& stop);

/// The JSON of `yt-dlp -J`: one video or a list of them. Pure; never throws for what the text is.
[[nodiscard]] Extraction read_extraction(std::string_view text);

}  // namespace reelprint::crawler
