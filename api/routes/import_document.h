// A bulk import's document → the rows to announce, or every reason why not.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/catalog_settings.h"
#include "api/context.h"
#include "api/routes/media_places.h"
#include "pipeline/catalog_document.h"
#include "store/works.h"

namespace reelprint::api {

inline constexpr std::size_t kMostImportRows = 20'000;

struct ImportRow {
  std::size_t line = 0;
  store::NewReference reference;
  store::MediaSource source;
};

struct ImportDocument {
  std::vector<ImportRow> rows;
  std::vector<pipeline::RowProblem> problems;  ///< all, by line; nothing may be stored if there are any
  std::vector<pipeline::RowProblem> warnings;  ///< by line
};

/// Reads and checks the body of a request, CSV or JSON by its Content-Type; throws 415 for any other.
[[nodiscard]] ImportDocument read_import(Context& context, const CatalogSettings& settings);

/// "line 3, column language".
[[nodiscard]] std::string place_of(const pipeline::RowProblem& problem);

}  // namespace reelprint::api
