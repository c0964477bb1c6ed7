// Which territories there are.
#pragma once

#include <string_view>

namespace reelprint {

/// Whether `code` is an officially assigned alpha-2 code of ISO 3166-1, in upper case: "GB" is, "UK" is not.
[[nodiscard]] bool is_territory(std::string_view code);

}  // namespace reelprint
