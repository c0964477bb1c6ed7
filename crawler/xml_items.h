// XML that others wrote, read item by item, so that a long list never is in memory whole.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace reelprint::crawler {

/// Names are "local" in a default or unknown namespace without a prefix, else "prefix:local", where a
/// namespace that we know by its URI has its usual prefix whatever the document calls it: video, media,
/// itunes, content, dc, atom, xhtml, image. Atom's, RSS 1.0's, the sitemaps' and DASH's own have none.
struct XmlElement {
  std::string name{};
  std::vector<std::pair<std::string, std::string>> attributes{};
  std::string text{};  ///< its own and its CDATA's, in one, up to 64 KiB; markup within is left out
  std::vector<XmlElement> children{};

  /// The value, or "".
  [[nodiscard]] std::string_view attribute(std::string_view wanted) const;
  /// The first child of that name.
  [[nodiscard]] const XmlElement* child(std::string_view wanted) const;
  /// Trimmed text of the first child of that name that has any; "".
  [[nodiscard]] std::string_view text_of(std::string_view wanted) const;
};

struct XmlReading {
  XmlElement root{};      ///< without the items
  std::string problem{};  ///< "" when it was well-formed
};

/// Calls `on_item` for each element whose name `is_item` says yes to, as it ends (or as the document breaks
/// off in it); items do not nest. Entities are not expanded, nothing external is read. What is not
/// well-formed is mended where that is usual (bare '&', HTML's entities, "<br>" that nothing ends, blanks in
/// front, stray control characters) and read up to where it is broken. Elements deeper than 64 are passed
/// over, and an item's beyond 20,000.
[[nodiscard]] XmlReading read_xml(std::string_view utf8,
                                  const std::function<bool(std::string_view name)>& is_item,
                                  const std::function<void(const XmlElement& item)>& on_item);

}  // namespace reelprint::crawler
