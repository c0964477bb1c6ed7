#include "api/routes/case_access.h"

#include "api/answers.h"
#include "store/cases.h"

namespace reelprint::api {

std::vector<Role> case_readers() {
  return {Role::admin, Role::holder, Role::legal, Role::auditor};
}

std::vector<Role> case_workers() {
  return {Role::admin, Role::legal};
}

std::optional<LegalCase> case_seen(const Context& context, CaseId id) {
  auto found = store::Cases(context.store.database()).find(id);
  if (!found || !context.principal.may_see(found->tenant)) return std::nullopt;
  return found;
}

LegalCase case_in(const Context& context) {
  auto found = case_seen(context, CaseId{id_in(context, "case")});
  if (!found) throw not_found("case", context.request.params.at("case"));
  return *std::move(found);
}

http::Problem needs_other_person() {
  return conflict("by the two-person rule another person must take this step", "wrong-state");
}

void expect_person(const Context& context, bool is_two_person_rule) {
  if (is_two_person_rule && context.principal.user == UserId{})
    throw conflict("by the two-person rule this is for persons who log in: API keys cannot be told apart",
                   "wrong-state");
}

}  // namespace reelprint::api
