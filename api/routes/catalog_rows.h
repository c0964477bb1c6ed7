// The row that a path names, for whoever may see it; 404 for everybody else.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/context.h"
#include "core/conflict.h"
#include "store/imports.h"
#include "store/works.h"

namespace reelprint::api {

/// Who may look at the catalog, who may change it.
[[nodiscard]] std::vector<Role> catalog_readers();
[[nodiscard]] std::vector<Role> catalog_writers();
/// A GET or HEAD has one state of the catalog; each throws 404 "not-found" for what is not there or is
/// another tenant's.
[[nodiscard]] Holder holder_in(const Context& context);
[[nodiscard]] store::Work series_in(const Context& context);
[[nodiscard]] store::WorkEpisode episode_in(const Context& context);
[[nodiscard]] ReferenceEntry reference_in(const Context& context);
[[nodiscard]] store::Import import_in(const Context& context);

/// A required text of at most 500 bytes: why something is done. Of a body that has nothing else.
[[nodiscard]] std::string reason_in_body(const Context& context);
/// A query parameter that names a row; zero when absent.
[[nodiscard]] std::int64_t id_parameter(const Context& context, std::string_view name);

}  // namespace reelprint::api
