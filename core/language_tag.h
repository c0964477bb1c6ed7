// Names of languages as BCP 47 has them.
#pragma once

#include <string_view>

namespace reelprint {

/// Whether `text` has the shape of a language tag (RFC 5646, section 2.1: language, script, region, variants,
/// extensions, private use; not the grandfathered ones): "zh-Hans-CN", "en", "x-pinyin". Whether its parts
/// are registered is not asked.
[[nodiscard]] bool is_language_tag(std::string_view text);

}  // namespace reelprint
