#include "api/log.h"

#include <algorithm>
#include <array>
#include <exception>

#include "api/http/problem.h"

namespace reelprint::api {
namespace {

constexpr std::array<std::string_view, 4> kNames = {"debug", "info", "warning", "error"};

/// Bare when it is one word of letters, digits and a few signs, else as a JSON string: no line break, no
/// forged field.
std::string shown(std::string_view value) {
  const auto is_bare = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("-_./:{}").find(c) != std::string_view::npos;
  };
  if (!value.empty() && std::ranges::all_of(value, is_bare)) return std::string(value);
  return http::json_quoted(value);
}

}  // namespace

std::string_view to_string(LogLevel level) {
  return kNames[static_cast<std::size_t>(level)];
}

std::optional<LogLevel> log_level_of(std::string_view name) {
  const auto found = std::ranges::find(kNames, name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<LogLevel>(found - kNames.begin());
}

void Log::event(LogLevel level, std::string_view name, Fields fields) noexcept {
  if (level < least_.load()) return;
  try {
    std::string line = "at=" + to_rfc3339(clock_.now()) + " level=" + std::string(to_string(level)) +
                       " event=" + shown(name);
    for (const auto& [field, value] : fields) line += " " + std::string(field) + "=" + shown(value);
    line += '\n';
    const std::lock_guard lock(mutex_);
    write_(line);
  } catch (const std::exception&) {
    return;  // there is nobody left to tell
  }
}

}  // namespace reelprint::api
