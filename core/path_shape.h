// Addresses of one making: what /watch/17 and /watch/18 have in common.
#pragma once

#include <string>
#include <string_view>

namespace reelprint {

/// Path and names of parameters of a normalised URL with what tells two of a kind apart left out: digits as
/// "#", segments that are no plain short word as "*", at most four segments: "/drama/#/*?v". At most 100
/// bytes.
[[nodiscard]] std::string path_shape(std::string_view url);

}  // namespace reelprint
