// What is to be done with a query, and why.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reelprint {

enum class Decision : std::uint8_t {
  clear,         ///< nothing protected was found
  needs_review,  ///< a person must look
  licensed,      ///< protected, and whoever shows it may
  infringing,    ///< protected, and nothing allows it
};

[[nodiscard]] std::string_view to_string(Decision decision);
[[nodiscard]] std::optional<Decision> decision_of(std::string_view name);

/// A decision with the rules it went through, one sentence each, in order.
struct Verdict {
  Decision decision = Decision::clear;
  std::vector<std::string> reasons;
};

}  // namespace reelprint
