// HLS playlists: RFC 8216.
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

#include "crawler/metadata_values.h"
#include "crawler/normal_url.h"
#include "crawler/plain_text.h"
#include "crawler/playlist_readers.h"

namespace reelprint::crawler {
namespace {

constexpr double kLongestPieceS = 86'400;
constexpr std::size_t kMostRenditions = 200;

/// The value of an attribute list (section 4.2), quotes taken off; "" when it is not there.
std::string_view attribute_of(std::string_view list, std::string_view wanted) {
  while (!list.empty()) {
    const std::size_t equals = list.find('=');
    if (equals == std::string_view::npos) return {};
    const std::string_view name = trimmed(list.substr(0, equals));
    list.remove_prefix(equals + 1);
    std::string_view value;
    if (list.starts_with('"')) {
      list.remove_prefix(1);
      value = take_until(list, '"');
      (void)take_until(list, ',');
    } else {
      value = trimmed(take_until(list, ','));
    }
    if (name == wanted) return value;
  }
  return {};
}

std::optional<double> seconds_of(std::string_view text) {
  text = trimmed(text);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || !std::isfinite(value) || value < 0 || value > kLongestPieceS)
    return std::nullopt;
  return value;
}

/// "n[@o]" of section 4.3.2.2.
struct ByteRange {
  std::uint64_t bytes = 0;
  std::optional<std::uint64_t> first{};
};

std::optional<ByteRange> byte_range(std::string_view text) {
  text = trimmed(text);
  const auto bytes = whole_number(take_until(text, '@'));
  if (!bytes || *bytes == 0) return std::nullopt;
  ByteRange range{*bytes, {}};
  if (!text.empty()) {
    range.first = whole_number(trimmed(text));
    if (!range.first || *range.first > UINT64_MAX - *bytes) return std::nullopt;
  }
  return range;
}

/// Whether CODECS name sound alone; what is not said may be pictures.
bool is_audio_only(std::string_view codecs) {
  if (trimmed(codecs).empty()) return false;
  while (!codecs.empty()) {
    const std::string_view codec = trimmed(take_until(codecs, ','));
    bool is_audio = false;
    for (const std::string_view audio :
         {"mp4a", "ac-3", "ec-3", "opus", "Opus", "vorbis", "flac", "fLaC", "mp3", "alac", "dts"})
      is_audio = is_audio || codec.starts_with(audio);
    if (!is_audio && !codec.empty()) return false;
  }
  return true;
}

class Reader {
 public:
  explicit Reader(const std::string& url) : url_(url) {}

  void read_line(std::string_view line) {
    if (line.starts_with("#"))
      read_tag(line);
    else if (variant_)
      add_variant(line);
    else
      add_piece(line);
  }

  std::optional<Playlist> result() {
    if (is_master_) {
      playlist_.kind = "hls_master";
      order_renditions(playlist_.renditions);
      return std::move(playlist_);
    }
    playlist_.kind = "hls_media";
    playlist_.is_live = !has_end_ && !is_vod_;
    if (media_.pieces.empty() && playlist_.renditions.empty() && !has_media_tag_) return std::nullopt;
    playlist_.duration = at_ - Timestamp{0};
    end_stretch();
    order_renditions(playlist_.renditions);
    return std::move(playlist_);
  }

 private:
  void read_tag(std::string_view line) {
    const std::string_view name = take_until(line, ':');
    if (name == "#EXT-X-STREAM-INF") {
      is_master_ = true;
      variant_ = Rendition{};
      variant_->bandwidth = whole_number(attribute_of(line, "BANDWIDTH")).value_or(0);
      std::string_view resolution = attribute_of(line, "RESOLUTION");
      (void)take_until(resolution, 'x');
      const auto height = whole_number(resolution).value_or(0);
      variant_->height = height < 100'000 ? static_cast<int>(height) : 0;
      is_sound_ = is_audio_only(attribute_of(line, "CODECS")) && height == 0;
    } else if (name == "#EXT-X-MEDIA" || name == "#EXT-X-I-FRAME-STREAM-INF") {
      is_master_ = true;
      if (attribute_of(line, "TYPE") == "VIDEO") add_rendition(attribute_of(line, "URI"), {});
    } else if (name == "#EXTINF") {
      has_media_tag_ = true;
      piece_s_ = seconds_of(line.substr(0, line.find(','))).value_or(0);
    } else if (name == "#EXT-X-BYTERANGE") {
      range_ = byte_range(line);
    } else if (name == "#EXT-X-MAP") {
      read_map(line);
    } else if (name == "#EXT-X-KEY" || name == "#EXT-X-SESSION-KEY") {
      const std::string_view method = attribute_of(line, "METHOD");
      playlist_.is_protected = playlist_.is_protected || (method != "NONE" && !method.empty());
    } else if (name == "#EXT-X-ENDLIST") {
      has_end_ = true;
    } else if (name == "#EXT-X-PLAYLIST-TYPE") {
      is_vod_ = trimmed(line) == "VOD";
    } else if (name == "#EXT-X-TARGETDURATION" || name == "#EXT-X-MEDIA-SEQUENCE") {
      has_media_tag_ = true;
    }
  }

  void read_map(std::string_view line) {
    const auto url = resolve_url(url_, attribute_of(line, "URI"));
    if (!url) return;
    MediaPiece map{.url = *url};
    if (const auto range = byte_range(attribute_of(line, "BYTERANGE"))) {
      map.first_byte = range->first.value_or(0);
      map.bytes = range->bytes;
    }
    if (media_.initialization == map) return;
    end_stretch();
    media_.initialization = std::move(map);
    media_.container = "mp4";
  }

  /// What follows is not decoded with what was before.
  void end_stretch() {
    if (media_.pieces.empty() || playlist_.renditions.size() >= kMostRenditions) return;
    Rendition next{.stretch = media_.stretch + 1};
    playlist_.renditions.push_back(std::exchange(media_, std::move(next)));
  }

  void add_variant(std::string_view line) {
    const bool is_sound = std::exchange(is_sound_, false);
    if (!is_sound) add_rendition(line, *variant_);
    variant_.reset();
  }

  void add_rendition(std::string_view reference, Rendition rendition) {
    const auto url = resolve_url(url_, reference);
    if (!url || trimmed(reference).empty() || playlist_.renditions.size() >= kMostRenditions) return;
    for (const Rendition& known : playlist_.renditions)
      if (known.playlist_url == *url) return;
    rendition.playlist_url = *url;
    playlist_.renditions.push_back(std::move(rendition));
  }

  void add_piece(std::string_view line) {
    const auto range = std::exchange(range_, std::nullopt);
    const auto length = duration_of(std::exchange(piece_s_, 0));
    const auto url = resolve_url(url_, line);
    if (!url || pieces_++ >= kMostPieces) return;
    MediaPiece piece{.url = *url, .time = {at_, at_ + length}};
    if (range) {
      // Without an offset it begins where the last piece of the same file ended.
      const bool goes_on = !media_.pieces.empty() && media_.pieces.back().url == *url;
      piece.first_byte = range->first ? *range->first
                         : goes_on    ? media_.pieces.back().first_byte + media_.pieces.back().bytes
                                      : 0;
      piece.bytes = range->bytes;
    }
    if (media_.container.empty()) media_.container = container_of(*url);
    at_ = piece.time.end;
    media_.pieces.push_back(std::move(piece));
  }

  static std::string container_of(std::string_view url) {
    const std::string_view path = url.substr(0, url.find('?'));
    for (const std::string_view suffix : {".mp4", ".m4s", ".m4v", ".cmfv"})
      if (path.ends_with(suffix)) return "mp4";
    return path.ends_with(".ts") || path.ends_with(".m2ts") ? "ts" : "";
  }

  const std::string& url_;
  Playlist playlist_;
  Rendition media_;
  std::optional<Rendition> variant_;
  std::optional<ByteRange> range_;
  double piece_s_ = 0;
  std::size_t pieces_ = 0;
  Timestamp at_{};
  bool is_sound_ = false;
  bool is_master_ = false;
  bool has_media_tag_ = false;
  bool has_end_ = false;
  bool is_vod_ = false;
};

}  // namespace

std::optional<Playlist> read_hls(std::string_view text, const std::string& url) {
  Reader reader(url);
  while (!text.empty()) {
    const std::size_t end = text.find_first_of("\r\n");
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!line.empty()) reader.read_line(line);
  }
  return reader.result();
}

}  // namespace reelprint::crawler
