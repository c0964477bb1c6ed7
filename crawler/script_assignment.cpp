#include "crawler/script_assignment.h"

#include "crawler/plain_text.h"

namespace reelprint::crawler {

std::optional<Assignment> assignment_at(std::string_view text, std::size_t sign) {
  std::size_t begin = sign + 1;
  while (begin < text.size() && begin - sign < 8 && static_cast<unsigned char>(text[begin]) <= 0x20) ++begin;
  std::size_t backslashes = 0;
  while (begin < text.size() && text[begin] == '\\') ++begin, ++backslashes;
  if (begin >= text.size()) return std::nullopt;
  const char quote = text[begin];
  if (quote != '"' && quote != '\'' && quote != '`') return std::nullopt;
  std::size_t end = begin + 1;
  while (end < text.size() && end - begin < kLongestValue && text[end] != quote && text[end] != '\n') ++end;
  if (end >= text.size() || text[end] != quote) return std::nullopt;
  std::size_t key_end = sign;
  const auto is_word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '$' || c == '-';
  };
  while (key_end > 0 && sign - key_end < 8 && !is_word(text[key_end - 1])) --key_end;
  std::size_t key = key_end;
  while (key > 0 && key_end - key < 40 && is_word(text[key - 1])) --key;
  std::string_view value = text.substr(begin + 1, end - begin - 1);
  while (value.ends_with('\\')) value.remove_suffix(1);
  return Assignment{lower(text.substr(key, key_end - key)), std::string(value)};
}

}  // namespace reelprint::crawler
