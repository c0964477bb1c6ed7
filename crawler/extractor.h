// An external program that knows how sites show their videos: yt-dlp, or whatever speaks as it does. Off
// unless somebody configures it.
//
// It asks the network by itself. So it is off, a source must allow it, and it has a network of its own in
// which there is nothing but our proxy (guarded_proxy.h): it reaches public addresses only, one request at a
// time, each written down. It runs without our environment and files, with limits (crawler/child_program.h);
// what it finds is fetched by us, as everything else is.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/sighting.h"
#include "crawler/guarded_fetch.h"
#include "crawler/guarded_proxy.h"

namespace reelprint::crawler {

struct ExtractorSettings {
  std::filesystem::path program{};                ///< absolute: "/usr/bin/yt-dlp"; "": there is none
  std::vector<std::filesystem::path> readable{};  ///< what it needs beyond the system's: its Python packages
  FetchSettings fetch{};  ///< what it may reach, and by way of which proxy; its user agent, too
  /// Why it may not ask an address that the guard allows; "" when it may. Of https only the host is known.
  std::function<std::string(const std::string& url)> refusal{};
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
  std::vector<ExtractedVideo> videos{};    ///< at most 200
  std::string problem{};                   ///< why there are none; "" when it went well
  std::vector<ProxiedRequest> requests{};  ///< that it made, or wanted to make
};

/// What the program says of a page. `folder`: an empty one for it to work in, the caller's to remove. Throws
/// Error{io} only when no process can be made.
[[nodiscard]] Extraction extract(const std::string& page_url, const std::filesystem::path& folder,
                                 const ExtractorSettings& settings, const std::stop_token& stop);

/// The JSON of `yt-dlp -J`: one video or a list of them. Pure; never throws for what the text is.
[[nodiscard]] Extraction read_extraction(std::string_view text);

}  // namespace reelprint::crawler
