// Who may see and work on cases, and the case that a path or body names.
#pragma once

#include <vector>

#include "api/context.h"
#include "api/named_parameter.h"
#include "core/legal_case.h"

namespace reelprint::api {

[[nodiscard]] std::vector<Role> case_readers();  ///< those of their tenant
[[nodiscard]] std::vector<Role> case_workers();  ///< legal, and admins

/// The one that {case} names; throws not_found, also for another tenant's.
[[nodiscard]] LegalCase case_in(const Context& context);
/// Nothing when there is none or it is another tenant's.
[[nodiscard]] std::optional<LegalCase> case_seen(const Context& context, CaseId id);

/// A query parameter that is one of several names; throws 400 "invalid-parameter".
template <class Value>
[[nodiscard]] std::optional<Value> named_parameter(const Context& context, std::string_view name,
                                                   std::optional<Value> (*of)(std::string_view));

/// Throws 409 "wrong-state" for a step that the two-person rule leaves to another person, and for API keys
/// where persons must be told apart.
[[nodiscard]] http::Problem needs_other_person();
void expect_person(const Context& context, bool is_two_person_rule);

}  // namespace reelprint::api
