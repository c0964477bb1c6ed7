#include "api/http/target.h"

#include <algorithm>
#include <optional>

#include "api/http/message.h"
#include "core/utf8.h"

namespace reelprint::api::http {
namespace {

constexpr std::size_t kMostParameters = 100;

[[noreturn]] void refuse(std::string reason) {
  throw Problem(400, "malformed-target", "The request's target is malformed", std::move(reason));
}

std::optional<unsigned> digit_of(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
  return std::nullopt;
}

enum class Part { path, query };

/// The byte that the two digits after a '%' stand for.
char byte_at(std::string_view text, std::size_t percent, Part part) {
  if (text.size() < percent + 3) refuse("a percent sign is not followed by two hexadecimal digits");
  const auto high = digit_of(text[percent + 1]);
  const auto low = digit_of(text[percent + 2]);
  if (!high || !low) refuse("a percent sign is not followed by two hexadecimal digits");
  const char byte = static_cast<char>(*high * 16 + *low);
  if (byte == '/' && part == Part::path) refuse("a slash in the path is encoded");
  return byte;
}

std::string decoded(std::string_view text, Part part) {
  std::string bytes;
  bytes.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      bytes += byte_at(text, i, part);
      i += 2;
    } else {
      bytes += text[i] == '+' && part == Part::query ? ' ' : text[i];
    }
  }
  if (part == Part::path && !is_printable_utf8(bytes))
    refuse("the path is no UTF-8 without control characters");
  if (part == Part::query && !is_printable_utf8(bytes))
    refuse("the query is no UTF-8 without control characters");
  return bytes;
}

std::string decoded_path(std::string_view raw) {
  if (!raw.starts_with('/')) refuse("the path does not begin with a slash");
  std::string path = decoded(raw, Part::path);
  std::string_view rest(path);
  while (!rest.empty()) {
    rest.remove_prefix(1);
    const std::size_t end = std::min(rest.find('/'), rest.size());
    const std::string_view segment = rest.substr(0, end);
    if (segment == "." || segment == "..") refuse("the path has a dot segment");
    rest.remove_prefix(end);
  }
  return path;
}

std::vector<std::pair<std::string, std::string>> decoded_query(std::string_view raw) {
  std::vector<std::pair<std::string, std::string>> query;
  while (!raw.empty()) {
    const std::size_t end = std::min(raw.find('&'), raw.size());
    const std::string_view pair = raw.substr(0, end);
    raw.remove_prefix(std::min(end + 1, raw.size()));
    if (pair.empty()) continue;
    if (query.size() == kMostParameters) refuse("the query has too many parameters");
    const std::size_t equals = std::min(pair.find('='), pair.size());
    query.emplace_back(decoded(pair.substr(0, equals), Part::query),
                       decoded(pair.substr(std::min(equals + 1, pair.size())), Part::query));
  }
  return query;
}

/// Without "http://host"; what that says is not used.
std::string_view without_authority(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!target.starts_with(scheme)) continue;
    target.remove_prefix(scheme.size());
    const std::size_t end = target.find_first_of("/?");
    if (end == std::string_view::npos || target[end] != '/') return "/";
    return target.substr(end);
  }
  return target;
}

}  // namespace

Target parse_target(std::string_view target) {
  target = without_authority(target);
  if (target.find('#') != std::string_view::npos) refuse("there is a fragment");
  const std::size_t mark = std::min(target.find('?'), target.size());
  return {decoded_path(target.substr(0, mark)),
          decoded_query(target.substr(std::min(mark + 1, target.size())))};
}

}  // namespace reelprint::api::http
