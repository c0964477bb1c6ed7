#include "crawler/loose_json.h"

#include <boost/json/stream_parser.hpp>
#include <boost/system/error_code.hpp>

#include "crawler/plain_text.h"

namespace reelprint::crawler {
namespace {

constexpr std::size_t kMostBytes = std::size_t{8} << 20;
constexpr std::size_t kDeepest = 200;
constexpr int kDeepestText = 4;
constexpr std::size_t kMostAddresses = 50;

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$';
}

/// JavaScript's values that JSON does not know, outside of strings, as null: programs print their state so.
void replace_undefined(std::string& text) {
  bool is_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_string) {
      if (text[i] == '\\')
        ++i;
      else
        is_string = text[i] != '"';
      continue;
    }
    is_string = text[i] == '"';
    if (i > 0 && is_word(text[i - 1])) continue;
    for (const std::string_view word : {"undefined", "void 0", "NaN", "-Infinity", "Infinity"}) {
      if (text.compare(i, word.size(), word) != 0) continue;
      if (i + word.size() < text.size() && is_word(text[i + word.size()])) continue;
      // "NaN" is shorter than "null"; any number does for it.
      text.replace(i, word.size(), word.size() < 4 ? "0  " : "null" + std::string(word.size() - 4, ' '));
      break;
    }
  }
}

/// From the first bracket on, control characters within strings blanks.
std::string bared(std::string_view text) {
  const std::size_t begin = text.find_first_of("{[");
  if (begin == std::string_view::npos) return {};
  // "//<![CDATA[" holds brackets of its own.
  const std::size_t cdata = text.find("CDATA[");
  const std::size_t from =
      cdata != std::string_view::npos && cdata < begin + 16 ? text.find_first_of("{[", cdata + 6) : begin;
  if (from == std::string_view::npos) return {};
  std::string bare(text.substr(from));
  for (char& c : bare)
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  replace_undefined(bare);
  return bare;
}

}  // namespace

std::optional<boost::json::value> parse_loosely(std::string_view text, boost::json::storage_ptr storage) {
  if (text.size() > kMostBytes) return std::nullopt;
  const std::string bare = bared(text);
  if (bare.empty()) return std::nullopt;
  boost::json::parse_options options;
  options.allow_trailing_commas = true;
  options.allow_invalid_utf8 = true;
  options.max_depth = kDeepest;
  boost::json::stream_parser parser(storage, options);
  boost::system::error_code error;
  parser.write_some(bare.data(), bare.size(), error);
  if (error || !parser.done()) return std::nullopt;
  return parser.release();
}

const boost::json::value* member_of(const boost::json::value& value, std::string_view name) {
  const auto* object = value.if_object();
  return object == nullptr ? nullptr : object->if_contains(name);
}

std::string text_of(const boost::json::value* value, int depth) {
  if (value == nullptr || depth > kDeepestText) return {};
  if (const auto* text = value->if_string()) return std::string(text->c_str(), text->size());
  if (const auto* number = value->if_int64()) return std::to_string(*number);
  if (const auto* number = value->if_uint64()) return std::to_string(*number);
  if (const auto* number = value->if_double()) return std::to_string(*number);
  if (const auto* array = value->if_array())
    return array->empty() ? std::string{} : text_of(&array->front(), depth + 1);
  for (const std::string_view name : {"name", "@value", "url", "@id"})
    if (const auto* member = member_of(*value, name)) return text_of(member, depth + 1);
  return {};
}

std::vector<std::string> addresses_of(const boost::json::value* value) {
  std::vector<std::string> addresses;
  std::vector<const boost::json::value*> open = {value};
  while (!open.empty() && addresses.size() < kMostAddresses) {
    const boost::json::value* next = open.back();
    open.pop_back();
    if (next == nullptr) continue;
    if (const auto* text = next->if_string()) {
      const std::string_view name(text->data(), text->size());
      if (name.starts_with('#') || name.starts_with("_:")) continue;  // of a node of the document
      addresses.emplace_back(trimmed({text->c_str(), text->size()}));
    } else if (const auto* array = next->if_array()) {
      for (std::size_t i = std::min(array->size(), kMostAddresses); i > 0; --i)
        open.push_back(&(*array)[i - 1]);
    } else {
      for (const std::string_view name : {"@id", "url", "contentUrl"})
        if (const auto* member = member_of(*next, name); member != nullptr && open.size() < kMostAddresses)
          open.push_back(member);
    }
  }
  return addresses;
}

}  // namespace reelprint::crawler
