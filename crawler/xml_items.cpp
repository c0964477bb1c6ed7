#include "crawler/xml_items.h"

#include <expat.h>

#include <algorithm>
#include <cstdint>
#include <memory>

#include "crawler/plain_text.h"

namespace reelprint::crawler {
namespace {

constexpr std::size_t kDeepest = 64;
constexpr std::size_t kMostElements = 20'000;
constexpr std::size_t kMostText = 64 * 1024;
constexpr std::size_t kMostAttributes = 64;
constexpr std::size_t kMostNamespaces = 64;

/// Our prefix for a namespace, "" for one whose names stand alone; nothing for one that we do not know.
const std::string_view* prefix_of(std::string_view uri) {
  static constexpr std::pair<std::string_view, std::string_view> kPrefixes[] = {
      {"sitemap-video", "video"},
      {"search.yahoo.com/mrss", "media"},
      {"itunes.com/dtds", "itunes"},
      {"purl.org/rss/1.0/modules/content", "content"},
      {"purl.org/dc/", "dc"},
      {"sitemap-image", "image"},
      {"sitemap-news", "news"},
      {"youtube.com/xml/schemas", "yt"},
      {"w3.org/2005/Atom", ""},
      {"purl.org/atom", ""},
      {"w3.org/1999/xhtml", "xhtml"},
      {"sitemaps.org/schemas", ""},
      {"google.com/schemas/sitemap/", ""},
      {"purl.org/rss/1.0/", ""},
      {"w3.org/1999/02/22-rdf-syntax", "rdf"},
      {"dash:schema:mpd", ""},
  };
  const auto found = std::find_if(std::begin(kPrefixes), std::end(kPrefixes), [&](const auto& known) {
    return std::search(uri.begin(), uri.end(), known.first.begin(), known.first.end(), [](char a, char b) {
             return (a >= 'A' && a <= 'Z' ? a + 32 : a) == (b >= 'A' && b <= 'Z' ? b + 32 : b);
           }) != uri.end();
  });
  return found == std::end(kPrefixes) ? nullptr : &found->second;
}

struct FreeParser {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};

class Reader {
 public:
  Reader(const std::function<bool(std::string_view)>& is_item,
         const std::function<void(const XmlElement&)>& on_item)
      : is_item_(is_item), on_item_(on_item) {}

  /// What was wrong; "" for nothing.
  std::string read(std::string_view text);
  /// The elements still open end here.
  void close_all() {
    while (!open_.empty()) end();
  }
  XmlElement take_root() { return std::move(root_); }
  [[nodiscard]] std::size_t items() const { return items_; }
  /// Hands over no item of the first so many.
  void pass(std::size_t items) { passed_ = items; }

 private:
  void start(const char* name, const char** attributes);
  void end();
  void inherit_bases(XmlElement& item) const;
  void add_text(std::string_view text);
  std::string our_name(std::string_view name) const;

  const std::function<bool(std::string_view)>& is_item_;
  const std::function<void(const XmlElement&)>& on_item_;
  XML_Parser parser_ = nullptr;
  XmlElement root_;
  std::vector<XmlElement> open_;
  std::vector<std::pair<std::string, std::string>> namespaces_;  ///< prefix, URI; the later wins
  std::vector<std::size_t> namespace_marks_;
  std::size_t too_deep_ = 0;
  std::size_t outer_elements_ = 0;
  std::size_t item_elements_ = 0;
  std::size_t items_ = 0;
  std::size_t passed_ = 0;
  bool is_in_item_ = false;
  bool has_entities_ = false;
};

std::string Reader::our_name(std::string_view name) const {
  const std::size_t colon = name.find(':');
  const std::string_view prefix =
      colon == std::string_view::npos ? std::string_view{} : name.substr(0, colon);
  const std::string_view local = colon == std::string_view::npos ? name : name.substr(colon + 1);
  const auto bound = std::find_if(namespaces_.rbegin(), namespaces_.rend(),
                                  [&](const auto& n) { return n.first == prefix; });
  const std::string_view* ours = bound == namespaces_.rend() ? nullptr : prefix_of(bound->second);
  const std::string_view shown = ours != nullptr ? *ours : prefix;
  if (shown.empty() || (ours == nullptr && (shown == "atom" || shown == "a10"))) return std::string(local);
  return std::string(shown) + ":" + std::string(local);
}

void Reader::start(const char* name, const char** attributes) {
  std::size_t& elements = is_in_item_ ? item_elements_ : outer_elements_;
  if (too_deep_ > 0 || open_.size() >= kDeepest || elements >= kMostElements) {
    ++too_deep_;
    return;
  }
  ++elements;
  namespace_marks_.push_back(namespaces_.size());
  XmlElement element;
  for (std::size_t i = 0; attributes[2 * i] != nullptr && i < kMostAttributes; ++i) {
    const std::string_view key = attributes[2 * i];
    const std::string_view value = attributes[2 * i + 1];
    if ((key == "xmlns" || key.starts_with("xmlns:")) && namespaces_.size() < kMostNamespaces)
      namespaces_.emplace_back(key.size() > 6 ? key.substr(6) : std::string_view{}, cut(value, 200));
    element.attributes.emplace_back(key, cut(value, kMostText));
  }
  element.name = our_name(name);
  if (!is_in_item_ && is_item_(element.name)) {
    is_in_item_ = true;
    --outer_elements_;
    item_elements_ = 1;
    inherit_bases(element);
    element.attributes.emplace_back("\x01item", "");
  }
  open_.push_back(std::move(element));
}

/// The xml:base of what is around an item, the outermost first, before its own.
void Reader::inherit_bases(XmlElement& item) const {
  auto place = item.attributes.begin();
  for (const XmlElement& around : open_)
    if (const std::string_view base = around.attribute("xml:base"); !base.empty())
      place = std::next(item.attributes.emplace(place, "xml:base", base));
}

void Reader::end() {
  if (too_deep_ > 0) {
    --too_deep_;
    return;
  }
  if (open_.empty()) return;
  XmlElement done = std::move(open_.back());
  open_.pop_back();
  namespaces_.resize(namespace_marks_.back());
  namespace_marks_.pop_back();
  const bool is_item = !done.attributes.empty() && done.attributes.back().first == "\x01item";
  if (is_item) {
    done.attributes.pop_back();
    is_in_item_ = false;
    if (++items_ > passed_) on_item_(done);
  } else if (open_.empty()) {
    root_ = std::move(done);
  } else {
    open_.back().children.push_back(std::move(done));
  }
}

void Reader::add_text(std::string_view text) {
  if (too_deep_ > 0 || open_.empty()) return;
  std::string& own = open_.back().text;
  if (own.size() < kMostText) own += text.substr(0, kMostText - own.size());
}

std::string Reader::read(std::string_view text) {
  const std::unique_ptr<XML_ParserStruct, FreeParser> parser(XML_ParserCreate("UTF-8"));
  if (!parser) return "no memory for the XML parser";
  parser_ = parser.get();
  XML_SetUserData(parser_, this);
  XML_SetElementHandler(
      parser_,
      [](void* self, const char* name, const char** attributes) {
        static_cast<Reader*>(self)->start(name, attributes);
      },
      [](void* self, const char*) { static_cast<Reader*>(self)->end(); });
  XML_SetCharacterDataHandler(parser_, [](void* self, const char* data, int size) {
    static_cast<Reader*>(self)->add_text({data, static_cast<std::size_t>(size)});
  });
  XML_SetEntityDeclHandler(parser_, [](void* self, const char*, int, const char*, int, const char*,
                                       const char*, const char*, const char*) {
    static_cast<Reader*>(self)->has_entities_ = true;
    XML_StopParser(static_cast<Reader*>(self)->parser_, XML_FALSE);
  });
  constexpr std::size_t kPiece = 1 << 20;
  while (!text.empty()) {
    const std::string_view piece = text.substr(0, kPiece);
    text.remove_prefix(piece.size());
    if (XML_Parse(parser_, piece.data(), static_cast<int>(piece.size()), text.empty() ? 1 : 0) ==
        XML_STATUS_OK)
      continue;
    if (has_entities_) return "it declares entities";
    return std::string("line ") + std::to_string(XML_GetCurrentLineNumber(parser_)) + ": " +
           XML_ErrorString(XML_GetErrorCode(parser_));
  }
  return {};
}

/// Whether "&name;" is one of XML's own, or a number.
bool is_xml_reference(std::string_view rest) {
  const std::size_t end = rest.substr(0, 12).find(';');
  if (end == std::string_view::npos || end < 2) return false;
  const std::string_view name = rest.substr(1, end - 1);
  if (name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "apos") return true;
  if (!name.starts_with('#') || name.size() < 2) return false;
  return name.find_first_not_of(name[1] == 'x' ? "x0123456789abcdefABCDEF" : "0123456789", 1) ==
         std::string_view::npos;
}

/// Length of a tag of HTML that nothing ends, as "<br>"; 0 when `rest` begins with anything else.
std::size_t open_void_tag(std::string_view rest) {
  const std::size_t end = rest.find_first_of("<>", 1);
  if (end == std::string_view::npos || rest[end] != '>' || rest[end - 1] == '/') return 0;
  const std::string_view name = rest.substr(1, rest.find_first_of(" \n>", 1) - 1);
  for (const std::string_view tag : {"br", "hr", "img", "wbr", "input"})
    if (equal_ignoring_case(name, tag)) return end + 1;
  return 0;
}

/// Without document type, control characters and open tags of HTML, and every '&' a reference of XML.
std::string mended(std::string_view text) {
  text = trimmed(text);
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  if (const std::size_t begin = text.substr(0, 8192).find("<!DOCTYPE"); begin != std::string_view::npos) {
    std::size_t end = text.find('>', begin);
    if (const std::size_t bracket = text.find('[', begin); bracket < end) end = text.find("]>", bracket);
    out += text.substr(0, begin);
    text.remove_prefix(end == std::string_view::npos ? text.size() : text.find('>', end) + 1);
  }
  while (!text.empty()) {
    if (text.starts_with("<![CDATA[")) {
      const std::size_t end = std::min(text.find("]]>"), text.size());
      for (const char c : text.substr(0, end))
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t' || c == '\r') out += c;
      text.remove_prefix(end);
      continue;
    }
    const char c = text.front();
    if (c == '&' && !is_xml_reference(text)) {
      const std::size_t end = text.substr(0, 12).find(';');
      const std::string plain =
          end == std::string_view::npos ? "" : without_references(text.substr(0, end + 1));
      const bool is_known = end != std::string_view::npos && plain.size() < end && !plain.starts_with('&');
      out += is_known ? plain : "&amp;";
      text.remove_prefix(is_known ? end + 1 : 1);
      continue;
    }
    if (const std::size_t length = c == '<' ? open_void_tag(text) : 0; length > 0) {
      text.remove_prefix(length);  // its attributes may be no XML either
      out += ' ';
      continue;
    }
    if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t' || c == '\r') out += c;
    text.remove_prefix(1);
  }
  return out;
}

}  // namespace

std::string_view XmlElement::attribute(std::string_view wanted) const {
  for (const auto& [key, value] : attributes)
    if (key == wanted) return value;
  return {};
}

const XmlElement* XmlElement::child(std::string_view wanted) const {
  for (const XmlElement& element : children)
    if (element.name == wanted) return &element;
  return nullptr;
}

std::string_view XmlElement::text_of(std::string_view wanted) const {
  for (const XmlElement& element : children)
    if (element.name == wanted && !trimmed(element.text).empty()) return trimmed(element.text);
  return {};
}

XmlReading read_xml(std::string_view utf8, const std::function<bool(std::string_view name)>& is_item,
                    const std::function<void(const XmlElement& item)>& on_item) {
  XmlReading reading;
  Reader first(is_item, on_item);
  reading.problem = first.read(utf8);
  if (reading.problem.empty()) {
    reading.root = first.take_root();
    return reading;
  }
  Reader second(is_item, on_item);
  second.pass(first.items());
  const std::string still = second.read(mended(utf8));
  second.close_all();
  reading.root = second.take_root();
  if (!still.empty()) reading.problem = still;
  return reading;
}

}  // namespace reelprint::crawler
