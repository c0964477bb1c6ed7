// A name and the string that a script gives it: `file: "…"`, `"src":"…"`, `loadSource('…')`, `url = "…"`.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace reelprint::crawler {

inline constexpr std::size_t kLongestValue = 2048;

struct Assignment {
  std::string key{};    ///< in lower case, at most 40 bytes
  std::string value{};  ///< as it is written, escapes and all
};

/// That of the ':', '=' or '(' at `sign`; nothing when no string follows it.
[[nodiscard]] std::optional<Assignment> assignment_at(std::string_view text, std::size_t sign);

}  // namespace reelprint::crawler
