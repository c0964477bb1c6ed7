#include "app/account_options.h"

#include <charconv>

#include "core/error.h"

namespace reelprint::app {

api::Author author_now() {
  return {"command line", "", SystemClock().now()};
}

Role role_named(const std::string& name) {
  const auto role = role_of(name);
  if (!role) {
    throw Error(ErrorCode::invalid_input,
                "give the role '" + name + "': it must be admin, holder, platform, legal or auditor");
  }
  return *role;
}

TenantId tenant_named(store::Store& store, const std::string& name) {
  if (name.empty()) return {};
  store::Tenants tenants(store.database());
  if (const auto found = tenants.find(name)) return found->id;
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), id);
  if (error == std::errc{} && end == name.data() + name.size() && tenants.find(TenantId{id}))
    return TenantId{id};
  throw Error(ErrorCode::not_found, "find the tenant '" + name + "': there is none of that name or id");
}

std::string time_or_blank(WallTime time) {
  return time == WallTime{} ? "" : to_rfc3339(time);
}

std::string number_or_blank(std::int64_t id) {
  return id == 0 ? "" : std::to_string(id);
}

}  // namespace reelprint::app
