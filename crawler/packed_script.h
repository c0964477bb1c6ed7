// Scripts that were packed by Dean Edwards's packer, which embedded players still are.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace reelprint::crawler {

/// What "eval(function(p,a,c,k,e,d){…}('payload',base,count,'words'.split('|')…" stands for: the words put
/// back into the payload, nothing is run. The first such call of `script` only, at most 1 MiB; nothing when
/// there is none.
[[nodiscard]] std::optional<std::string> unpacked_script(std::string_view script);

}  // namespace reelprint::crawler
