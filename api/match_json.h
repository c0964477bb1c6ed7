// Parts that several models share: works, matches, times.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <string>

#include "core/catalog.h"
#include "core/match.h"

namespace reelprint::api {

/// Media time in seconds, to the microsecond.
[[nodiscard]] double seconds(Timestamp t);
[[nodiscard]] double seconds(Duration d);

[[nodiscard]] boost::json::value text_or_null(const std::string& text);

/// Adds whose work it is, down to the cut.
void put_work(boost::json::object& object, const ReferenceEntry& entry);

/// A match as docs/cli.md lists it; without the work when `entry` is null.
[[nodiscard]] boost::json::object match_of(const Match& match, const ReferenceEntry* entry);

}  // namespace reelprint::api
