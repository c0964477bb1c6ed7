// An HTML page as browsers parse it, flat, in the document's order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace reelprint::crawler {

struct HtmlAttribute {
  std::string_view name{};  ///< in lower case
  std::string_view value{};
};

/// An element, or a piece of text (then `tag` is empty).
struct HtmlNode {
  std::string_view tag{};   ///< in lower case
  std::string_view text{};  ///< of a piece of text
  int parent = -1;
  int end = 0;  ///< one past its last descendant: [position + 1, end) is what it holds
  std::uint32_t first_attribute = 0;
  std::uint32_t attribute_count = 0;
};

/// Markup that is harmless for a parser, and what was taken from it to be put back later.
struct TamedHtml {
  std::string markup{};
  std::deque<std::string> scripts{};  ///< in their place there is kScriptMark and their number
};
inline constexpr std::string_view kScriptMark = "reelprint-script-";

/// The same markup made harmless for a parser whose time grows with depth and with attributes, and that reads
/// byte by byte: beyond 2,000 open elements tags that lead nowhere become blanks, beyond 5,000 all but 5,000
/// and those without content; what follows a tag's 500th attribute goes, and so does what makes it longer
/// than 1 MiB; long scripts are set aside, long style sheets go.
[[nodiscard]] TamedHtml tamed_html(std::string_view html);

/// Owns all that its nodes point into.
class HtmlTree {
 public:
  /// Parses by HTML5 (gumbo), scripts off. Bounded: at most 16 MiB of text are read, elements nested deeper
  /// than some thousands are flattened, a page that would take more than 384 MiB is cut. Nothing when even
  /// its beginning is too much.
  [[nodiscard]] static std::optional<HtmlTree> parse(std::string_view utf8);
  HtmlTree(HtmlTree&&) noexcept;
  HtmlTree& operator=(HtmlTree&&) noexcept;
  ~HtmlTree();

  [[nodiscard]] const std::vector<HtmlNode>& nodes() const { return nodes_; }
  [[nodiscard]] std::span<const HtmlAttribute> attributes(const HtmlNode& node) const;
  /// The value, or ""; `name` in lower case.
  [[nodiscard]] std::string_view attribute(const HtmlNode& node, std::string_view name) const;
  [[nodiscard]] bool has_attribute(const HtmlNode& node, std::string_view name) const;
  /// What a person reads in it, scripts and styles left out, squeezed to `most_bytes`.
  [[nodiscard]] std::string text_of(std::size_t position, std::size_t most_bytes) const;
  /// The text as it stands: of <script>, <title>.
  [[nodiscard]] std::string raw_text_of(std::size_t position) const;
  /// Not all of the document was read.
  [[nodiscard]] bool is_cut() const { return is_cut_; }

 private:
  class Arena;
  HtmlTree();
  [[nodiscard]] bool read(std::string_view utf8);
  void flatten(const void* gumbo_root);
  /// The script that a text stands for, once; else the text.
  [[nodiscard]] std::string_view put_back(std::string_view text);
  /// Gives its GumboVector of children, or null.
  const void* add_node(const void* gumbo_node, int parent);

  std::unique_ptr<Arena> arena_;
  TamedHtml source_;
  std::vector<bool> is_put_back_;  ///< of each script: else a page could have one read any number of times
  std::vector<HtmlNode> nodes_;
  std::vector<HtmlAttribute> attributes_;
  std::deque<std::string> names_;  ///< lowered tags that HTML does not know
  bool is_cut_ = false;
};

}  // namespace reelprint::crawler
