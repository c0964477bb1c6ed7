// The role and the tenant that a body gives somebody.
#pragma once

#include "api/fields.h"
#include "core/principal.h"
#include "store/store.h"

namespace reelprint::api {

struct Scope {
  Role role = Role::auditor;
  TenantId tenant;
};

/// From "role", which must be there, and "tenant"; what does not fit together is noted in `fields`.
[[nodiscard]] Scope scope_in(Fields& fields, store::Store& store);
/// The same of a change: what is not given stays.
[[nodiscard]] Scope changed_scope_in(Fields& fields, store::Store& store, const Scope& now);

}  // namespace reelprint::api
