#include "crawler/address_list.h"

#include <algorithm>

#include "crawler/plain_text.h"

namespace reelprint::crawler {
namespace {

constexpr std::string_view kSeparators = "$#,|;]";

/// Whether an address of a list begins behind the separator at `at`. A label in brackets may stand before a
/// path; the other separators occur in addresses themselves, and must be followed by a scheme.
bool begins_behind(std::string_view text, std::size_t at) {
  if (kSeparators.find(text[at]) == std::string_view::npos) return false;
  const std::string_view rest = text.substr(at + 1);
  for (const std::string_view scheme : {"http://", "https://", "http:\\/\\/", "https:\\/\\/"})
    if (starts_with_ignoring_case(rest, scheme)) return true;
  return text[at] == ']' && (rest.starts_with('/') || rest.starts_with("\\/"));
}

}  // namespace

std::string_view listed_address(std::string_view text, std::size_t at) {
  at = std::min(at, text.size());
  std::size_t begin = 0;
  for (std::size_t i = at; i > 0 && begin == 0; --i)
    if (begins_behind(text, i - 1)) begin = i;
  std::size_t next = at;
  while (next < text.size() && !begins_behind(text, next)) ++next;
  // What stands between two addresses is the label of the second.
  const std::size_t end = next < text.size() ? text.find_first_of("$#,|;", at) : text.size();
  return text.substr(begin, std::min(end, text.size()) - begin);
}

}  // namespace reelprint::crawler
