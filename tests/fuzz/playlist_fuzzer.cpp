// Hostile HLS and DASH playlists: pieces are few enough, and their times run forwards.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "crawler/playlist.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reelprint::crawler;
  const auto playlist =
      read_playlist({reinterpret_cast<const char*>(data), size}, "https://cdn.example/a/list");
  if (!playlist) return 0;
  std::size_t pieces = 0;
  for (const Rendition& rendition : playlist->renditions) {
    pieces += rendition.pieces.size();
    for (const MediaPiece& piece : rendition.pieces)
      if (piece.time.end < piece.time.begin) std::abort();
  }
  if (pieces > 100'000) std::abort();
  return 0;
}
