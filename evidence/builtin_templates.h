// The templates of share/notices/, as they were when this was built.
#pragma once

#include <string_view>

namespace reelprint::evidence {

/// By file name; "" where there is none.
[[nodiscard]] std::string_view builtin_template(std::string_view file_name);

}  // namespace reelprint::evidence
