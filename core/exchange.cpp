#include "core/exchange.h"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace reelprint {
namespace {

bool is_same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(
      a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const auto begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

/// Calls `on_value` with the value of each header of that name until it says that it is enough.
template <typename OnValue>
void each_header(std::string_view head, std::string_view name, const OnValue& on_value) {
  while (!head.empty()) {
    const auto end = std::min(head.find('\n'), head.size());
    const std::string_view line = head.substr(0, end);
    head.remove_prefix(std::min(end + 1, head.size()));
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || !is_same_name(line.substr(0, colon), name)) continue;
    if (on_value(trimmed(line.substr(colon + 1)))) return;
  }
}

}  // namespace

std::string header_of(const std::string& head, std::string_view name) {
  std::string value;
  each_header(head, name, [&](std::string_view found) {
    value = found;
    return true;
  });
  return value;
}

std::string headers_of(const std::string& head, std::string_view name) {
  std::string values;
  each_header(head, name, [&](std::string_view found) {
    if (!values.empty()) values += ", ";
    values += found;
    return false;
  });
  return values;
}

}  // namespace reelprint
