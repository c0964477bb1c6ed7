// HLS (RFC 8216) and DASH (ISO/IEC 23009-1) playlists: which bytes are which seconds. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.h"

namespace reelprint::crawler {

/// A stretch of a file.
struct MediaPiece {
  std::string url{};  ///< absolute, normalised
  std::uint64_t first_byte = 0;
  std::uint64_t bytes = 0;  ///< 0: to the end
  Interval time{};          ///< that it shows

  friend bool operator==(const MediaPiece&, const MediaPiece&) = default;
};

/// One rendition of the pictures.
struct Rendition {
  std::string
      playlist_url{};  ///< HLS: of its media playlist, still to be fetched; "" when `pieces` are there
  std::uint64_t bandwidth = 0;                 ///< bits a second, 0: not said
  int height = 0;                              ///< 0: not said
  std::optional<MediaPiece> initialization{};  ///< EXT-X-MAP, or DASH's: comes before every piece
  std::vector<MediaPiece> pieces{};
  std::string container{};  ///< "ts" or "mp4"; "" not known
  /// Of a DASH file that is one piece: the bytes of its index, which read_sidx (crawler/mp4_map.h) turns
  /// into pieces. The one piece given until then is the whole file.
  std::optional<MediaPiece> index{};
  /// Stretches of one video that are not decoded together: DASH's periods, HLS after another EXT-X-MAP. The
  /// longest stretch is 0.
  int stretch = 0;
};

struct Playlist {
  std::string kind{};  ///< "hls_master", "hls_media", "dash"
  std::vector<Rendition>
      renditions{};  ///< with pictures; audio-only ones are left out. The longest stretch first; in it the
                     ///< lowest bandwidth first, but those under 240 lines, which decide less, last
  bool is_live = false;
  bool is_protected = false;  ///< encrypted in any way: it is left alone
  Duration duration{0};       ///< 0: not known
};

/// Nothing when it is neither, or cannot be read. `url` as for Document. Bounded: at most 100,000 pieces.
[[nodiscard]] std::optional<Playlist> read_playlist(std::string_view text, const std::string& url);

}  // namespace reelprint::crawler
