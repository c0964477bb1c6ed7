#include "api/http/field.h"

#include <algorithm>

namespace reelprint::api::http {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

bool is_token(std::string_view text) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') ||
           kMarks.find(c) != std::string_view::npos;
  });
}

bool is_same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

std::vector<std::string_view> split_list(std::string_view text, char separator) {
  std::vector<std::string_view> items;
  bool in_quotes = false;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && in_quotes && text[i] == '\\') {
      ++i;
      continue;
    }
    if (i < text.size() && text[i] == '"') in_quotes = !in_quotes;
    if (i < text.size() && (in_quotes || text[i] != separator)) continue;
    const std::string_view item = trimmed(text.substr(begin, std::min(i, text.size()) - begin));
    if (!item.empty()) items.push_back(item);
    begin = i + 1;
  }
  return items;
}

bool lists(const Headers& headers, std::string_view name, std::string_view item) {
  return std::any_of(headers.all().begin(), headers.all().end(), [&](const auto& field) {
    if (!is_same_name(field.first, name)) return false;
    const auto items = split_list(field.second);
    return std::any_of(items.begin(), items.end(),
                       [&](std::string_view listed) { return is_same_name(listed, item); });
  });
}

std::string unquoted(std::string_view text) {
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::string(text);
  std::string value;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] == '\\' && i + 2 < text.size()) ++i;
    value += text[i];
  }
  return value;
}

}  // namespace reelprint::api::http
