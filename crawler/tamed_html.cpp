// Takes from markup what makes parsers slow: depth without end, attributes without number.
#include <algorithm>
#include <utility>

#include "crawler/html_tree.h"
#include "crawler/plain_text.h"

namespace reelprint::crawler {
namespace {

constexpr std::size_t kDeep = 2'000;
constexpr std::size_t kTooDeep = 5'000;
constexpr std::size_t kMostKeptTooDeep = 5'000;
constexpr std::size_t kMostAttributes = 500;
constexpr std::size_t kLongestTag = std::size_t{1} << 20;
constexpr std::size_t kLongRaw = 200;  ///< of a script or style sheet: not worth the parser's time

constexpr std::string_view kVoid[] = {"br",   "img", "hr",    "input", "link",  "meta", "source",  "area",
                                      "base", "col", "embed", "param", "track", "wbr",  "!doctype"};
/// Closed by their like, so that a page may leave them open any number of times.
constexpr std::string_view kSelfClosing[] = {"p",  "li", "td",    "tr",    "th", "option",
                                             "dd", "dt", "tbody", "thead", "a"};
constexpr std::string_view kLeading[] = {"a",     "video", "audio",    "iframe",   "object",  "script",
                                         "style", "title", "noscript", "textarea", "template"};
constexpr std::string_view kRaw[] = {"script", "style",  "textarea", "title",
                                     "xmp",    "iframe", "noembed",  "noframes"};

template <typename List>
bool has(const List& list, std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

struct Tag {
  std::string name{};
  bool is_closing = false;
  std::size_t end = 0;   ///< one past '>'
  std::size_t kept = 0;  ///< one past the last attribute that stays
};

/// `at` is behind '<' and, of a closing tag, '/'.
Tag read_tag(std::string_view html, std::size_t at, bool is_closing) {
  Tag tag{.is_closing = is_closing};
  const std::size_t begin = at;
  while (at < html.size() && html.substr(at, 1).find_first_of(" \t\r\n\f/>") == std::string_view::npos) ++at;
  tag.name = lower(html.substr(begin, std::min<std::size_t>(at - begin, 40)));
  std::size_t whole = at;  // one past the last attribute that is not too long
  std::size_t attributes = 0;
  char quote = '\0';
  bool is_blank = false;
  for (; at < html.size(); ++at) {
    const char c = html[at];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
      continue;
    }
    if (c == '>') break;
    const bool was_blank =
        std::exchange(is_blank, c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '/' || c == '\f');
    if (was_blank && !is_blank) {
      if (++attributes == kMostAttributes) tag.kept = at;
      if (at - begin < kLongestTag) whole = at;
    }
    if ((c == '"' || c == '\'') && at > 0 && (html[at - 1] == '=' || was_blank)) quote = c;
  }
  tag.end = std::min(at + 1, html.size());
  if (tag.kept == 0) tag.kept = tag.end;
  if (tag.kept - begin > kLongestTag) tag.kept = whole;
  return tag;
}

/// One past the end of what begins at `at` and is no markup until "</name".
std::size_t end_of_raw(std::string_view html, std::size_t at, const std::string& name) {
  for (;;) {
    at = html.find("</", at);
    if (at == std::string_view::npos) return html.size();
    if (starts_with_ignoring_case(html.substr(at + 2), name)) return at;
    at += 2;
  }
}

/// Whether what ends at `end` is all that a parser takes for it: it is followed by its end tag, and holds no
/// comment, in which an end tag would be none.
bool is_plain_raw(std::string_view html, std::size_t begin, std::size_t end, std::string_view name) {
  const std::size_t after = end + 2 + name.size();
  return after < html.size() && std::string_view(" \t\r\n\f/>").find(html[after]) != std::string_view::npos &&
         html.substr(begin, end - begin).find("<!--") == std::string_view::npos;
}

class Tamer {
 public:
  explicit Tamer(std::string_view html) : html_(html) {}

  TamedHtml run() {
    while (at_ < html_.size()) {
      const std::size_t open = std::min(html_.find('<', at_), html_.size());
      out_ += html_.substr(at_, open - at_);
      at_ = open;
      if (at_ < html_.size()) read_markup();
    }
    return {std::move(out_), std::move(scripts_)};
  }

 private:
  void copy_to(std::size_t end) {
    out_ += html_.substr(at_, end - at_);
    at_ = end;
  }

  void read_markup() {
    const std::string_view rest = html_.substr(at_);
    if (rest.starts_with("<!--")) {
      const std::size_t end = html_.find("-->", at_ + 2);
      return copy_to(end == std::string_view::npos ? html_.size() : end + 3);
    }
    const bool is_closing = rest.starts_with("</");
    const std::size_t name = is_closing ? 2 : 1;
    if (rest.size() <= name || !is_letter(rest[name])) return copy_to(at_ + 1);
    const Tag tag = read_tag(html_, at_ + name, is_closing);
    if (is_closing)
      depth_ -= depth_ > 0 && !has(kSelfClosing, tag.name) ? 1 : 0;
    else if (!has(kVoid, tag.name) && !has(kSelfClosing, tag.name))
      ++depth_;
    const bool is_dropped = !stays(tag);
    if (is_dropped) {
      out_ += ' ';
    } else {
      out_ += html_.substr(at_, tag.kept - at_);
      if (tag.kept < tag.end) out_ += '>';
    }
    at_ = tag.end;
    if (!is_closing && has(kRaw, tag.name) && !is_dropped) read_raw(tag.name, html_[tag.end - 2] == '/');
  }

  void read_raw(const std::string& name, bool is_empty_elsewhere) {
    const std::size_t end = end_of_raw(html_, at_, name);
    const bool is_aside = (name == "script" || name == "style") && end - at_ > kLongRaw &&
                          !is_empty_elsewhere && is_plain_raw(html_, at_, end, name);
    if (!is_aside) return copy_to(end);
    if (name == "script") {
      out_ += kScriptMark;
      out_ += std::to_string(scripts_.size());
      scripts_.emplace_back(html_.substr(at_, end - at_));
    }
    at_ = end;
  }

  /// What is its own end may stand at any depth; of what leads somewhere, some more than of the rest.
  bool stays(const Tag& tag) {
    if (depth_ <= kDeep || has(kVoid, tag.name) || has(kRaw, tag.name)) return true;
    if (!has(kLeading, tag.name)) return false;
    return depth_ <= kTooDeep || tag.is_closing || ++kept_too_deep_ <= kMostKeptTooDeep;
  }

  std::string_view html_;
  std::string out_;
  std::deque<std::string> scripts_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  std::size_t kept_too_deep_ = 0;
};

}  // namespace

TamedHtml tamed_html(std::string_view html) {
  return Tamer(html).run();
}

}  // namespace reelprint::crawler
