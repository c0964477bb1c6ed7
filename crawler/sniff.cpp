// What bytes begin as (in the spirit of the WHATWG MIME Sniffing standard, but for the formats we look for).
#include <algorithm>
#include <cstdint>
#include <string>

#include "crawler/discovery.h"
#include "crawler/plain_text.h"

namespace reelprint::crawler {
namespace {

constexpr std::size_t kSniffedBytes = 4096;

bool has_at(std::string_view bytes, std::size_t at, std::string_view word) {
  return bytes.size() >= at + word.size() && bytes.substr(at, word.size()) == word;
}

bool is_transport_stream(std::string_view bytes) {
  constexpr std::size_t kPacket = 188;
  // A packet's first byte is 0x47, and so is the next packet's; a stamped one (.m2ts) has four bytes before
  // it.
  for (const std::size_t lead : {std::size_t{0}, std::size_t{4}}) {
    const std::size_t step = kPacket + lead;
    if (bytes.size() > lead + step && bytes[lead] == 0x47 && bytes[lead + step] == 0x47) return true;
  }
  return false;
}

bool is_image(std::string_view bytes) {
  return bytes.starts_with("\xFF\xD8\xFF") || bytes.starts_with("\x89PNG\r\n") || bytes.starts_with("GIF8") ||
         (bytes.starts_with("RIFF") && has_at(bytes, 8, "WEBP")) ||
         (has_at(bytes, 4, "ftyp") &&
          (has_at(bytes, 8, "avif") || has_at(bytes, 8, "heic") || has_at(bytes, 8, "mif1"))) ||
         (bytes.starts_with("BM") && bytes.size() > 10 && has_at(bytes, 6, std::string_view("\0\0\0\0", 4)));
}

std::string_view sniff_binary(std::string_view bytes) {
  if (bytes.starts_with("\x1F\x8B")) return "gzip";
  if (is_image(bytes)) return "image";
  for (const std::string_view box :
       {"ftyp", "moov", "styp", "moof", "mdat", "free", "skip", "wide", "sidx", "emsg"})
    if (has_at(bytes, 4, box) && static_cast<unsigned char>(bytes[0]) < 0x20) return "mp4";
  if (bytes.starts_with("\x1A\x45\xDF\xA3")) return "webm";
  if (bytes.starts_with("FLV\x01")) return "flv";
  if (bytes.starts_with("RIFF") && has_at(bytes, 8, "AVI ")) return "avi";
  if (is_transport_stream(bytes)) return "ts";
  return {};
}

/// Passes blanks, byte order marks, XML comments and processing instructions.
std::string_view first_markup(std::string_view text) {
  for (;;) {
    text = trimmed(text);
    if (text.starts_with("\xEF\xBB\xBF"))
      text.remove_prefix(3);
    else if (text.starts_with("<!--") && text.find("-->") != std::string_view::npos)
      text.remove_prefix(text.find("-->") + 3);
    else if (text.starts_with("<?") && !starts_with_ignoring_case(text, "<?xml ") &&
             text.find("?>") != std::string_view::npos)
      text.remove_prefix(text.find("?>") + 2);
    else
      return text;
  }
}

bool begins_html(std::string_view text) {
  for (const std::string_view tag :
       {"<!doctype html", "<html", "<head",    "<body",    "<title", "<meta",  "<link", "<script", "<style",
        "<div",           "<p>",   "<p ",      "<a ",      "<video", "<table", "<ul",   "<h1",     "<center",
        "<iframe",        "<br",   "<section", "<article", "<main",  "<span",  "<base", "<nav",    "<header"})
    if (starts_with_ignoring_case(text, tag)) return true;
  return false;
}

bool is_text(std::string_view bytes) {
  const auto odd = std::count_if(bytes.begin(), bytes.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t' && byte != '\f' && byte != 0x1B;
  });
  return !bytes.empty() && odd * 50 < static_cast<std::ptrdiff_t>(bytes.size());
}

/// XHTML and HTML with an XML declaration are HTML to us.
std::string_view sniff_xml(std::string_view text) {
  std::string_view rest = text;
  if (rest.starts_with("<?")) {
    const std::size_t end = rest.find("?>");
    rest = end == std::string_view::npos ? std::string_view{} : first_markup(rest.substr(end + 2));
  }
  if (begins_html(rest)) return "html";
  return text.find("<MPD") != std::string_view::npos ? "dash" : "xml";
}

std::string_view sniff_markup(std::string_view text, std::string_view type) {
  const std::string_view markup = first_markup(text);
  if (markup.starts_with("#EXTM3U")) return "hls";
  if (begins_html(markup)) return "html";
  if (starts_with_ignoring_case(markup, "<?xml")) return sniff_xml(markup);
  if (markup.starts_with("<MPD")) return "dash";
  for (const std::string_view root :
       {"<rss", "<feed", "<urlset", "<sitemapindex", "<rdf", "<oembed", "<!doctype rss"})
    if (starts_with_ignoring_case(markup, root)) return "xml";
  if (markup.starts_with('{') || markup.starts_with('[')) return "json";
  if (type.find("html") != std::string_view::npos) return "html";
  if (markup.starts_with('<')) {
    const bool is_named_xml =
        type.find("xml") != std::string_view::npos || markup.find("xmlns") != std::string_view::npos;
    return is_named_xml ? sniff_xml(markup) : "html";
  }
  return type.find("json") != std::string_view::npos ? "json" : "text";
}

}  // namespace

std::string_view sniff(std::span<const std::byte> begin, std::string_view content_type) {
  const std::string_view bytes(reinterpret_cast<const char*>(begin.data()),
                               std::min(begin.size(), kSniffedBytes));
  const std::string type = lower(content_type);
  if (const std::string_view binary = sniff_binary(bytes); !binary.empty()) return binary;
  std::string narrow;
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF") ||
      (bytes.size() > 3 && (bytes[0] == '\0') != (bytes[1] == '\0'))) {
    std::copy_if(bytes.begin() + (static_cast<unsigned char>(bytes[0]) >= 0xFE ? 2 : 0), bytes.end(),
                 std::back_inserter(narrow), [](char c) { return c != '\0'; });
    return is_text(narrow) ? sniff_markup(narrow, type) : "other";
  }
  return is_text(bytes) ? sniff_markup(bytes, type) : "other";
}

}  // namespace reelprint::crawler
