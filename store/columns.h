// How the nouns of core/ lie in columns.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/catalog.h"
#include "core/clock.h"
#include "core/fingerprint.h"
#include "core/principal.h"
#include "core/sha256.h"
#include "core/time.h"
#include "store/sqlite.h"

namespace reelprint::store {

[[nodiscard]] inline std::span<const std::byte> bytes_of(const Sha256& digest) {
  return std::as_bytes(std::span(digest.bytes));
}

/// Throws Error{corrupt} unless the column holds 32 bytes.
[[nodiscard]] inline Sha256 sha256_in(const Statement& row, int column) {
  const auto bytes = row.blob(column);
  Sha256 digest;
  if (bytes.size() != digest.bytes.size()) row.refuse(ErrorCode::corrupt, "a SHA-256 is not 32 bytes long");
  std::ranges::copy(bytes, std::as_writable_bytes(std::span(digest.bytes)).begin());
  return digest;
}

[[nodiscard]] inline std::int64_t number_of(AlgorithmId algorithm) {
  return static_cast<std::int64_t>(algorithm);
}

[[nodiscard]] inline std::int64_t microseconds_of(WallTime time) {
  return time.time_since_epoch().count();
}

[[nodiscard]] inline WallTime wall_time_in(const Statement& row, int column) {
  return WallTime{std::chrono::microseconds{row.integer(column)}};
}

/// Throws Error{corrupt} for a name that is none.
[[nodiscard]] inline ReferenceState reference_state_in(const Statement& row, int column) {
  const auto state = reference_state_of(row.text(column));
  if (!state) row.refuse(ErrorCode::corrupt, "a reference's state has no meaning");
  return *state;
}

/// Throws Error{corrupt} when the column names no role.
[[nodiscard]] inline Role role_in(const Statement& row, int column) {
  const auto role = role_of(row.text(column));
  if (!role) row.refuse(ErrorCode::corrupt, "there is no such role");
  return *role;
}

/// From the columns `column` (begin) and `column` + 1 (end); throws Error{corrupt} when it ends before it
/// begins.
[[nodiscard]] inline Interval interval_in(const Statement& row, int column) {
  const Interval interval{{row.integer(column)}, {row.integer(column + 1)}};
  if (interval.end < interval.begin) row.refuse(ErrorCode::corrupt, "an interval ends before it begins");
  return interval;
}

}  // namespace reelprint::store
