// What the catalog's routes answer with.
#pragma once

#include <boost/json/object.hpp>
#include <span>
#include <string>
#include <vector>

#include "core/catalog.h"
#include "core/conflict.h"
#include "core/principal.h"
#include "pipeline/reference_health.h"
#include "store/imports.h"
#include "store/references.h"
#include "store/works.h"

namespace reelprint::api {

[[nodiscard]] boost::json::object holder_json(const Holder& holder);
[[nodiscard]] boost::json::object series_json(const store::Work& work);
/// With what the licence number says of itself, and a warning when it says nothing.
[[nodiscard]] boost::json::object episode_json(const store::WorkEpisode& episode);
[[nodiscard]] boost::json::object reference_json(const ReferenceEntry& entry);
/// As above, with how it is registered and what is excluded of it.
[[nodiscard]] boost::json::object reference_json(const ReferenceEntry& entry,
                                                 const store::RegistrationNotes& notes,
                                                 std::span<const ExcludedInterval> excluded);
[[nodiscard]] boost::json::object health_json(const pipeline::ReferenceHealth& health);

/// A conflict with the references on both sides.
struct ConflictSides {
  Conflict conflict;
  ReferenceEntry reference;
  ReferenceEntry other;
};
/// Of the other side only the holder's name is told, unless `viewer` may see that too.
[[nodiscard]] boost::json::object conflict_json(const ConflictSides& sides, const Principal& viewer);

/// {"where", "reason"} as in "warnings".
[[nodiscard]] boost::json::object warning_json(const std::string& where, const std::string& reason);

}  // namespace reelprint::api
