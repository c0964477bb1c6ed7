// Texts of others, errors and answers, as they can be stored.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>

#include "core/utf8.h"

namespace reelprint::pipeline {

/// The beginning of `text`, with a blank for each NUL, which the database does not take, and U+FFFD for what
/// is no UTF-8. At most three times `most_bytes`.
[[nodiscard]] inline std::string storable_text(std::string text, std::size_t most_bytes) {
  if (text.size() > most_bytes) text.resize(most_bytes);
  std::ranges::replace(text, '\0', ' ');
  return to_valid_utf8(text);
}

}  // namespace reelprint::pipeline
