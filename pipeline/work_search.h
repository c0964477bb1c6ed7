// Finds registered works by what a person types.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/store.h"

namespace reelprint::pipeline {

/// The references that `name` means, in the catalog's order: "Series", "Series/7" for its episode 7,
/// "Series/2/7" for season 2 episode 7, "#12" for reference 12. A series whose own name has a slash in it is
/// found all the same. Throws Error: not_found when nothing is called so, with the names that come near;
/// invalid_input when several seasons have the episode.
[[nodiscard]] std::vector<ReferenceEntry> find_work(const store::Store& store, std::string_view name);

/// Those of `known` that `wanted` may have meant, the nearest first, at most five: equal but for case,
/// containing it, or a few letters away. Case is that of ASCII letters.
[[nodiscard]] std::vector<std::string> near_names(std::string_view wanted,
                                                  const std::vector<std::string>& known);

}  // namespace reelprint::pipeline
