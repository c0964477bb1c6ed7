// Enumerators by name, for enumerations that count from 0 without gaps. Internal to core/.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>

namespace reelprint {

/// The enumerator that has its name at its own place in `names`.
template <class Enum>
std::optional<Enum> named_value(const auto& names, std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

}  // namespace reelprint
