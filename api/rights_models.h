// Licences, policies, allow entries, ownership and rulings as JSON, and back.
#pragma once

#include <boost/json/object.hpp>

#include "api/fields.h"
#include "core/holder_ruling.h"
#include "core/rights_record.h"

namespace reelprint::api {

[[nodiscard]] boost::json::object licence_json(const Licence& licence);
[[nodiscard]] boost::json::object policy_json(const Policy& policy);
[[nodiscard]] boost::json::object allow_entry_json(const AllowEntry& entry);
[[nodiscard]] boost::json::object ownership_json(const Ownership& ownership);
[[nodiscard]] boost::json::object step_json(const RuleStep& step);
/// With its steps; `matches` are positions in the screening's.
[[nodiscard]] boost::json::object ruling_json(const HolderRuling& ruling);

/// Each takes the members that are there and leaves the others of the value as they are; what is wrong, also
/// with the value as a whole, is noted in `fields`. Ids, holders and versions are not read.
void read(Fields& fields, Licence& licence);
void read(Fields& fields, Policy& policy);
void read(Fields& fields, AllowEntry& entry);
void read(Fields& fields, Ownership& ownership);

}  // namespace reelprint::api
