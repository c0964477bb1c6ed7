// Hostile MP4 boxes: the search ends, asks only for what is missing, and the map's stretches are in order.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "crawler/mp4_map.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reelprint;
  using namespace reelprint::crawler;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const FilePart part{0, bytes};
  for (const std::uint64_t file_bytes :
       {std::uint64_t{0}, std::uint64_t{size}, std::uint64_t{size} + 1'000'000}) {
    const MoovSearch search = find_moov({&part, 1}, file_bytes);
    if (search.state == MoovSearch::State::fetch && (search.next.bytes == 0 || search.next.first < size))
      std::abort();
  }
  const auto map = read_moov(bytes);
  if (map) {
    std::uint64_t end = 0;
    for (const ByteStretch& stretch : map->bytes_of({timestamp_of(1), timestamp_of(9)})) {
      if (stretch.first < end) std::abort();
      end = stretch.end();
    }
  }
  if (const auto mfra = find_mfra(bytes, size); mfra && mfra->end() != size) std::abort();
  Mp4Map track;
  track.timescale = 1000;
  track.track = 1;
  if (const auto pieces = read_mfra(bytes, {size, size}, track, ""))
    for (const MediaPiece& piece : *pieces)
      if (piece.bytes == 0 || piece.first_byte + piece.bytes > size) std::abort();
  (void)read_sidx(bytes, {.url = "https://a.example/v.mp4", .first_byte = 100});
  return 0;
}
