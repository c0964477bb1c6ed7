// An HTML page: its head, its links, and what it plays.
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "crawler/document_readers.h"
#include "crawler/html_readers.h"
#include "crawler/media_address.h"
#include "crawler/plain_text.h"

namespace reelprint::crawler {
namespace {

constexpr std::size_t kMostPageText = 4096;
constexpr int kDeepestDocument = 3;
constexpr std::size_t kMostScanned = std::size_t{32} << 20;

bool is_next_text(std::string_view text) {
  for (const std::string_view word :
       {"next",    "next page", "next »",  "next ›", "older",    "older posts", "load more",
        "more",    "下一页",    "下页",    "下一頁", "后页",     "次へ",        "次のページ",
        "다음",    "›",         "»",       ">",      ">>",       "→",           "siguiente",
        "suivant", "weiter",    "próxima", "prev",   "previous", "上一页",      "上一頁"})
    if (equal_ignoring_case(text, word)) return true;
  return false;
}

bool names_a_page(std::string_view href) {
  for (const std::string_view word : {"page", "p=", "pg=", "/p/", "pn=", "offset=", "start=", "paged="})
    if (contains_ignoring_case(href, word)) return true;
  return false;
}

bool is_pagination(std::string_view rel, std::string_view text, std::string_view href) {
  if (has_word(rel, "next") || has_word(rel, "prev")) return true;
  if (is_next_text(text)) return true;
  return !text.empty() && text.size() <= 4 &&
         text.find_first_not_of("0123456789") == std::string_view::npos && names_a_page(href);
}

/// By its name, else by its type, else by the name that it is to be saved under.
std::optional<CrawlUrlKind> kind_of_link(const HtmlReading& page, const HtmlNode& node,
                                         std::string_view href) {
  if (is_media_name(href)) return kind_by_name(href);
  const auto type = kind_by_type(page.tree.attribute(node, "type"));
  if (type == CrawlUrlKind::media || type == CrawlUrlKind::playlist) return type;
  const std::string_view saved_as = page.tree.attribute(node, "download");
  return is_media_name(saved_as) ? kind_by_name(saved_as) : kind_by_name(href);
}

void read_link(const HtmlReading& page, std::size_t position) {
  const HtmlNode& node = page.tree.nodes()[position];
  const std::string_view href = trimmed(page.tree.attribute(node, "href"));
  if (starts_with_ignoring_case(href, "javascript:")) read_script(href, page.list);
  if (href.empty() || href.starts_with('#') || starts_with_ignoring_case(href, "javascript:")) return;
  const auto kind = kind_of_link(page, node, href);
  if (!kind || kind == CrawlUrlKind::image) return;
  if (kind == CrawlUrlKind::page && !page.list.has_room_for_links()) return;
  const std::string_view rel = page.tree.attribute(node, "rel");
  std::string text = page.tree.text_of(position, 300);
  if (text.empty()) text = squeezed(page.tree.attribute(node, "title"), 300);
  const bool is_nofollow = page.is_nofollow || has_word(rel, "nofollow");
  Finding finding{.kind = *kind, .is_nofollow = is_nofollow, .text = text};
  if (kind == CrawlUrlKind::media || kind == CrawlUrlKind::playlist) {
    finding.video = page.list.add_video(VideoOrigin::link, {.title = text}).number;
  } else if (const auto media = media_in_query(href)) {
    Finding inner{
        .kind = kind_by_name(*media).value_or(CrawlUrlKind::media), .is_nofollow = is_nofollow, .text = text};
    inner.video = page.list.add_video(VideoOrigin::link, {.title = text}).number;
    page.list.add(*media, std::move(inner));
  }
  finding.is_pagination = is_pagination(rel, text, href);
  page.list.add(href, std::move(finding));
}

/// Markup that a script writes: document.write('<iframe src="…">').
void read_written_markup(const HtmlReading& page, std::string_view script) {
  constexpr int kMostTags = 50;
  constexpr std::size_t kLongestTag = 4000;
  int tags = 0;
  for (std::size_t at = script.find('<'); at != std::string_view::npos && tags < kMostTags;
       at = script.find('<', at + 1)) {
    const std::string_view rest = script.substr(at, kLongestTag);
    bool is_worth = false;
    for (const std::string_view tag : {"<iframe", "<video", "<source", "<embed"})
      is_worth = is_worth || starts_with_ignoring_case(rest, tag);
    if (!is_worth || rest.find('>') == std::string_view::npos) continue;
    ++tags;
    std::string markup(rest.substr(0, rest.find('>') + 1));
    std::erase(markup, '\\');
    read_html(markup, page.list, page.discovery, page.depth + 1);
  }
}

void read_script_element(const HtmlReading& page, std::size_t position) {
  const HtmlNode& node = page.tree.nodes()[position];
  const std::string_view type = page.tree.attribute(node, "type");
  const std::string text = page.tree.raw_text_of(position);
  if (contains_ignoring_case(type, "ld+json"))
    read_json_ld(text, page.list);
  else if (contains_ignoring_case(type, "json"))
    read_json_script(text, page.list);
  else if (!contains_ignoring_case(type, "template") && !contains_ignoring_case(type, "text/x-")) {
    read_script(text, page.list);
    read_assigned_state(text, page.list);
    read_written_markup(page, text);
  } else
    read_html(text, page.list, page.discovery, page.depth + 1);
}

/// Whether an attribute's name says what a list loads next: data-next-url, data-load-more, data-next-page.
bool leads_to_more(std::string_view name) {
  if (!name.starts_with("data-")) return false;
  name.remove_prefix(5);
  return name.starts_with("next") || name.find("-next") != std::string_view::npos ||
         name.find("load-more") != std::string_view::npos || name.starts_with("more-") ||
         name.find("infinite") != std::string_view::npos || name.find("pagination") != std::string_view::npos;
}

/// Handlers and options that lead to other pages without being links.
void read_other_ways(const HtmlReading& page, const HtmlNode& node) {
  const auto follow = [&](std::string_view reference, bool is_pagination = false) {
    reference = trimmed(reference);
    if (!reference.starts_with('/') && !starts_with_ignoring_case(reference, "http") &&
        !reference.starts_with('.') && !reference.starts_with('?'))
      return;
    const auto kind = kind_by_name(reference);
    if (kind == CrawlUrlKind::page || kind == CrawlUrlKind::feed)
      page.list.add(reference,
                    {.kind = *kind, .is_nofollow = page.is_nofollow, .is_pagination = is_pagination});
  };
  if (node.tag == "option") follow(page.tree.attribute(node, "value"));
  for (const std::string_view name : {"data-href", "data-link", "hx-get"})
    follow(page.tree.attribute(node, name));
  for (const HtmlAttribute& attribute : page.tree.attributes(node))
    if (leads_to_more(attribute.name)) follow(attribute.value, true);
  const std::string_view onclick = page.tree.attribute(node, "onclick");
  const std::size_t location = onclick.find("location");
  const std::size_t at = location == std::string_view::npos ? onclick.find("open(") : location;
  if (at != std::string_view::npos) {
    const std::size_t begin = onclick.find_first_of("'\"", at);
    if (begin == std::string_view::npos) return;
    const std::size_t end = onclick.find(onclick[begin], begin + 1);
    if (end != std::string_view::npos) follow(onclick.substr(begin + 1, end - begin - 1));
  }
}

/// Addresses that stand in the text itself: shortcodes that a theme left in ([video mp4="…"]), plain URLs.
void read_visible_text(const HtmlReading& page, const HtmlNode& node) {
  if (node.parent >= 0) {
    const std::string_view around = page.tree.nodes()[static_cast<std::size_t>(node.parent)].tag;
    if (around == "script" || around == "style" || around == "noscript") return;
  }
  const bool may_name = node.text.find("://") != std::string_view::npos ||
                        (node.text.find('[') != std::string_view::npos &&
                         node.text.find_first_of("'\"") != std::string_view::npos);
  if (may_name) read_script(node.text, page.list);
}

void read_body(const HtmlReading& page) {
  const auto& nodes = page.tree.nodes();
  for (std::size_t i = 0; i < nodes.size() && !page.list.is_full(); ++i) {
    const HtmlNode& node = nodes[i];
    if (node.tag.empty()) {
      read_visible_text(page, node);
      continue;
    }
    if (node.tag == "script") {
      read_script_element(page, i);
      continue;
    }
    if (node.tag == "a" || node.tag == "area") read_link(page, i);
    if (node.tag == "noscript" && node.end == static_cast<int>(i) + 2 && nodes[i + 1].tag.empty())
      read_html(nodes[i + 1].text, page.list, page.discovery, page.depth + 1);
    read_other_ways(page, node);
    read_media_element(page, i);
  }
}

}  // namespace

bool has_word(std::string_view list, std::string_view word) {
  while (!list.empty()) {
    const std::size_t end = list.find_first_of(" \t\r\n,");
    if (equal_ignoring_case(list.substr(0, end), word)) return true;
    list.remove_prefix(end == std::string_view::npos ? list.size() : end + 1);
  }
  return false;
}

void read_html(std::string_view utf8, FindingList& list, Discovery& discovery, int depth) {
  if (depth > kDeepestDocument) return;
  const auto tree = HtmlTree::parse(utf8);
  if (!tree) {
    list.add_problem("its markup is too much to parse; only addresses of media were read from it");
    read_script(utf8, list);
    return;
  }
  if (tree->is_cut()) {
    list.add_problem("too long or too tangled: only its beginning was parsed");
    read_script(utf8.substr(0, kMostScanned), list);
  }
  HtmlReading page{*tree, list, discovery, false, depth};
  const std::string outer_base = list.base();
  read_head(page);
  if (depth == 0 && !tree->nodes().empty()) discovery.text = tree->text_of(0, kMostPageText);
  read_body(page);
  read_microdata(page);
  if (depth > 0) list.set_base(outer_base);
}

void read_scrap(std::string_view html, VideoHandle video, FindingList& list) {
  const std::size_t before = list.video_count();
  Discovery ignored;
  read_html(html, list, ignored, 1);
  if (list.video_count() == before + 1) list.unite(video, {static_cast<int>(before)});
}

}  // namespace reelprint::crawler
