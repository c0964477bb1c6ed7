// The parts of the OpenAPI description, api/openapi/*.json, as the build put them into the program.
#pragma once

#include <span>
#include <string_view>

namespace reelprint::api {

struct Fragment {
  std::string_view name;  ///< "common"
  std::string_view json;
};

[[nodiscard]] std::span<const Fragment> openapi_fragments();

}  // namespace reelprint::api
