// How lists of territories and times that may be missing lie in columns.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/term.h"
#include "store/columns.h"
#include "store/sqlite.h"

namespace reelprint::store {

/// Bound where there is no time: the statement makes it NULL.
inline constexpr std::int64_t kNoTime = std::numeric_limits<std::int64_t>::min();

[[nodiscard]] inline std::int64_t microseconds_of(const std::optional<WallTime>& time) {
  return time ? microseconds_of(*time) : kNoTime;
}

[[nodiscard]] inline std::optional<WallTime> optional_time_in(const Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return wall_time_in(row, column);
}

/// From the columns `column` and `column` + 1.
[[nodiscard]] inline Term term_in(const Statement& row, int column) {
  return {optional_time_in(row, column), optional_time_in(row, column + 1)};
}

/// "AT DE".
[[nodiscard]] std::string joined(const std::vector<std::string>& territories);
[[nodiscard]] std::vector<std::string> split(std::string_view territories);

/// The holder, tenant or id that a listing is narrowed to; zeros do not narrow.
struct Narrowing {
  TenantId tenant = {};
  HolderId holder = {};
  std::int64_t id = 0;
  std::int64_t after = 0;
  std::size_t limit = 1;
};

/// A listing: `select` with the conditions that narrow it, their parameters bound. `more` are conditions of
/// its own, whose parameters are still to be bound.
[[nodiscard]] Statement listing(Database& database, const StatementText& select, const Narrowing& narrowing,
                                std::string_view more = {});

}  // namespace reelprint::store
