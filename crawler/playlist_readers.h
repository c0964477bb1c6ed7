// The two kinds of playlists. Internal to read_playlist.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crawler/playlist.h"

namespace reelprint::crawler {

inline constexpr std::size_t kMostPieces = 100'000;

/// RFC 8216; `text` begins with #EXTM3U.
[[nodiscard]] std::optional<Playlist> read_hls(std::string_view text, const std::string& url);
/// ISO/IEC 23009-1.
[[nodiscard]] std::optional<Playlist> read_dash(std::string_view text, const std::string& url);

/// As Playlist says; numbers the stretches anew.
void order_renditions(std::vector<Rendition>& renditions);

}  // namespace reelprint::crawler
