#include "crawler/text_encoding.h"

#include <iconv.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include "core/utf8.h"
#include "crawler/plain_text.h"

namespace reelprint::crawler {
namespace {

constexpr std::size_t kPrescanBytes = 4096;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

struct Close {
  void operator()(void* converter) const { iconv_close(converter); }
};
using Converter = std::unique_ptr<void, Close>;

/// The name that follows "charset=" or "encoding=".
std::string charset_after(std::string_view text, std::string_view label) {
  for (std::size_t from = 0; from < text.size();) {
    const auto at = std::search(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(), label.begin(),
                                label.end(), [](char t, char l) { return (t | 0x20) == l; });
    if (at == text.end()) return {};
    std::string_view rest(at + static_cast<std::ptrdiff_t>(label.size()), text.end());
    from = text.size() - rest.size();
    rest = trimmed(rest.substr(0, 60));
    if (!rest.starts_with('=')) continue;
    rest = trimmed(rest.substr(1));
    while (rest.starts_with('"') || rest.starts_with('\'')) rest.remove_prefix(1);
    return lower(rest.substr(0, rest.find_first_of("\"' ;>?/,\t\r\n")));
  }
  return {};
}

/// The encoding that browsers take a label for, by iconv's name (WHATWG Encoding, section 4.2); an unknown
/// label is left to iconv.
std::string iconv_name(const std::string& label) {
  static constexpr std::pair<std::string_view, std::string_view> kNames[] = {
      {"utf8", "UTF-8"},          {"unicode-1-1-utf-8", "UTF-8"},
      {"gb2312", "GB18030"},      {"gbk", "GB18030"},
      {"gb_2312-80", "GB18030"},  {"x-gbk", "GB18030"},
      {"gb18030", "GB18030"},     {"cp936", "GB18030"},
      {"big5", "BIG5-HKSCS"},     {"big5-hkscs", "BIG5-HKSCS"},
      {"x-x-big5", "BIG5-HKSCS"}, {"shift_jis", "CP932"},
      {"shift-jis", "CP932"},     {"sjis", "CP932"},
      {"x-sjis", "CP932"},        {"windows-31j", "CP932"},
      {"euc-kr", "CP949"},        {"ks_c_5601-1987", "CP949"},
      {"iso-8859-1", "CP1252"},   {"latin1", "CP1252"},
      {"ascii", "CP1252"},        {"us-ascii", "CP1252"},
      {"iso8859-1", "CP1252"},    {"utf-16", "UTF-16LE"},
      {"iso-8859-9", "CP1254"},   {"tis-620", "CP874"},
      {"iso-8859-11", "CP874"},
  };
  for (const auto& [known, name] : kNames)
    if (label == known) return std::string(name);
  return label;
}

/// A label must not steer iconv ("//IGNORE") nor name stateful encodings that hide markup.
bool is_plain_label(const std::string& label) {
  return !label.empty() && label.size() <= 24 && !label.starts_with("utf-7") &&
         !label.starts_with("iso-2022-cn") && std::all_of(label.begin(), label.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == ':';
         });
}

/// Nothing when iconv does not know an encoding, or, if `is_strict`, for the first byte that is none of it.
std::optional<std::string> convert(std::string_view bytes, const std::string& from, bool is_strict,
                                   const std::string& to_name = "UTF-8") {
  iconv_t raw = iconv_open(to_name.c_str(), from.c_str());
  if (raw == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
  const Converter converter(raw);
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 2);
  char buffer[16384];
  char* in = const_cast<char*>(bytes.data());
  std::size_t left = bytes.size();
  while (left > 0) {
    char* to = buffer;
    std::size_t room = sizeof buffer;
    const std::size_t result = iconv(raw, &in, &left, &to, &room);
    out.append(buffer, static_cast<std::size_t>(to - buffer));
    if (result != static_cast<std::size_t>(-1) || errno == E2BIG) continue;
    if (is_strict && errno == EILSEQ) return std::nullopt;
    if (errno == EINVAL || left == 0) break;
    out += kReplacement;
    ++in;
    --left;
  }
  return out;
}

std::string without_nuls(std::string text) {
  std::erase(text, '\0');
  return text;
}

/// A last character that breaks off does not count.
bool is_utf8(std::string_view bytes) {
  while (bytes.size() > 4) {
    if ((static_cast<unsigned char>(bytes.front()) & 0x80) == 0)
      bytes.remove_prefix(1);
    else if (!take_code_point(bytes))
      return false;
  }
  return true;
}

std::string as_utf8(std::string_view bytes) {
  const std::string_view tail = bytes.substr(bytes.size() - std::min<std::size_t>(bytes.size(), 8));
  if (!is_utf8(bytes)) return without_nuls(to_valid_utf8(bytes));
  // Only its end may be broken.
  std::string_view rest = tail;
  while (!rest.empty() && (static_cast<unsigned char>(rest.front()) & 0xC0) == 0x80) rest.remove_prefix(1);
  return without_nuls(std::string(bytes.substr(0, bytes.size() - rest.size())) + to_valid_utf8(rest));
}

/// Every second byte of markup in UTF-16 is zero.
std::string utf16_without_mark(std::string_view bytes) {
  if (bytes.size() < 8) return {};
  const std::string_view begin = bytes.substr(0, 8);
  std::size_t even = 0;
  std::size_t odd = 0;
  for (std::size_t i = 0; i < 8; ++i) (i % 2 == 0 ? even : odd) += begin[i] == '\0' ? 1U : 0U;
  if (odd == 4 && even == 0) return "UTF-16LE";
  return even == 4 && odd == 0 ? "UTF-16BE" : "";
}

DecodedText guessed(std::string_view bytes) {
  if (is_utf8(bytes)) return {as_utf8(bytes), ""};
  if (auto chinese = convert(bytes, "GB18030", true)) return {without_nuls(std::move(*chinese)), "GB18030"};
  // A few broken bytes do not make UTF-8 something else.
  std::string text = to_valid_utf8(bytes);
  const std::size_t bad = [&] {
    std::size_t count = 0;
    for (std::size_t at = text.find(kReplacement); at != std::string::npos;
         at = text.find(kReplacement, at + 3))
      ++count;
    return count;
  }();
  const auto high = static_cast<std::size_t>(std::count_if(
      bytes.begin(), bytes.end(), [](char c) { return (static_cast<unsigned char>(c) & 0x80) != 0; }));
  if (bad * 2 < high) return {without_nuls(std::move(text)), ""};
  return {without_nuls(convert(bytes, "CP1252", false).value_or(std::move(text))), "CP1252"};
}

}  // namespace

DecodedText decoded_text(std::string_view bytes, std::string_view content_type) {
  if (bytes.starts_with("\xEF\xBB\xBF")) return {as_utf8(bytes.substr(3)), ""};
  if (bytes.starts_with("\xFF\xFE"))
    return {without_nuls(convert(bytes.substr(2), "UTF-16LE", false).value_or("")), ""};
  if (bytes.starts_with("\xFE\xFF"))
    return {without_nuls(convert(bytes.substr(2), "UTF-16BE", false).value_or("")), ""};
  if (const std::string wide = utf16_without_mark(bytes); !wide.empty())
    return {without_nuls(convert(bytes, wide, false).value_or("")), ""};
  std::string label = charset_after(content_type, "charset");
  if (label.empty()) {
    const std::string_view begin = bytes.substr(0, kPrescanBytes);
    label = charset_after(begin, begin.starts_with("<?xml") ? "encoding" : "charset");
    if (label.empty() && begin.find("<?xml") != std::string_view::npos)
      label = charset_after(begin, "encoding");
    // What could be read as ASCII to find its own name is no UTF-16.
    if (label.starts_with("utf-16")) label = "utf-8";
  }
  if (!is_plain_label(label)) return guessed(bytes);
  const std::string name = iconv_name(label);
  if (name == "UTF-8" || name == "utf-8") return guessed(bytes);
  const auto text = convert(bytes, name, false);
  return text ? DecodedText{as_utf8(*text), name} : guessed(bytes);
}

std::string to_utf8(std::string_view bytes, std::string_view content_type) {
  return decoded_text(bytes, content_type).utf8;
}

std::optional<std::string> percent_encoded_in(const std::string& charset, std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  const auto is_ascii = [](char c) { return (static_cast<unsigned char>(c) & 0x80) == 0; };
  std::string out;
  while (!text.empty()) {
    const auto run =
        static_cast<std::size_t>(std::find_if(text.begin(), text.end(), is_ascii) - text.begin());
    if (run == 0) {
      out += text.front();
      text.remove_prefix(1);
      continue;
    }
    // A second byte may be any sign of ASCII, a backslash too: all bytes of the run are encoded.
    const auto bytes = convert(text.substr(0, run), "UTF-8", true, charset);
    if (!bytes) return std::nullopt;
    for (const char c : *bytes) {
      const auto byte = static_cast<unsigned char>(c);
      out += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    }
    text.remove_prefix(run);
  }
  return out;
}

}  // namespace reelprint::crawler
