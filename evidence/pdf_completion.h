// What cairo 1.16 leaves out of a PDF.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace reelprint::evidence {

/// Adds to a PDF that cairo wrote, as an incremental update (ISO 32000-1, 7.5.6): that it is tagged, its
/// `language` ("zh-CN"), that a reader shows its title, and for its figures, in their order, `words` for who
/// cannot see them. What is not as cairo 1.16 writes it is left as it is.
void complete_pdf(std::vector<std::byte>& pdf, std::string_view language,
                  const std::vector<std::string>& words);

}  // namespace reelprint::evidence
