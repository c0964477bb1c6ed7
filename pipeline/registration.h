// Registers a catalog: fingerprints what is new, stores it, brings the index up to date.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "core/error.h"
#include "core/progress.h"
#include "pipeline/catalog_document.h"
#include "pipeline/workspace.h"

namespace reelprint::pipeline {

struct RegistrationSettings {
  std::size_t jobs = 1;  ///< files fingerprinted at once, one thread each
};

/// What became of one row. When it is told, it is on disk.
struct RowOutcome {
  const CatalogRow* row = nullptr;
  store::Registration registration = store::Registration::added;
  ReferenceId reference;
  Duration duration{0};
  std::size_t damaged = 0;         ///< packets and frames of the file that could not be decoded
  std::optional<ErrorCode> error;  ///< set when the row failed
  std::string message;             ///< of the error
};

struct RegistrationSummary {
  std::size_t added = 0;
  std::size_t unchanged = 0;
  std::size_t updated = 0;
  std::size_t failed = 0;
  std::size_t left_out = 0;  ///< not begun because of a stop
};

/// Rows are worked on in parallel and stored in the catalog's order, so that the same catalog gives the same
/// ids. A row whose file is already registered under its episode and cut is not decoded again. A file that
/// cannot be fingerprinted fails its row alone. When `stop` is requested, what is being decoded is dropped; a
/// later run goes on from there.
RegistrationSummary register_catalog(Workspace& workspace, const Catalog& catalog,
                                     const RegistrationSettings& settings,
                                     const std::function<void(const RowOutcome&)>& tell,
                                     Progress* progress = nullptr, std::stop_token stop = {});

}  // namespace reelprint::pipeline
