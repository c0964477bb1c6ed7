// The audit log, read and verified.
#include <limits>

#include "api/access_json.h"
#include "api/answers.h"
#include "api/routes/access_routes.h"

namespace reelprint::api {
namespace {

std::string text_parameter(const http::Request& request, std::string_view name) {
  return std::string(request.query_value(name).value_or(""));
}

Outcome list_audit(Context& context) {
  const Page page = page_of(context.request);
  store::AuditFilter filter;
  filter.tenant = context.principal.tenant;
  const auto tenant =
      integer_parameter(context.request, "tenant", 1, std::numeric_limits<std::int64_t>::max());
  if (tenant && !context.principal.may_see(TenantId{*tenant}))
    throw not_found("tenant", std::to_string(*tenant));
  if (tenant) filter.tenant = TenantId{*tenant};
  filter.actor = text_parameter(context.request, "actor");
  filter.action = text_parameter(context.request, "action");
  filter.object = text_parameter(context.request, "object");
  const auto entries =
      store::Audit(context.store.database()).list(filter, AuditId{page.after}, page.limit + 1);
  return page_answer(page, entries, audit_object, [](const store::AuditEntry& e) { return e.id.value; });
}

Outcome verify_audit(Context& context) {
  store::Audit audit(context.store.database());
  const auto broken = audit.first_broken();
  const auto newest = audit.list({}, {}, 1);
  boost::json::object answer{{"ok", !broken}, {"first_broken", nullptr}, {"entries", 0}, {"digest", nullptr}};
  if (broken) answer["first_broken"] = broken->value;
  if (!newest.empty()) {
    answer["entries"] = newest.front().id.value;
    answer["digest"] = to_hex(newest.front().digest);
  }
  return json_answer(answer);
}

}  // namespace

void add_audit_routes(Router& router) {
  const std::vector<Role> readers{Role::admin, Role::auditor};
  Route list{http::Method::get, "/v1/audit", "listAudit", readers, list_audit};
  list.parameters = {"limit", "cursor", "tenant", "actor", "action", "object"};
  router.add(std::move(list));
  router.add({http::Method::get, "/v1/audit/verification", "verifyAudit", readers, verify_audit});
}

}  // namespace reelprint::api
