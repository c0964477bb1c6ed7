#include "crawler/html_tree.h"

#include <gumbo.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <csetjmp>
#include <cstring>
#include <utility>

#include "crawler/plain_text.h"

namespace reelprint::crawler {
namespace {

constexpr std::size_t kMostText = std::size_t{16} << 20;
constexpr std::size_t kMostMemory = std::size_t{384} << 20;
constexpr std::size_t kMostNodes = 2'000'000;

bool is_unread(std::string_view tag) {
  return tag == "script" || tag == "style" || tag == "noscript" || tag == "template";
}

bool is_inline(std::string_view tag) {
  for (const std::string_view known :
       {"a", "b", "i", "em", "strong", "span", "font", "u", "small", "sup", "sub", "mark"})
    if (tag == known) return true;
  return false;
}

}  // namespace

/// Memory for one parse: gumbo checks no allocation, so that the parse is left by longjmp when there is too
/// much of it; and it frees a tree recursively, so that the tree is dropped with the arena instead.
class HtmlTree::Arena {
 public:
  [[nodiscard]] void* take(std::size_t bytes) {
    const std::size_t size_class = class_of(bytes);
    if (size_class < kClasses && free_[size_class] != nullptr)
      return std::exchange(free_[size_class], *static_cast<void**>(free_[size_class]));
    const std::size_t whole =
        kHeader + (size_class < kClasses ? std::size_t{1} << (size_class + kLeastBits) : bytes);
    char* place = bump((whole + kHeader - 1) / kHeader * kHeader);
    std::memcpy(place, &size_class, sizeof size_class);
    return place + kHeader;
  }

  void give(void* memory) {
    if (memory == nullptr) return;
    std::size_t size_class = 0;
    std::memcpy(&size_class, static_cast<char*>(memory) - kHeader, sizeof size_class);
    if (size_class >= kClasses) return;
    *static_cast<void**>(memory) = free_[size_class];
    free_[size_class] = memory;
  }

  std::jmp_buf way_out{};

 private:
  static constexpr std::size_t kHeader = 16;
  static constexpr std::size_t kLeastBits = 4;
  static constexpr std::size_t kClasses = 21;  ///< 16 bytes to 16 MiB
  static constexpr std::size_t kChunk = std::size_t{1} << 20;

  static std::size_t class_of(std::size_t bytes) {
    const auto bits = static_cast<std::size_t>(std::bit_width((bytes - (bytes > 0 ? 1 : 0)) >> kLeastBits));
    return std::min(bits, kClasses);
  }

  char* bump(std::size_t bytes) {
    if (bytes > left_) {
      const std::size_t chunk = std::max(bytes, kChunk);
      if (chunk > kMostMemory || taken_ > kMostMemory - chunk) std::longjmp(way_out, 1);
      chunks_.push_back(std::make_unique_for_overwrite<char[]>(chunk));
      taken_ += chunk;
      next_ = chunks_.back().get();
      left_ = chunk;
    }
    left_ -= bytes;
    return std::exchange(next_, next_ + bytes);
  }

  std::vector<std::unique_ptr<char[]>> chunks_;
  void* free_[kClasses] = {};
  char* next_ = nullptr;
  std::size_t left_ = 0;
  std::size_t taken_ = 0;
};

HtmlTree::HtmlTree() = default;
HtmlTree::HtmlTree(HtmlTree&&) noexcept = default;
HtmlTree& HtmlTree::operator=(HtmlTree&&) noexcept = default;
HtmlTree::~HtmlTree() = default;

std::optional<HtmlTree> HtmlTree::parse(std::string_view utf8) {
  HtmlTree tree;
  tree.is_cut_ = utf8.size() > kMostText;
  utf8 = cut(utf8, kMostText);
  // Where the whole is too much, its beginning may still say what the page is about.
  for (const std::size_t part : {1, 8, 64}) {
    if (tree.read(utf8.substr(0, utf8.size() / part))) return tree;
    tree.is_cut_ = true;
  }
  return std::nullopt;
}

bool HtmlTree::read(std::string_view utf8) {
  arena_ = std::make_unique<Arena>();
  source_ = tamed_html(utf8);
  is_put_back_.assign(source_.scripts.size(), false);
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = [](void* arena, std::size_t bytes) { return static_cast<Arena*>(arena)->take(bytes); };
  options.deallocator = [](void* arena, void* memory) { static_cast<Arena*>(arena)->give(memory); };
  options.userdata = arena_.get();
  options.max_errors = 0;
  if (setjmp(arena_->way_out) != 0) return false;  // NOLINT: only gumbo's frames are left by it
  const GumboOutput* output =
      gumbo_parse_with_options(&options, source_.markup.data(), source_.markup.size());
  flatten(output->document);
  return true;
}

std::string_view HtmlTree::put_back(std::string_view text) {
  if (!text.starts_with(kScriptMark)) return text;
  std::size_t number = 0;
  const auto end = std::from_chars(text.data() + kScriptMark.size(), text.data() + text.size(), number).ptr;
  if (end != text.data() + text.size() || number >= source_.scripts.size() || is_put_back_[number])
    return text;
  is_put_back_[number] = true;
  return source_.scripts[number];
}

const void* HtmlTree::add_node(const void* gumbo_node, int parent) {
  const GumboNode& node = *static_cast<const GumboNode*>(gumbo_node);
  HtmlNode flat{.parent = parent, .end = static_cast<int>(nodes_.size()) + 1};
  const GumboVector* children = nullptr;
  if (node.type == GUMBO_NODE_DOCUMENT) {
    flat.tag = "#document";
    children = &node.v.document.children;
  } else if (node.type == GUMBO_NODE_ELEMENT || node.type == GUMBO_NODE_TEMPLATE) {
    const GumboElement& element = node.v.element;
    flat.tag = gumbo_normalized_tagname(element.tag);
    if (flat.tag.empty()) {
      GumboStringPiece name = element.original_tag;
      gumbo_tag_from_original_text(&name);
      const std::string_view written =
          name.data == nullptr ? "unknown" : std::string_view(name.data, name.length);
      flat.tag = names_.emplace_back(lower(written.substr(0, 40)));
    }
    flat.first_attribute = static_cast<std::uint32_t>(attributes_.size());
    flat.attribute_count = element.attributes.length;
    for (unsigned i = 0; i < element.attributes.length; ++i) {
      const auto* attribute = static_cast<const GumboAttribute*>(element.attributes.data[i]);
      attributes_.push_back({attribute->name, attribute->value});
    }
    children = &element.children;
  } else {
    flat.text = put_back(node.v.text.text);
  }
  nodes_.push_back(flat);
  return children;
}

void HtmlTree::flatten(const void* gumbo_root) {
  struct Step {
    const GumboNode* node;  ///< null: `parent` ends here
    int parent;
  };
  nodes_.reserve(source_.markup.size() / 32);
  attributes_.reserve(source_.markup.size() / 64);
  std::vector<Step> steps = {{static_cast<const GumboNode*>(gumbo_root), -1}};
  while (!steps.empty()) {
    const Step step = steps.back();
    steps.pop_back();
    if (step.node == nullptr) {
      nodes_[static_cast<std::size_t>(step.parent)].end = static_cast<int>(nodes_.size());
      continue;
    }
    if (step.node->type == GUMBO_NODE_COMMENT) continue;
    if (nodes_.size() >= kMostNodes) {
      is_cut_ = true;
      continue;
    }
    const int position = static_cast<int>(nodes_.size());
    const auto* children = static_cast<const GumboVector*>(add_node(step.node, step.parent));
    if (children == nullptr || children->length == 0) continue;
    steps.push_back({nullptr, position});
    for (unsigned i = children->length; i > 0; --i)
      steps.push_back({static_cast<const GumboNode*>(children->data[i - 1]), position});
  }
}

std::span<const HtmlAttribute> HtmlTree::attributes(const HtmlNode& node) const {
  return std::span(attributes_).subspan(node.first_attribute, node.attribute_count);
}

std::string_view HtmlTree::attribute(const HtmlNode& node, std::string_view name) const {
  for (const HtmlAttribute& attribute : attributes(node))
    if (attribute.name == name) return attribute.value;
  return {};
}

bool HtmlTree::has_attribute(const HtmlNode& node, std::string_view name) const {
  const auto all = attributes(node);
  return std::any_of(all.begin(), all.end(), [&](const HtmlAttribute& a) { return a.name == name; });
}

std::string HtmlTree::text_of(std::size_t position, std::size_t most_bytes) const {
  std::string text;
  const auto end = static_cast<std::size_t>(nodes_[position].end);
  for (std::size_t i = position; i < end && text.size() < 2 * most_bytes;) {
    const HtmlNode& node = nodes_[i];
    if (is_unread(node.tag)) {
      i = static_cast<std::size_t>(node.end);
      continue;
    }
    if (node.tag.empty())
      text += node.text.substr(0, most_bytes + 4);
    else if (!is_inline(node.tag))
      text += ' ';
    ++i;
  }
  return squeezed(text, most_bytes);
}

std::string HtmlTree::raw_text_of(std::size_t position) const {
  std::string text;
  for (auto i = position; i < static_cast<std::size_t>(nodes_[position].end); ++i) text += nodes_[i].text;
  return text;
}

}  // namespace reelprint::crawler
