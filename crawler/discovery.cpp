#include "crawler/discovery.h"

#include <exception>
#include <utility>

#include "crawler/document_readers.h"
#include "crawler/finding_list.h"
#include "crawler/gzip_text.h"
#include "crawler/html_readers.h"
#include "crawler/media_address.h"
#include "crawler/playlist.h"
#include "crawler/text_encoding.h"

namespace reelprint::crawler {
namespace {

constexpr std::size_t kMostInflated = std::size_t{64} << 20;

std::string_view sniff_text(std::string_view bytes, std::string_view content_type) {
  return sniff(std::as_bytes(std::span(bytes.data(), bytes.size())), content_type);
}

/// A document that is itself the media: its own way.
void read_media(const Document& document, std::string_view type, FindingList& list, Discovery& discovery) {
  const bool is_playlist = type == "hls" || type == "dash";
  discovery.kind = is_playlist ? type : "media";
  list.add_way(list.add_video(VideoOrigin::link), document.url,
               is_playlist ? CrawlUrlKind::playlist : CrawlUrlKind::media);
}

void read_document(const Document& document, std::string_view bytes, FindingList& list,
                   Discovery& discovery) {
  const std::string_view type = sniff_text(bytes, document.content_type);
  discovery.kind = "other";
  if (type == "hls" && read_m3u(to_utf8(bytes, document.content_type), list)) {
    discovery.kind = "list";
    return;
  }
  if (type == "mp4" || type == "webm" || type == "ts" || type == "flv" || type == "avi" || type == "hls" ||
      type == "dash")
    return read_media(document, type, list, discovery);
  if (type == "html") {
    discovery.kind = "html";
    DecodedText page = decoded_text(bytes, document.content_type);
    list.set_charset(std::move(page.charset));
    read_link_header(document.link_header, list);
    list.add(refresh_target(document.refresh_header), {.kind = CrawlUrlKind::page, .is_refresh = true});
    return read_html(page.utf8, list, discovery);
  }
  if (type == "xml") return read_xml_document(to_utf8(bytes, document.content_type), list, discovery);
  if (type == "json") return read_json_document(to_utf8(bytes, document.content_type), list, discovery);
  if (type != "text") return;
  const std::string text = to_utf8(bytes, document.content_type);
  if (document.url.ends_with("/robots.txt") && read_robots_sitemaps(text, list)) {
    discovery.kind = "robots";
    return;
  }
  read_url_list(text, list, discovery);
  if (discovery.kind == "other") read_script(text, list);
}

}  // namespace

Discovery discover(const Document& document, std::size_t most_findings) {
  Discovery discovery;
  FindingList list(document.url, most_findings);
  std::string inflated;
  std::string_view bytes = document.bytes;
  if (sniff_text(bytes, document.content_type) == "gzip") {
    const GzipReading gzip = gunzip(bytes, kMostInflated);
    if (!gzip.problem.empty()) list.add_problem(gzip.problem);
    inflated = gzip.text;
    bytes = inflated;
  }
  const RobotsWishes wishes = robots_wishes(document.robots_header);
  read_document(document, bytes, list, discovery);
  list.finish(discovery);
  discovery.is_noindex = discovery.is_noindex || wishes.is_noindex;
  if (wishes.unavailable_after) discovery.unavailable_after = wishes.unavailable_after;
  if (wishes.is_nofollow)
    for (Finding& finding : discovery.findings) finding.is_nofollow = true;
  return discovery;
}

}  // namespace reelprint::crawler
