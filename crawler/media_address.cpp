#include "crawler/media_address.h"

#include <algorithm>
#include <vector>

#include "crawler/plain_text.h"
#include "crawler/url_text.h"

namespace reelprint::crawler {
namespace {

using Words = std::vector<std::string_view>;

constexpr std::string_view kMedia[] = {"mp4", "m4v", "webm", "mkv", "mov",  "flv", "f4v",  "ts",  "m2ts",
                                       "avi", "wmv", "mpg",  "ogv", "mpeg", "3gp", "rmvb", "m4s", "divx"};
constexpr std::string_view kPlaylists[] = {"m3u8", "mpd", "m3u"};
constexpr std::string_view kImages[] = {"jpg", "jpeg", "png", "gif", "webp", "avif", "bmp"};
constexpr std::string_view kNowhere[] = {
    "css", "js",  "mjs", "svg",  "ico", "woff", "woff2", "ttf", "eot",  "zip", "rar",    "7z",  "gz",
    "exe", "apk", "dmg", "pdf",  "doc", "docx", "xls",   "ppt", "mp3",  "m4a", "aac",    "ogg", "wav",
    "iso", "bin", "ipa", "epub", "srt", "vtt",  "ass",   "map", "wasm", "tar", "torrent"};
constexpr std::string_view kGenericWords[] = {
    "hls",  "dash", "mp4",   "master", "index", "playlist", "manifest", "stream", "prog",   "chunklist",
    "hd",   "sd",   "fhd",   "uhd",    "4k",    "2k",       "low",      "high",   "medium", "mobile",
    "hq",   "lq",   "h264",  "h265",   "hevc",  "avc",      "x264",     "vp9",    "av1",    "video",
    "webm", "main", "smil:", "auto",   "orig",  "source",   "desktop",  "default"};
constexpr std::string_view kFileKeys[] = {"file", "url",    "src",   "video", "flv",
                                          "mp4",  "source", "media", "path"};
constexpr std::string_view kHeights[] = {"144", "240", "270", "288", "360",  "432",
                                         "480", "540", "576", "720", "1080", "1440"};

template <typename List>
bool has(const List& list, std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

std::string_view path_of(std::string_view reference) {
  return reference.substr(0, reference.find_first_of("?#"));
}

std::string suffix_of(std::string_view reference) {
  std::string_view path = path_of(reference);
  if (const std::size_t scheme = path.find("://"); scheme != std::string_view::npos) {
    path.remove_prefix(scheme + 3);
    const std::size_t slash = path.find('/');
    if (slash == std::string_view::npos) return {};
    path.remove_prefix(slash);
  }
  path = path.substr(0, path.find(';'));
  const std::size_t slash = path.rfind('/');
  if (slash != std::string_view::npos) path.remove_prefix(slash + 1);
  const std::size_t dot = path.rfind('.');
  if (dot == std::string_view::npos || path.size() - dot > 9) return {};
  return lower(trimmed(path.substr(dot + 1)));
}

bool is_quality(std::string_view word, bool is_alone) {
  if (has(kGenericWords, word)) return true;
  if (word.ends_with('p')) return has(kHeights, word.substr(0, word.size() - 1)) || word == "2160p";
  return is_alone && has(kHeights, word);
}

/// A segment of a path without the words that tell one rendition from another.
std::string bare_segment(std::string_view segment) {
  std::string bare;
  const bool is_alone = segment.find_first_of("_-.") == std::string_view::npos;
  while (!segment.empty()) {
    const std::size_t end = segment.find_first_of("_-.");
    const std::string_view word = segment.substr(0, end);
    segment.remove_prefix(end == std::string_view::npos ? segment.size() : end + 1);
    if (word.empty() || is_quality(word, is_alone)) continue;
    if (!bare.empty()) bare += '-';
    bare += word;
  }
  return bare;
}

/// The last two labels of the host, so that cdn1.site.example and cdn2.site.example are one.
std::string_view site_of(std::string_view host) {
  const std::size_t last = host.rfind('.');
  if (last == std::string_view::npos || last == 0 ||
      host.find_first_not_of("0123456789.:[]") == std::string_view::npos)
    return host;
  const std::size_t before = host.rfind('.', last - 1);
  return before == std::string_view::npos ? host : host.substr(before + 1);
}

}  // namespace

std::optional<CrawlUrlKind> kind_by_name(std::string_view reference) {
  const std::string suffix = suffix_of(reference);
  if (has(kMedia, suffix)) return CrawlUrlKind::media;
  if (has(kPlaylists, suffix)) return CrawlUrlKind::playlist;
  if (has(kImages, suffix)) return CrawlUrlKind::image;
  const std::string path = lower(path_of(reference).substr(0, 2000));
  if ((suffix == "xml" || path.ends_with(".xml.gz") || suffix == "txt") &&
      path.find("sitemap") != std::string::npos)
    return CrawlUrlKind::sitemap;
  if (has(kNowhere, suffix)) return std::nullopt;
  const bool is_feed = suffix == "rss" || suffix == "atom" || path.ends_with("/feed") ||
                       path.ends_with("/feed/") || path.ends_with("/rss") || path.ends_with("/feed.xml") ||
                       path.ends_with("/rss.xml") || path.ends_with("/atom.xml") ||
                       path.ends_with("/feed.json");
  return is_feed ? CrawlUrlKind::feed : CrawlUrlKind::page;
}

bool is_media_name(std::string_view reference) {
  const std::string suffix = suffix_of(reference);
  return has(kMedia, suffix) || has(kPlaylists, suffix);
}

std::optional<CrawlUrlKind> kind_by_type(std::string_view content_type) {
  const std::string type = lower(trimmed(content_type.substr(0, content_type.find(';'))));
  if (type.find("mpegurl") != std::string::npos || type == "application/dash+xml" || type == "hls" ||
      type == "dash" || type == "m3u8")
    return CrawlUrlKind::playlist;
  if (type.starts_with("video/") || type == "mp4" || type == "webm" || type == "application/mp4")
    return CrawlUrlKind::media;
  if (type.starts_with("image/")) return CrawlUrlKind::image;
  if (type == "text/html" || type == "application/xhtml+xml" || type == "application/x-shockwave-flash")
    return CrawlUrlKind::player;
  return std::nullopt;
}

std::optional<std::string> media_in_query(std::string_view reference) {
  const std::size_t at = reference.find_first_of("?#");
  if (at == std::string_view::npos || reference.size() > 8000) return std::nullopt;
  std::string_view query = reference.substr(at + 1);
  while (!query.empty()) {
    std::string_view pair = query.substr(0, query.find_first_of("&#"));
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
    const std::size_t equals = pair.find('=');
    const std::string key = lower(pair.substr(0, equals == std::string_view::npos ? 0 : equals));
    std::string value = percent_decoded(equals == std::string_view::npos ? pair : pair.substr(equals + 1));
    if (value.find("%3A") != std::string::npos || value.find("%2F") != std::string::npos)
      value = percent_decoded(value);
    if (value.size() >= 8 && value.find('.') == std::string::npos)
      if (const auto plain = base64_decoded(value, 4000); plain && is_media_name(*plain)) value = *plain;
    if ((value.find('/') != std::string::npos || has(kFileKeys, key)) && is_media_name(value)) return value;
  }
  return std::nullopt;
}

int way_rank(CrawlUrlKind kind, std::string_view url) {
  const std::string suffix = suffix_of(url);
  switch (kind) {
    case CrawlUrlKind::media:
      return suffix == "mp4" || suffix == "m4v" || suffix == "webm" || suffix.empty() ? 10 : 15;
    case CrawlUrlKind::playlist: return suffix == "mpd" ? 30 : 20;
    case CrawlUrlKind::player: return 50;
    case CrawlUrlKind::image: return 0;
    default: return 90;
  }
}

std::string rendition_key(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  std::string_view rest = url.substr(scheme + 3);
  const std::size_t slash = rest.find('/');
  if (slash == std::string_view::npos) return {};
  std::string key(site_of(rest.substr(0, slash)));
  rest.remove_prefix(slash + 1);
  const std::string path = lower(path_of(rest));
  std::string_view segments = path;
  std::string last;
  bool has_name = false;
  while (!segments.empty()) {
    std::string_view segment = take_until(segments, '/');
    if (segments.empty() && is_media_name(segment)) segment = segment.substr(0, segment.rfind('.'));
    const std::string bare = bare_segment(segment);
    if (bare.empty() || bare == last) continue;
    key += '/' + bare;
    last = bare;
    has_name = true;
  }
  if (const std::size_t query = rest.find('?'); query != std::string_view::npos) key += rest.substr(query);
  return has_name ? key : std::string{};
}

}  // namespace reelprint::crawler
