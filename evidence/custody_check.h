// Follows the chain of a bundle's custody.jsonl: nothing in it was changed, left out or put in between.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/sha256.h"

namespace reelprint::evidence {

/// Between the first and the last entry of a custody, links are shown for at most so many of others. Where
/// there are more there are none, and the chain has gaps; else not one id may be missing.
inline constexpr std::int64_t kMostCustodyLinks = 100'000;

struct CustodyFindings {
  std::vector<std::string> faults{};       ///< a sentence each; none: what could be followed is whole
  std::size_t entries = 0;                 ///< that say what was done
  std::size_t links = 0;                   ///< of others in between
  std::size_t gaps = 0;                    ///< places where the chain cannot be followed
  std::set<Sha256> captured{};             ///< what "sighting.capture" says of files
  std::string last_object{};               ///< of the last line, if it is an entry "case.export": "case 12"
  std::optional<WallTime> last_made_at{};  ///< likewise: the recorded time
};

/// Of hostile text: one JSON object a line, as docs/evidence_bundle.md has them.
[[nodiscard]] CustodyFindings examine_custody(std::string_view lines);

}  // namespace reelprint::evidence
