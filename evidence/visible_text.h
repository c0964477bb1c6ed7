// Text of strangers made harmless to look at: what it would do to a page's layout is shown instead.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace reelprint::evidence {

/// Valid UTF-8 in which control characters, bidirectional controls, invisible and private characters appear
/// as "⟨U+202E⟩", at most four combining marks in a row are left, tabs are blanks, and line ends are "\n".
/// Beyond `max_characters` it ends with "… [+N bytes]", N counting what was cut. What it gives passes through
/// it unchanged.
[[nodiscard]] std::string visible_text(std::string_view text, std::size_t max_characters = 20'000);

/// The same on one line: line ends are blanks.
[[nodiscard]] std::string visible_line(std::string_view text, std::size_t max_characters = 2'000);

}  // namespace reelprint::evidence
