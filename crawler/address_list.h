// Several addresses in one string, as film portals and players write them.
#pragma once

#include <cstddef>
#include <string_view>

namespace reelprint::crawler {

/// The address that has byte `at` in it, of a list such as "第1集$https://…/1.mp4#第2集$https://…/2.mp4" or
/// "[360p]/a.mp4,[720p]/b.mp4"; all of `text` when it is none.
[[nodiscard]] std::string_view listed_address(std::string_view text, std::size_t at);

}  // namespace reelprint::crawler
