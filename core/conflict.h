// Two holders claim the same pictures, and somebody must decide.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/ids.h"
#include "core/time.h"

namespace reelprint {

enum class ConflictState : std::uint8_t {
  open,
  kept,       ///< the newer claim stands, the other one was retracted
  withdrawn,  ///< the newer claim was retracted
  both,       ///< both stand
};

[[nodiscard]] std::string_view to_string(ConflictState state);
[[nodiscard]] std::optional<ConflictState> conflict_state_of(std::string_view name);

/// These seconds of the one are those seconds of the other.
struct ConflictSegment {
  Interval reference;
  Interval other;
  Duration distinctive{0};
  double score = 0;

  friend bool operator==(const ConflictSegment&, const ConflictSegment&) = default;
};

struct Conflict {
  ConflictId id;          ///< ignored when it is added
  ReferenceId reference;  ///< was being registered
  ReferenceId other;      ///< was there before
  std::vector<ConflictSegment> segments;
  double score = 0;  ///< of the best
  WallTime found_at;
  ConflictState state = ConflictState::open;
  std::string decided_by;  ///< "" while it is open, as `reason`
  WallTime decided_at;
  std::string reason;
  std::int64_t version = 1;
};

}  // namespace reelprint
