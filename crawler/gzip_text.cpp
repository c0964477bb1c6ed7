#include "crawler/gzip_text.h"

#include <zlib.h>

#include <algorithm>
#include <memory>

namespace reelprint::crawler {

GzipReading gunzip(std::string_view bytes, std::size_t most_bytes) {
  constexpr std::size_t kPiece = std::size_t{1} << 20;
  constexpr int kGzipOnly = 16 + MAX_WBITS;
  GzipReading reading;
  z_stream stream{};
  if (inflateInit2(&stream, kGzipOnly) != Z_OK) return {{}, "no memory to unpack gzip"};
  const std::unique_ptr<z_stream, decltype(&inflateEnd)> end(&stream, inflateEnd);
  std::string piece(64 * 1024, '\0');
  int state = Z_OK;
  while (state == Z_OK || state == Z_STREAM_END) {
    if (stream.avail_in == 0) {
      const std::string_view next = bytes.substr(0, kPiece);
      bytes.remove_prefix(next.size());
      stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(next.data()));
      stream.avail_in = static_cast<uInt>(next.size());
      if (next.empty()) break;
    }
    if (state == Z_STREAM_END && inflateReset(&stream) != Z_OK) break;
    stream.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream.avail_out = static_cast<uInt>(piece.size());
    state = inflate(&stream, Z_NO_FLUSH);
    const std::size_t got = piece.size() - stream.avail_out;
    const std::size_t room = most_bytes - reading.text.size();
    reading.text.append(piece, 0, std::min(got, room));
    if (got > room)
      return {std::move(reading.text), "its gzip holds more than " + std::to_string(most_bytes) + " bytes"};
  }
  if (state != Z_STREAM_END) reading.problem = "its gzip is broken or breaks off";
  return reading;
}

}  // namespace reelprint::crawler
