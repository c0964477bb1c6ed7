// What the service says of itself: one line an event, as logfmt has it.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/clock.h"

namespace reelprint::api {

enum class LogLevel : std::uint8_t { debug, info, warning, error };

[[nodiscard]] std::string_view to_string(LogLevel level);
[[nodiscard]] std::optional<LogLevel> log_level_of(std::string_view name);

/// `at=2026-11-20T09:30:00Z level=info event=request id=… status=200`. Thread-safe. Who writes an event puts
/// no token, key, account or file name of a user into it: ids and counts.
class Log {
 public:
  using Write = std::function<void(std::string_view line)>;  ///< with its line break; one call at a time
  using Fields = std::initializer_list<std::pair<std::string_view, std::string>>;

  Log(const Clock& clock, LogLevel least, Write write)
      : clock_(clock), least_(least), write_(std::move(write)) {}

  void set_level(LogLevel least) { least_ = least; }
  /// Never throws: what cannot be written is lost.
  void event(LogLevel level, std::string_view name, Fields fields = {}) noexcept;

 private:
  const Clock& clock_;
  std::atomic<LogLevel> least_;
  std::mutex mutex_;  // guards write_
  Write write_;
};

}  // namespace reelprint::api
