#include "crawler/packed_script.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "crawler/plain_text.h"

namespace reelprint::crawler {
namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 20;
constexpr std::uint64_t kMostWords = 20'000;

/// The string literal that `text` begins with, its quote and what it holds taken off.
std::optional<std::string> take_literal(std::string_view& text) {
  text = trimmed(text);
  if (text.empty() || (text.front() != '\'' && text.front() != '"')) return std::nullopt;
  const char quote = text.front();
  std::string literal;
  for (std::size_t i = 1; i < text.size() && literal.size() < kMostBytes; ++i) {
    if (text[i] == quote) {
      text.remove_prefix(i + 1);
      return literal;
    }
    if (text[i] == '\\' && i + 1 < text.size()) ++i;
    literal += text[i];
  }
  return std::nullopt;
}

std::optional<std::uint64_t> take_number(std::string_view& text) {
  text = trimmed(text);
  if (text.starts_with(',')) text = trimmed(text.substr(1));
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const auto number = whole_number(text.substr(0, digits));
  text.remove_prefix(digits);
  return number;
}

/// A word's place in the list: digits 0-9, a-z, A-Z of `base`.
std::optional<std::uint64_t> place_of(std::string_view word, std::uint64_t base) {
  std::uint64_t place = 0;
  for (const char c : word) {
    const int digit = is_digit(c)            ? c - '0'
                      : c >= 'a' && c <= 'z' ? c - 'a' + 10
                      : c >= 'A' && c <= 'Z' ? c - 'A' + 36
                                             : 99;
    if (static_cast<std::uint64_t>(digit) >= base) return std::nullopt;
    place = place * base + static_cast<std::uint64_t>(digit);
    if (place > kMostWords) return std::nullopt;
  }
  return place;
}

std::string filled(std::string_view payload, std::uint64_t base, const std::vector<std::string_view>& words) {
  std::string text;
  while (!payload.empty() && text.size() < kMostBytes) {
    std::size_t end = 0;
    while (end < payload.size() && (is_digit(payload[end]) || is_letter(payload[end]) || payload[end] == '_'))
      ++end;
    const std::string_view word = payload.substr(0, end);
    const auto place = word.empty() ? std::nullopt : place_of(word, base);
    const bool is_listed = place && *place < words.size() && !words[static_cast<std::size_t>(*place)].empty();
    text += is_listed ? words[static_cast<std::size_t>(*place)] : word;
    payload.remove_prefix(end);
    if (payload.empty()) break;
    text += payload.front();
    payload.remove_prefix(1);
  }
  return text;
}

}  // namespace

std::optional<std::string> unpacked_script(std::string_view script) {
  const std::size_t call = script.find("eval(function(p,a,c,k,e,");
  const std::size_t begin = call == std::string_view::npos ? call : script.find("}(", call);
  if (begin == std::string_view::npos) return std::nullopt;
  std::string_view rest = script.substr(begin + 2);
  const auto payload = take_literal(rest);
  const auto base = payload ? take_number(rest) : std::nullopt;
  const auto count = base ? take_number(rest) : std::nullopt;
  if (!count || *base < 2 || *base > 62 || *count > kMostWords) return std::nullopt;
  rest = trimmed(rest);
  if (rest.starts_with(',')) rest.remove_prefix(1);
  const auto list = take_literal(rest);
  if (!list) return std::nullopt;
  std::vector<std::string_view> words;
  std::string_view left = *list;
  while (!left.empty() && words.size() < *count) words.push_back(take_until(left, '|'));
  return filled(*payload, *base, words);
}

}  // namespace reelprint::crawler
