// Follows the chain of a bundle's custody.jsonl: nothing in it was changed, left out or put in between.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace reelprint::evidence {

struct CustodyFindings {
  std::vector<std::string> faults{};  ///< a sentence each; none: what could be followed is whole
  std::size_t entries = 0;            ///< that say what was done
  std::size_t links = 0;              ///< of others in between
  std::size_t gaps = 0;               ///< places where the chain cannot be followed
};

/// Of hostile text: one JSON object a line, as docs/evidence_bundle.md has them.
[[nodiscard]] CustodyFindings examine_custody(std::string_view lines);

}  // namespace reelprint::evidence
