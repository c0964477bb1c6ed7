#include "crawler/plain_text.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>

#include "core/utf8.h"

namespace reelprint::crawler {
namespace {

constexpr std::size_t kLongestReference = 10;

constexpr std::pair<std::string_view, char32_t> kReferences[] = {
    {"amp", U'&'},        {"lt", U'<'},         {"gt", U'>'},          {"quot", U'"'},
    {"apos", U'\''},      {"nbsp", U'\u00A0'},  {"hellip", U'\u2026'}, {"mdash", U'\u2014'},
    {"ndash", U'\u2013'}, {"laquo", U'\u00AB'}, {"raquo", U'\u00BB'},  {"middot", U'\u00B7'},
    {"rsquo", U'\u2019'}, {"lsquo", U'\u2018'}, {"ldquo", U'\u201C'},  {"rdquo", U'\u201D'},
    {"copy", U'\u00A9'},
};

bool is_blank(char32_t c) {
  return is_control(c) || c == U' ' || c == U'\u00A0' || c == U'\u3000' || c == U'\u200B' || c == U'\uFEFF';
}

int base64_value(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  return c == '/' || c == '_' ? 63 : -1;
}

/// What "&name;" stands for, without '&' and ';'.
std::optional<char32_t> character_of(std::string_view name) {
  if (name.starts_with('#')) {
    const bool is_hex = name.size() > 1 && lower(name[1]) == 'x';
    const std::string_view digits = name.substr(is_hex ? 2 : 1);
    std::uint32_t code = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), code, is_hex ? 16 : 10);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return static_cast<char32_t>(code);
  }
  for (const auto& [known, code] : kReferences)
    if (known == name) return code;
  return std::nullopt;
}

}  // namespace

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() && starts_with_ignoring_case(a, b);
}

bool starts_with_ignoring_case(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && std::equal(prefix.begin(), prefix.end(), text.begin(),
                                                    [](char p, char t) { return lower(p) == lower(t); });
}

bool contains_ignoring_case(std::string_view text, std::string_view word) {
  return std::search(text.begin(), text.end(), word.begin(), word.end(),
                     [](char t, char w) { return lower(t) == w; }) != text.end();
}

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return static_cast<unsigned char>(c) <= 0x20; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

std::string_view cut(std::string_view text, std::size_t most_bytes) {
  if (text.size() <= most_bytes) return text;
  std::size_t end = most_bytes;
  while (end > 0 && most_bytes - end < 4 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

std::string squeezed(std::string_view text, std::size_t most_bytes) {
  std::string out;
  bool is_pending = false;
  while (!text.empty() && out.size() < most_bytes) {
    const std::string_view before = text;
    const auto code = take_code_point(text);
    if (code && is_blank(*code)) {
      is_pending = !out.empty();
      continue;
    }
    if (is_pending) out += ' ';
    is_pending = false;
    if (code)
      out += before.substr(0, before.size() - text.size());
    else
      out += "\xEF\xBF\xBD";
  }
  return std::string(trimmed(cut(out, most_bytes)));
}

std::optional<std::string> base64_decoded(std::string_view text, std::size_t most_bytes) {
  while (text.ends_with('=')) text.remove_suffix(1);
  if (text.empty() || text.size() % 4 == 1 || text.size() / 4 > most_bytes / 3) return std::nullopt;
  std::string out;
  out.reserve(text.size() / 4 * 3 + 2);
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    const int value = base64_value(c);
    if (value < 0) return std::nullopt;
    bits = (bits << 6 | static_cast<std::uint32_t>(value)) & 0xFFFFFF;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out += static_cast<char>(bits >> held & 0xFF);
  }
  return out;
}

void append_utf8(std::string& text, char32_t code) {
  if (code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) code = 0xFFFD;
  const auto add = [&](char32_t byte) { text += static_cast<char>(byte); };
  if (code < 0x80) return add(code);
  if (code < 0x800) {
    add(0xC0 | code >> 6);
  } else {
    if (code < 0x10000) {
      add(0xE0 | code >> 12);
    } else {
      add(0xF0 | code >> 18);
      add(0x80 | (code >> 12 & 0x3F));
    }
    add(0x80 | (code >> 6 & 0x3F));
  }
  add(0x80 | (code & 0x3F));
}

std::string without_references(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t end = text[i] == '&' ? text.substr(i, kLongestReference + 2).find(';') : 0;
    const auto code = end != 0 && end != std::string_view::npos ? character_of(text.substr(i + 1, end - 1))
                                                                : std::optional<char32_t>{};
    if (!code) {
      out += text[i];
      continue;
    }
    append_utf8(out, *code);
    i += end;
  }
  return out;
}

std::string without_markup(std::string_view html, std::size_t most_bytes) {
  std::string text;
  while (!html.empty() && text.size() < 4 * most_bytes) {
    text += take_until(html, '<');
    text += ' ';
    const std::size_t end = html.find('>');
    html.remove_prefix(end == std::string_view::npos ? html.size() : end + 1);
  }
  return squeezed(without_references(text), most_bytes);
}

std::optional<std::uint64_t> whole_number(std::string_view digits) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

std::string_view take_until(std::string_view& text, char separator) {
  const std::size_t at = text.find(separator);
  const std::string_view piece = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
  return piece;
}

}  // namespace reelprint::crawler
