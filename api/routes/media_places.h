// Where a client says that the media of a reference are.
#pragma once

#include <string>

#include "api/catalog_settings.h"
#include "api/context.h"
#include "store/references.h"

namespace reelprint::api {

/// A place, or why it is none.
struct MediaPlace {
  store::MediaSource source;
  std::string problem;  ///< "" when there is none
};

/// An http or https address. Whether it leads into a network of our own is asked when it is fetched.
[[nodiscard]] MediaPlace place_of_url(const std::string& url, const CatalogSettings& settings);
/// A complete upload of the principal's own.
[[nodiscard]] MediaPlace place_of_upload(Context& context, std::int64_t upload,
                                         const CatalogSettings& settings);
/// What a row of an import calls its file: an address, "upload:12", or a path below the import folder, which
/// nothing in the path may lead out of.
[[nodiscard]] MediaPlace place_of_row(Context& context, const std::string& name,
                                      const CatalogSettings& settings);

}  // namespace reelprint::api
