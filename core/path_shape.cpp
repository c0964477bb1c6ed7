#include "core/path_shape.h"

#include <algorithm>

namespace reelprint {
namespace {

constexpr std::size_t kMostSegments = 4;
constexpr std::size_t kMostWordBytes = 16;
constexpr std::size_t kMostBytes = 100;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Runs of digits become one "#".
std::string shape_of_segment(std::string_view segment) {
  if (segment.size() > kMostWordBytes) return "*";
  std::string shape;
  for (const char c : segment) {
    if (is_digit(c)) {
      if (!shape.ends_with('#')) shape += '#';
    } else if (is_letter(c) || c == '.') {
      shape += c;
    } else if ((c == '-' || c == '_') && !shape.empty()) {
      shape += c;
    } else {
      return "*";
    }
  }
  return std::ranges::count_if(shape, [](char c) { return c == '-' || c == '_' || c == '#'; }) > 2 ? "*"
                                                                                                   : shape;
}

std::string shape_of_path(std::string_view path) {
  std::string shape;
  for (std::size_t count = 0; !path.empty(); ++count) {
    if (count == kMostSegments) return shape + "/...";
    path.remove_prefix(1);
    const std::size_t end = std::min(path.find('/'), path.size());
    shape += '/';
    shape += shape_of_segment(path.substr(0, end));
    path.remove_prefix(end);
  }
  return shape;
}

}  // namespace

std::string path_shape(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  url.remove_prefix(std::min(url.find_first_of("/?"), url.size()));
  const std::size_t question = std::min(url.find('?'), url.size());
  std::string shape = shape_of_path(url.substr(0, question));
  std::string_view query = url.substr(question);
  char mark = '?';
  while (!query.empty() && shape.size() < kMostBytes) {
    query.remove_prefix(1);
    const std::string_view parameter = query.substr(0, query.find('&'));
    shape += mark;
    shape += shape_of_segment(parameter.substr(0, parameter.find('=')));
    query.remove_prefix(parameter.size());
    mark = '&';
  }
  shape.resize(std::min(shape.size(), kMostBytes));
  return shape;
}

}  // namespace reelprint
