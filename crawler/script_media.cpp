// Media that a program's text names: player configurations, page state, API answers. No JavaScript is run;
// strings are recognised by what they end in, or by the name they are given.
#include <algorithm>
#include <optional>
#include <string>

#include "crawler/address_list.h"
#include "crawler/document_readers.h"
#include "crawler/hidden_text.h"
#include "crawler/media_address.h"
#include "crawler/plain_text.h"
#include "crawler/script_assignment.h"
#include "crawler/url_text.h"

namespace reelprint::crawler {
namespace {

/// A string of a script is worth less than what a page states: it may be anything's address.
constexpr int kGuessLoss = 5;
constexpr std::string_view kHttpInBase64 = "aHR0c";

constexpr std::string_view kSuffixes[] = {"mp4", "m3u8", "webm", "mpd", "m4v", "mkv", "mov",
                                          "flv", "ts",   "avi",  "m3u", "f4v", "wmv", "ogv"};

/// Names that only ever hold the address of a video, whatever it looks like.
constexpr std::string_view kMediaKeys[] = {
    "hls",        "m3u8",         "progressive_url", "progressiveurl", "playable_url", "mp4",
    "dash",       "mpd",          "contenturl",      "videourl",       "video_url",    "playurl",
    "play_url",   "playaddr",     "play_addr",       "hlsurl",         "hls_url",      "streamurl",
    "stream_url", "mp4url",       "mp4_url",         "loadsource",     "videosrc",     "video_src",
    "hlssrc",     "manifesturl",  "manifest_url",    "videofile",      "video_file",   "mediaurl",
    "media_url",  "dashurl",      "dash_url",        "m3u8_url",       "m3u8url",      "main_url",
    "backup_url", "downloadaddr", "playbackurl",     "playback_url",   "videopath",    "hlsmanifesturl"};
constexpr std::string_view kPlayerKeys[] = {"embedurl", "embed_url", "iframe_url", "playerurl", "player_url"};
constexpr std::string_view kSourceKeys[] = {"file", "src", "url", "source", "href", "link"};
/// What asks for data that name the media.
constexpr std::string_view kCallKeys[] = {"fetch", "getjson"};
constexpr std::string_view kTypeKeys[] = {"type", "mimetype", "mime", "mime_type", "contenttype"};

template <typename List>
bool has(const List& list, std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

/// What a string literal stands for: \/, \", \xHH, \uHHHH; then %3A and references of HTML, of an address.
std::string unescaped(std::string_view literal) {
  std::string out;
  for (std::size_t i = 0; i < literal.size(); ++i) {
    if (literal[i] != '\\') {
      out += literal[i];
      continue;
    }
    while (i < literal.size() && literal[i] == '\\') ++i;
    if (i >= literal.size()) break;
    const std::size_t digits = literal[i] == 'u' ? 4 : literal[i] == 'x' ? 2 : 0;
    const std::string_view hex = literal.substr(i + 1, digits);
    if (digits > 0 && hex.size() == digits &&
        std::ranges::all_of(hex, [](char c) { return hex_value(c) >= 0; })) {
      append_utf8(out, static_cast<char32_t>(std::stoul(std::string(hex), nullptr, 16)));
      i += digits;
    } else if (literal[i] != 'n' && literal[i] != 't' && literal[i] != 'r') {
      out += literal[i];
    }
  }
  if (out.find("&amp;") != std::string::npos || out.find("&#") != std::string::npos)
    out = without_references(out);
  if (starts_with_ignoring_case(out, "http%3a") || starts_with_ignoring_case(out, "https%3a") ||
      starts_with_ignoring_case(out, "%2f"))
    out = percent_decoded(out);
  return out;
}

bool is_absolute(std::string_view address) {
  return starts_with_ignoring_case(address, "http://") || starts_with_ignoring_case(address, "https://") ||
         address.starts_with("//");
}

bool is_template(std::string_view address) {
  return address.find("${") != std::string_view::npos || address.find("{{") != std::string_view::npos ||
         address.find_first_of(" <>\"'`\n") != std::string_view::npos;
}

void add_media(std::string_view address, CrawlUrlKind kind, FindingList& list) {
  if (address.size() < 2 || address.size() > kLongestValue || is_template(address)) return;
  if (kind_by_name(address) == CrawlUrlKind::playlist) kind = CrawlUrlKind::playlist;
  list.add_way(list.add_video(VideoOrigin::guess), address, kind, kGuessLoss);
}

bool ends_address(char c) {
  return static_cast<unsigned char>(c) <= 0x20 || c == '"' || c == '\'' || c == '`' || c == '<' || c == '>';
}

/// The string around the suffix at [dot, end), if it may be an address.
std::optional<std::string> address_around(std::string_view text, std::size_t dot, std::size_t end) {
  std::size_t begin = dot;
  while (begin > 0 && dot - begin < kLongestValue && !ends_address(text[begin - 1])) --begin;
  std::size_t last = end;
  while (last < text.size() && last - end < kLongestValue && !ends_address(text[last])) ++last;
  const bool is_quoted = begin > 0 && text[begin - 1] > 0x20 && last < text.size() && text[last] > 0x20 &&
                         text[begin - 1] != '>' && text[last] != '<';
  // What is not quoted ends where a list goes on: "1,https://…/a.mp4,title".
  if (!is_quoted && end < last && std::string_view(",;)]").find(text[end]) != std::string_view::npos)
    last = end;
  std::string_view literal = listed_address(text.substr(begin, last - begin), dot - begin);
  while (literal.ends_with('\\')) literal.remove_suffix(1);
  std::string address = unescaped(literal);
  // "file=https://…" and "url(https://…": what stands before the scheme is no part of it.
  if (const std::size_t scheme = address.find("http"); scheme != std::string::npos && scheme > 0 &&
                                                       !is_absolute(address) &&
                                                       is_absolute(std::string_view(address).substr(scheme)))
    address.erase(0, scheme);
  if (!is_absolute(address)) {
    const std::size_t slash = address.rfind('/');
    const char first = address[slash == std::string::npos ? 0 : slash + 1];
    const bool is_code =
        address.find_first_of("()[]{}|*,;$^") != std::string::npos || first == '.' || first == '\0';
    if (!is_quoted || is_code || (slash == std::string::npos && address.find(".ts") != std::string::npos))
      return std::nullopt;
  } else {
    while (!address.empty() && std::string_view(").,;]}").find(address.back()) != std::string_view::npos)
      address.pop_back();
  }
  return address;
}

/// Every string that ends in a media suffix, query aside.
void read_suffixes(std::string_view text, FindingList& list) {
  std::size_t passed = 0;
  for (std::size_t dot = text.find('.'); dot != std::string_view::npos && !list.is_full();
       dot = text.find('.', dot + 1)) {
    if (dot < passed) continue;
    for (const std::string_view suffix : kSuffixes) {
      if (!starts_with_ignoring_case(text.substr(dot + 1), suffix)) continue;
      const std::size_t end = dot + 1 + suffix.size();
      const char next = end < text.size() ? text[end] : '"';
      const bool is_end = ends_address(next) || next == '?' || next == '#' || next == '\\' || next == '&' ||
                          next == '%' || next == ',' || next == ';' || next == ')' || next == ']' ||
                          next == '/' || next == ':';
      if (!is_end) continue;
      if (const auto address = address_around(text, dot, end)) {
        const auto inner = media_in_query(*address);
        const auto kind = kind_by_name(*address);
        const bool is_media = kind == CrawlUrlKind::media || kind == CrawlUrlKind::playlist;
        if (is_media)
          add_media(*address, *kind, list);
        else if (inner)
          add_media(*inner, kind_by_name(*inner).value_or(CrawlUrlKind::media), list);
      }
      passed = end;
      break;
    }
  }
}

/// "aHR0c…" is "http…" in base64, as some sites hide their addresses from a glance.
void read_base64(std::string_view text, FindingList& list) {
  std::size_t passed = 0;
  for (std::size_t at = text.find(kHttpInBase64); at != std::string_view::npos && !list.is_full();
       at = text.find(kHttpInBase64, passed)) {
    std::string code;
    for (std::size_t i = passed = at; i < text.size() && code.size() < kLongestValue; passed = ++i) {
      const char c = text[i];
      const bool is_code = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           c == '+' || c == '/' || c == '-' || c == '_' || c == '=';
      if (!is_code && c != '\\') break;
      if (is_code) code += c;
    }
    const auto plain = base64_decoded(code, kLongestValue);
    if (!plain) continue;
    const std::string address = unescaped(*plain);
    if (is_absolute(address) && is_media_name(address)) add_media(address, *kind_by_name(address), list);
  }
}

bool may_be_address(std::string_view value) {
  return is_absolute(value) || (value.starts_with('/') && value.size() > 1) || value.starts_with("./") ||
         value.starts_with("../");
}

/// "location = …", "location.href = …", "location.replace(…": `before` ends with the key.
bool leaves_page(std::string_view before, std::string_view key) {
  if (key == "location") return true;
  if (key != "href" && key != "replace" && key != "assign") return false;
  before = trimmed(before);
  return before.size() > key.size() && before.substr(0, before.size() - key.size()).ends_with("location.");
}

/// Strings that their name, or the type beside them, makes media.
void read_assignments(std::string_view text, FindingList& list) {
  std::string source;
  CrawlUrlKind type = CrawlUrlKind::page;  // page: none was said
  const auto pair_up = [&] {
    if (source.empty() || type == CrawlUrlKind::page) return;
    add_media(source, type, list);
    source.clear();
    type = CrawlUrlKind::page;
  };
  for (std::size_t at = text.find_first_of(":=({}"); at != std::string_view::npos && !list.is_full();
       at = text.find_first_of(":=({}", at + 1)) {
    if (text[at] == '{' || text[at] == '}') {
      source.clear();
      type = CrawlUrlKind::page;
      continue;
    }
    const auto found = assignment_at(text, at);
    if (!found) continue;
    if (leaves_page(text.substr(0, at), found->key)) {
      const std::string target = unescaped(found->value);
      if (may_be_address(target) && !is_template(target) && kind_by_name(target) == CrawlUrlKind::page)
        list.add(target, {.kind = CrawlUrlKind::page});
    }
    if (has(kCallKeys, found->key) && may_be_address(found->value) && !is_template(found->value) &&
        kind_by_name(found->value) == CrawlUrlKind::page)
      list.add(unescaped(found->value), {.kind = CrawlUrlKind::page});
    if (has(kTypeKeys, found->key)) {
      const auto kind = kind_by_type(unescaped(found->value));
      if (kind == CrawlUrlKind::media || kind == CrawlUrlKind::playlist) type = *kind;
    } else {
      std::string value = unescaped(found->value);
      if (const auto plain =
              value.starts_with(kHttpInBase64) ? base64_decoded(value, kLongestValue) : std::nullopt)
        value = *plain;
      const bool is_word = has(kSourceKeys, found->key) && !value.empty() &&
                           value.find_first_of(" #{}()") == std::string::npos;
      if (!may_be_address(value) && !is_word) continue;
      const auto named = kind_by_name(value);
      if (named == CrawlUrlKind::image || !named) continue;
      if (has(kMediaKeys, found->key)) {
        const bool is_list = found->key.find("hls") != std::string::npos ||
                             found->key.find("m3u8") != std::string::npos || found->key == "dash" ||
                             found->key == "loadsource" || found->key == "mpd";
        add_media(value, is_list ? CrawlUrlKind::playlist : CrawlUrlKind::media, list);
      } else if (has(kPlayerKeys, found->key)) {
        list.add_way(list.add_video(VideoOrigin::guess), value, CrawlUrlKind::player, kGuessLoss);
      } else if (has(kSourceKeys, found->key)) {
        source = value;
      }
    }
    pair_up();
  }
}

/// "%68%74%74%70…" is "http…".
void read_percents(std::string_view text, FindingList& list) {
  constexpr std::string_view kHttp = "%68%74%74%70";
  std::size_t at = text.find(kHttp);
  while (at != std::string_view::npos && !list.is_full()) {
    std::size_t end = at;
    while (end < text.size() && end - at < 3 * kLongestValue && !ends_address(text[end])) ++end;
    const std::string address = percent_decoded(text.substr(at, end - at));
    if (is_absolute(address) && is_media_name(address)) add_media(address, *kind_by_name(address), list);
    at = text.find(kHttp, end);
  }
}

/// Calls that make a player; what they are given as a file is one, whatever it looks like.
constexpr std::string_view kPlayerCalls[] = {
    "jwplayer(",     "new DPlayer(", "new Artplayer(", "Clappr.Player(", "new Aliplayer(", "TCPlayer(",
    "new ckplayer(", "new Plyr(",    "Playerjs(",      "new xgplayer(",  "createPlayer("};
constexpr std::string_view kPlayerSourceKeys[] = {"file", "url", "src", "source", "video"};
constexpr std::size_t kLongestCall = 3'000;

/// Addresses within such a call that no type and no suffix gives away.
void read_player_calls(std::string_view text, FindingList& list) {
  for (const std::string_view call : kPlayerCalls) {
    std::size_t calls = 0;
    for (std::size_t at = text.find(call); at != std::string_view::npos && calls < 50 && !list.is_full();
         at = text.find(call, at + call.size()), ++calls) {
      std::string_view rest = text.substr(at + call.size(), kLongestCall);
      rest = rest.substr(0, std::min(rest.find("});"), rest.size()));
      for (std::size_t sign = rest.find(':'); sign != std::string_view::npos;
           sign = rest.find(':', sign + 1)) {
        const auto found = assignment_at(rest, sign);
        if (!found || !has(kPlayerSourceKeys, found->key)) continue;
        const std::string value = unescaped(found->value);
        if (may_be_address(value) && kind_by_name(value) == CrawlUrlKind::page)
          add_media(value, CrawlUrlKind::media, list);
      }
    }
  }
}

}  // namespace

void read_script(std::string_view script, FindingList& list) {
  read_suffixes(script, list);
  read_assignments(script, list);
  read_player_calls(script, list);
  read_base64(script, list);
  read_percents(script, list);
  // What was unpacked is not unpacked again: eval within it would be, in a browser, but nobody does that.
  for (const std::string& text : hidden_texts(script)) {
    read_suffixes(text, list);
    read_assignments(text, list);
    read_player_calls(text, list);
  }
}

}  // namespace reelprint::crawler
