#include "api/accounts.h"

#include <array>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "access/api_key.h"
#include "access/password.h"
#include "core/error.h"
#include "core/utf8.h"
#include "store/audit.h"
#include "store/sessions.h"
#include "store/sqlite.h"

namespace reelprint::api {
namespace {

namespace json = boost::json;
using Kind = store::Transaction::Kind;

/// What an entry of the audit log is about.
struct Change {
  std::string action;
  std::string object;
  TenantId tenant;
  json::object detail;
};

void note(store::Store& store, const Change& change, const Author& author) {
  store::AuditEntry entry;
  entry.at = author.now;
  entry.actor = author.name;
  entry.tenant = change.tenant;
  entry.action = change.action;
  entry.object = change.object;
  entry.request_id = author.request_id;
  entry.detail = json::serialize(change.detail);
  store::Audit(store.database()).append(entry);
}

std::string numbered(std::string_view kind, std::int64_t id) {
  return std::string(kind) + " " + std::to_string(id);
}

json::value tenant_or_null(TenantId tenant) {
  return tenant == TenantId{} ? json::value() : json::value(tenant.value);
}

json::value time_or_null(WallTime time) {
  return time == WallTime{} ? json::value() : json::value(to_rfc3339(time));
}

[[noreturn]] void refuse(const std::string& attempt, std::string_view why) {
  throw Error(ErrorCode::invalid_input, attempt + ": " + std::string(why));
}

void expect_scope(store::Store& store, Role role, TenantId tenant, const std::string& attempt) {
  if (const auto fault = scope_fault(store, role, tenant))
    refuse(attempt, "the tenant " + std::string(to_string(*fault)));
}

json::object detail_of(const store::User& user) {
  return {{"name", user.name},
          {"role", to_string(user.role)},
          {"tenant", tenant_or_null(user.tenant)},
          {"disabled", user.is_disabled}};
}

IssuedKey issue(store::Store& store, const store::ApiKey& wanted, WallTime now) {
  access::NewApiKey made = access::make_api_key();
  IssuedKey issued;
  issued.key.prefix = made.print.prefix;
  issued.key.name = wanted.name;
  issued.key.role = wanted.role;
  issued.key.tenant = wanted.tenant;
  issued.key.expires_at = wanted.expires_at;
  issued.key.rotated_from = wanted.rotated_from;
  issued.key.created_at = now;
  issued.key.id = store::ApiKeys(store.database()).add(issued.key, made.print.digest);
  issued.text = std::move(made.text);
  return issued;
}

}  // namespace

std::string_view to_string(ScopeFault fault) {
  switch (fault) {
    case ScopeFault::no_such_tenant: return "is not there";
    case ScopeFault::needs_holder: return "must be given and be a holder for this role";
    case ScopeFault::needs_platform: return "must be given and be a platform for this role";
    case ScopeFault::takes_holder: return "must be a holder for this role";
    case ScopeFault::takes_none: return "cannot be given for this role";
  }
  return "";
}

std::optional<ScopeFault> scope_fault(store::Store& store, Role role, TenantId tenant) {
  const auto found = store::Tenants(store.database()).find(tenant);
  if (tenant != TenantId{} && !found) return ScopeFault::no_such_tenant;
  const bool is_holder = found && found->kind == store::TenantKind::holder;
  switch (role) {
    case Role::admin: return found ? std::optional(ScopeFault::takes_none) : std::nullopt;
    case Role::holder: return is_holder ? std::nullopt : std::optional(ScopeFault::needs_holder);
    case Role::platform:
      return found && !is_holder ? std::nullopt : std::optional(ScopeFault::needs_platform);
    case Role::legal: return found && !is_holder ? std::optional(ScopeFault::takes_holder) : std::nullopt;
    case Role::auditor: return std::nullopt;
  }
  return ScopeFault::takes_none;
}

bool is_email(std::string_view text) {
  constexpr std::size_t kMostBytes = 254;
  const std::size_t at = text.find('@');
  return text.size() <= kMostBytes && is_printable_utf8(text) && text.find(' ') == std::string_view::npos &&
         at != std::string_view::npos && at > 0 && at + 1 < text.size() && text.rfind('@') == at;
}

store::Tenant add_tenant(store::Store& store, std::string_view name, store::TenantKind kind,
                         const Author& author) {
  store::Transaction change(store.database(), Kind::write);
  store::Tenants tenants(store.database());
  if (name.empty()) refuse("add a tenant", "it has no name");
  if (tenants.find(name)) refuse("add the tenant '" + std::string(name) + "'", "the name is taken");
  store::Tenant tenant;
  tenant.name = name;
  tenant.kind = kind;
  tenant.created_at = author.now;
  tenant.id = tenants.add(tenant);
  note(store,
       {"tenant.create",
        numbered("tenant", tenant.id.value),
        tenant.id,
        {{"name", tenant.name}, {"kind", store::to_string(kind)}}},
       author);
  change.commit();
  return tenant;
}

bool rename_tenant(store::Store& store, const store::Tenant& renamed, const Author& author) {
  store::Transaction change(store.database(), Kind::write);
  if (!store::Tenants(store.database()).rename(renamed.id, renamed.version, renamed.name)) return false;
  note(store, {"tenant.update", numbered("tenant", renamed.id.value), renamed.id, {{"name", renamed.name}}},
       author);
  change.commit();
  return true;
}

store::User add_user(store::Store& store, const store::User& user, std::string_view password_hash,
                     const Author& author) {
  const std::string attempt = "add the user '" + user.email + "'";
  store::Transaction change(store.database(), Kind::write);
  store::Users users(store.database());
  if (!is_email(user.email)) refuse(attempt, "that is no e-mail address");
  if (users.find_login(user.email)) refuse(attempt, "the address is taken");
  expect_scope(store, user.role, user.tenant, attempt);
  store::User added = user;
  added.created_at = author.now;
  added.version = 1;
  added.id = users.add(added, password_hash);
  json::object detail = detail_of(added);
  detail["email"] = added.email;
  note(store, {"user.create", numbered("user", added.id.value), added.tenant, std::move(detail)}, author);
  change.commit();
  return added;
}

bool update_user(store::Store& store, const store::User& user, const Author& author) {
  store::Transaction change(store.database(), Kind::write);
  expect_scope(store, user.role, user.tenant, "change the " + numbered("user", user.id.value));
  if (!store::Users(store.database()).update(user)) return false;
  if (user.is_disabled) store::Sessions(store.database()).end_all(user.id, author.now);
  note(store, {"user.update", numbered("user", user.id.value), user.tenant, detail_of(user)}, author);
  change.commit();
  return true;
}

std::string hash_of_new_password(std::string_view password, const store::User& user) {
  if (const auto fault = access::fault_of(password, std::array{user.name, user.email}))
    refuse("set the password of '" + user.email + "'", "it " + std::string(access::to_string(*fault)));
  return access::hash_password(password);
}

bool set_password(store::Store& store, UserId user, std::string_view password_hash, const Author& author) {
  store::Transaction change(store.database(), Kind::write);
  store::Users users(store.database());
  if (!users.set_password(user, password_hash)) return false;
  store::Sessions(store.database()).end_all(user, author.now);
  note(store, {"user.set_password", numbered("user", user.value), users.find(user)->tenant, {}}, author);
  change.commit();
  return true;
}

IssuedKey issue_key(store::Store& store, const store::ApiKey& wanted, const Author& author) {
  store::Transaction change(store.database(), Kind::write);
  expect_scope(store, wanted.role, wanted.tenant, "create an API key");
  IssuedKey issued = issue(store, wanted, author.now);
  note(store,
       {"key.create",
        numbered("key", issued.key.id.value),
        issued.key.tenant,
        {{"prefix", issued.key.prefix},
         {"name", issued.key.name},
         {"role", to_string(issued.key.role)},
         {"tenant", tenant_or_null(issued.key.tenant)},
         {"expires_at", time_or_null(issued.key.expires_at)}}},
       author);
  change.commit();
  return issued;
}

IssuedKey rotate_key(store::Store& store, const store::ApiKey& old, std::chrono::microseconds overlap,
                     const Author& author) {
  store::Transaction change(store.database(), Kind::write);
  store::ApiKey next = old;
  next.rotated_from = old.id;
  IssuedKey issued = issue(store, next, author.now);
  const WallTime old_ends = author.now + overlap;
  store::ApiKeys(store.database()).expire(old.id, old_ends);
  note(store,
       {"key.rotate",
        numbered("key", old.id.value),
        old.tenant,
        {{"next", issued.key.id.value}, {"prefix", issued.key.prefix}, {"expires_at", to_rfc3339(old_ends)}}},
       author);
  change.commit();
  return issued;
}

bool revoke_key(store::Store& store, const store::ApiKey& key, const Author& author) {
  store::Transaction change(store.database(), Kind::write);
  if (!store::ApiKeys(store.database()).revoke(key.id, author.now)) return false;
  note(store, {"key.revoke", numbered("key", key.id.value), key.tenant, {{"prefix", key.prefix}}}, author);
  change.commit();
  return true;
}

}  // namespace reelprint::api
