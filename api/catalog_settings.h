// How the catalog takes media.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "api/context.h"

namespace reelprint::api {

struct CatalogSettings {
  std::filesystem::path import_folder;  ///< where rows of an import may name files; empty: nowhere
  std::uint64_t most_media_bytes = std::uint64_t{8} << 30;
  bool takes_urls = true;
  /// Whether a complete upload is the principal's own, which is claimed then; none: no uploads are taken.
  std::function<bool(Context&, UploadId)> owns_upload;
};

}  // namespace reelprint::api
