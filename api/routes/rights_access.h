// Who may see and change what holders have on record, and whether what a body names is there.
#pragma once

#include <optional>
#include <vector>

#include "api/context.h"
#include "api/fields.h"
#include "core/catalog.h"
#include "core/rights_record.h"

namespace reelprint::api {

[[nodiscard]] std::vector<Role> rights_readers();
[[nodiscard]] std::vector<Role> rights_writers();

/// Whose it is that holder has on record; nothing when the principal must not know of it. A holder of zero
/// (everybody's allow list) is of those who are bound to no tenant.
[[nodiscard]] std::optional<TenantId> owner_of(const Context& context, HolderId holder);

/// Notes in `fields` when the works, series or platforms are not there, or are another holder's.
void check(const Context& context, Fields& fields, const Licence& licence);
void check(const Context& context, Fields& fields, const Policy& policy);
void check(const Context& context, Fields& fields, const AllowEntry& entry);
void check(const Context& context, Fields& fields, const Ownership& ownership);

}  // namespace reelprint::api
