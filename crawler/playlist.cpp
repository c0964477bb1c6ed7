#include "crawler/playlist.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "crawler/plain_text.h"
#include "crawler/playlist_readers.h"

namespace reelprint::crawler {
namespace {

constexpr int kLeastHeight = 240;

Duration length_of(const Rendition& rendition) {
  Duration length{0};
  for (const MediaPiece& piece : rendition.pieces) length += piece.time.length();
  return length;
}

}  // namespace

void order_renditions(std::vector<Rendition>& renditions) {
  std::map<int, Duration> lengths;
  for (const Rendition& rendition : renditions) {
    Duration& length = lengths[rendition.stretch];
    length = std::max(length, length_of(rendition));
  }
  std::vector<int> order;
  for (const auto& [stretch, length] : lengths) order.push_back(stretch);
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return lengths[a] > lengths[b]; });
  std::map<int, int> places;
  for (const int stretch : order) places.emplace(stretch, static_cast<int>(places.size()));
  for (Rendition& rendition : renditions) rendition.stretch = places[rendition.stretch];
  const auto place = [](const Rendition& r) {
    return std::tuple(r.stretch, r.height > 0 && r.height < kLeastHeight, r.bandwidth);
  };
  std::stable_sort(renditions.begin(), renditions.end(),
                   [&](const Rendition& a, const Rendition& b) { return place(a) < place(b); });
}

std::optional<Playlist> read_playlist(std::string_view text, const std::string& url) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  text = trimmed(text);
  if (text.starts_with("#EXTM3U")) return read_hls(text, url);
  if (text.substr(0, 4096).find("<MPD") != std::string_view::npos ||
      text.substr(0, 4096).find(":MPD") != std::string_view::npos)
    return read_dash(text, url);
  return std::nullopt;
}

}  // namespace reelprint::crawler
