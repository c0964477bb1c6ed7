// A folder as a source: the media files in it.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "core/sighting.h"

namespace reelprint::crawler {

/// Whether the name's extension is one that video comes in; the content decides later.
[[nodiscard]] bool has_media_extension(const std::filesystem::path& file);

/// The media files below `folder`, links not followed, hidden files and folders left out, in natural order
/// ("ep2" before "ep10"). Folders that may not be read are skipped. Throws Error{not_found} if it is no
/// folder.
[[nodiscard]] std::vector<Sighting> media_in_folder(const std::filesystem::path& folder);

/// Whether `a` comes before `b` when runs of digits compare as numbers.
[[nodiscard]] bool is_naturally_before(std::string_view a, std::string_view b);

}  // namespace reelprint::crawler
