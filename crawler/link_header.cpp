// What a page's HTTP headers lead to: Link (RFC 8288) and Refresh, which browsers heed as they do <meta>.
#include <algorithm>
#include <string>

#include "crawler/document_readers.h"
#include "crawler/html_readers.h"
#include "crawler/plain_text.h"

namespace reelprint::crawler {
namespace {

constexpr int kMostLinks = 100;

/// The end of what begins at `text`: the first `stop` outside of "…" and <…>.
std::size_t end_of(std::string_view text, char stop) {
  bool is_quoted = false;
  bool is_address = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"' && !is_address) is_quoted = !is_quoted;
    if (!is_quoted && c == '<') is_address = true;
    if (!is_quoted && c == '>') is_address = false;
    if (c == stop && !is_quoted && !is_address) return i;
  }
  return text.size();
}

std::string_view take_part(std::string_view& text, char stop) {
  const std::size_t end = end_of(text, stop);
  const std::string_view part = trimmed(text.substr(0, end));
  text.remove_prefix(std::min(text.size(), end + 1));
  return part;
}

std::string_view unquoted(std::string_view value) {
  value = trimmed(value);
  if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
    return value.substr(1, value.size() - 2);
  return value;
}

}  // namespace

void read_link_header(std::string_view header, FindingList& list) {
  for (int i = 0; i < kMostLinks && !header.empty(); ++i) {
    std::string_view parts = take_part(header, ',');
    const std::string_view address = take_part(parts, ';');
    if (address.size() < 2 || address.front() != '<' || address.back() != '>') continue;
    PageLink link;
    link.href = trimmed(address.substr(1, address.size() - 2));
    while (!parts.empty()) {
      const std::string_view parameter = take_part(parts, ';');
      const std::size_t equals = std::min(parameter.find('='), parameter.size());
      const std::string_view name = trimmed(parameter.substr(0, equals));
      const std::string_view value = unquoted(parameter.substr(std::min(equals + 1, parameter.size())));
      if (equal_ignoring_case(name, "rel") && link.rel.empty()) link.rel = value;
      if (equal_ignoring_case(name, "type")) link.type = lower(value);
    }
    read_page_link(link, false, list);
  }
}

}  // namespace reelprint::crawler
