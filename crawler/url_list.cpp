// Plain text that names addresses: lists of URLs, text sitemaps, robots.txt.
#include <string>
#include <utility>

#include "crawler/document_readers.h"
#include "crawler/media_address.h"
#include "crawler/plain_text.h"

namespace reelprint::crawler {
namespace {

/// The name of "name: value", in lower case; "" when there is none.
std::string field_of(std::string_view line) {
  const std::size_t colon = line.find(':');
  return colon == std::string_view::npos ? std::string{} : lower(trimmed(line.substr(0, colon)));
}

}  // namespace

bool read_robots_sitemaps(std::string_view utf8, FindingList& list) {
  bool is_robots = false;
  while (!utf8.empty()) {
    const std::string_view line = trimmed(take_until(utf8, '\n'));
    const std::string field = field_of(line);
    if (field == "sitemap") {
      std::string_view value = trimmed(line.substr(line.find(':') + 1));
      list.add(trimmed(value.substr(0, value.find(" #"))), {.kind = CrawlUrlKind::sitemap});
      is_robots = true;
    }
    if (field == "user-agent" || field == "disallow") is_robots = true;
  }
  return is_robots;
}

bool read_m3u(std::string_view utf8, FindingList& list) {
  if (utf8.find("#EXT-X-") != std::string_view::npos) return false;
  VideoMetadata metadata;
  while (!utf8.empty()) {
    const std::size_t end = utf8.find_first_of("\r\n");
    const std::string_view line = trimmed(utf8.substr(0, end));
    utf8.remove_prefix(end == std::string_view::npos ? utf8.size() : end + 1);
    if (line.starts_with("#EXTINF:")) {
      const std::size_t comma = line.find(',');
      metadata.title = comma == std::string_view::npos ? "" : squeezed(line.substr(comma + 1), 500);
    }
    if (line.empty() || line.starts_with('#')) continue;
    const auto kind = kind_by_name(line).value_or(CrawlUrlKind::media);
    list.add_way(list.add_video(VideoOrigin::link, std::exchange(metadata, {})), line,
                 kind == CrawlUrlKind::playlist ? kind : CrawlUrlKind::media);
  }
  return true;
}

void read_url_list(std::string_view utf8, FindingList& list, Discovery& discovery) {
  bool has_any = false;
  while (!utf8.empty()) {
    const std::size_t end = utf8.find_first_of("\r\n");
    std::string_view line = trimmed(utf8.substr(0, end));
    utf8.remove_prefix(end == std::string_view::npos ? utf8.size() : end + 1);
    if (line.empty() || line.starts_with('#')) continue;
    // What follows the address is a person's note.
    line = line.substr(0, line.find_first_of(" \t<>\""));
    if (!starts_with_ignoring_case(line, "http://") && !starts_with_ignoring_case(line, "https://")) continue;
    while (line.ends_with(',') || line.ends_with(';')) line.remove_suffix(1);
    const auto kind = kind_by_name(line).value_or(CrawlUrlKind::page);
    const bool is_media = kind == CrawlUrlKind::media || kind == CrawlUrlKind::playlist;
    has_any |= is_media ? list.add_way(list.add_video(VideoOrigin::link), line, kind)
                        : list.add(line, {.kind = kind});
  }
  if (has_any) discovery.kind = "list";
}

}  // namespace reelprint::crawler
