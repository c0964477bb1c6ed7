// Texts that scripts and attributes hide: JSON in base64 ("eyJ1cmwi…" is {"url"…), packed programs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace reelprint::crawler {

/// The objects and arrays of objects in base64 in `text`, at most 64 KiB each, 100 in all; last the packed
/// program, if it holds one.
[[nodiscard]] std::vector<std::string> hidden_texts(std::string_view text);

}  // namespace reelprint::crawler
