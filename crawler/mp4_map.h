// Which bytes of an MP4 file show which seconds, so that a few of them are fetched and not all: ISO/IEC
// 14496-12 (ISO base media file format). Pure; bytes are hostile.
//
// How it is used: ask find_moov what to fetch until it is found (mostly the first 64 KiB do; a file that was
// not made for the web has it at its end); read_moov then gives the map, and bytes_of the stretches to fetch.
// Written at their own offsets into a sparse file of the whole length, together with everything in front of
// the first mdat's content and the moov itself, they can be decoded there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.h"
#include "crawler/file_parts.h"
#include "crawler/playlist.h"

namespace reelprint::crawler {

struct MoovSearch {
  enum class State : std::uint8_t {
    found,    ///< `moov` is here whole
    fetch,    ///< `next` is to be fetched, then asked again with it
    refused,  ///< no such file, broken, or beyond a limit: `problem`; only its start is of use
  };
  State state = State::refused;
  ByteStretch moov{};                 ///< with its header
  ByteStretch next{};                 ///< at least one byte, within the file
  bool is_at_end = false;             ///< moov comes after the media
  std::optional<ByteStretch> sidx{};  ///< of a fragmented file: an index that came before its first fragment
  std::string problem{};
};

/// `file_bytes`: of the whole file, 0 when it is not known. Each answer `fetch` is for bytes that are not in
/// `parts`, so that the asking ends: after at most 200 boxes.
[[nodiscard]] MoovSearch find_moov(std::span<const FilePart> parts, std::uint64_t file_bytes);

/// One coded picture.
struct Mp4Sample {
  std::uint64_t first_byte = 0;
  std::uint32_t bytes = 0;
  bool is_sync = false;
  std::int64_t decode_time = 0;  ///< in the map's time scale
};

/// The first video track of a file.
struct Mp4Map {
  bool is_protected = false;   ///< an encrypted sample entry, or a pssh box: it is left alone
  bool is_fragmented = false;  ///< the pictures are in fragments; `samples` may be empty
  std::string codec{};         ///< "avc1", "hvc1" …
  int width = 0;
  int height = 0;
  std::uint32_t track = 0;  ///< its number
  std::uint32_t timescale = 1;
  Duration duration{0};
  std::vector<Mp4Sample> samples{};  ///< in decoding order, at most 3,000,000

  /// When the pictures are decoded that a decoder can begin with; ascending.
  [[nodiscard]] std::vector<Timestamp> sync_times() const;
  /// The stretches that hold the pictures decoded in [time.begin, time.end), from the last sync sample at or
  /// before it on; in the file's order, those with fewer than `gap` bytes between them in one. Empty when
  /// there are no such pictures.
  [[nodiscard]] std::vector<ByteStretch> bytes_of(const Interval& time, std::uint64_t gap = 65'536) const;
};

/// `moov` is the whole box. Nothing when it holds no video track, or is broken.
[[nodiscard]] std::optional<Mp4Map> read_moov(std::string_view moov);

/// The pieces that a segment index names (section 8.16.3), of the file at `index.url`. `bytes` are those that
/// `index` names, as Rendition::index or MoovSearch::sidx has them; what stands before the sidx box in them
/// is passed over. Nothing when there is none, or it points to other indexes only.
[[nodiscard]] std::optional<std::vector<MediaPiece>> read_sidx(std::string_view bytes,
                                                               const MediaPiece& index);

/// Where a file in fragments, of `file_bytes` in all, has the index of its fragments (mfra), as its last
/// bytes say (mfro, section 8.8.11). Nothing when it has none.
[[nodiscard]] std::optional<ByteStretch> find_mfra(std::string_view last_bytes, std::uint64_t file_bytes);

/// The fragments in which a decoder can begin (section 8.8.10), of the map's track of the file at `url`, each
/// up to the next. `mfra` is the whole box, which lies at `where`. Nothing when it is broken or of other
/// tracks.
[[nodiscard]] std::optional<std::vector<MediaPiece>> read_mfra(std::string_view mfra,
                                                               const ByteStretch& where, const Mp4Map& map,
                                                               const std::string& url);

}  // namespace reelprint::crawler
