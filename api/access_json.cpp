#include "api/access_json.h"

#include <boost/json/parse.hpp>

namespace reelprint::api {
namespace {

namespace json = boost::json;

json::value id_or_null(std::int64_t id) {
  return id == 0 ? json::value() : json::value(id);
}

json::value time_or_null(WallTime time) {
  return time == WallTime{} ? json::value() : json::value(to_rfc3339(time));
}

/// The detail of an entry as it was written; as text where somebody made it something else.
json::value detail_of(const std::string& text) {
  boost::system::error_code error;
  json::value value = json::parse(text, error);
  return error ? json::value(text) : value;
}

}  // namespace

json::object tenant_object(const store::Tenant& tenant) {
  return {{"id", tenant.id.value},
          {"name", tenant.name},
          {"kind", store::to_string(tenant.kind)},
          {"created_at", to_rfc3339(tenant.created_at)},
          {"version", tenant.version}};
}

json::object user_object(const store::User& user) {
  return {{"id", user.id.value},
          {"email", user.email},
          {"name", user.name},
          {"role", to_string(user.role)},
          {"tenant", id_or_null(user.tenant.value)},
          {"disabled", user.is_disabled},
          {"created_at", to_rfc3339(user.created_at)},
          {"version", user.version}};
}

json::object key_object(const store::ApiKey& key) {
  return {{"id", key.id.value},
          {"prefix", key.prefix},
          {"name", key.name},
          {"role", to_string(key.role)},
          {"tenant", id_or_null(key.tenant.value)},
          {"created_at", to_rfc3339(key.created_at)},
          {"expires_at", time_or_null(key.expires_at)},
          {"revoked_at", time_or_null(key.revoked_at)},
          {"last_used_at", time_or_null(key.last_used_at)},
          {"rotated_from", id_or_null(key.rotated_from.value)}};
}

json::object issued_key_object(const IssuedKey& issued) {
  json::object object = key_object(issued.key);
  object["key"] = issued.text;
  return object;
}

json::object audit_object(const store::AuditEntry& entry) {
  return {{"id", entry.id.value},           {"at", to_rfc3339(entry.at)},
          {"actor", entry.actor},           {"tenant", id_or_null(entry.tenant.value)},
          {"action", entry.action},         {"object", entry.object},
          {"request_id", entry.request_id}, {"detail", detail_of(entry.detail)},
          {"digest", to_hex(entry.digest)}};
}

json::object principal_object(const Principal& principal) {
  return {{"name", principal.name},
          {"role", to_string(principal.role)},
          {"tenant", id_or_null(principal.tenant.value)},
          {"key", id_or_null(principal.key.value)},
          {"user", id_or_null(principal.user.value)}};
}

json::object session_object(const store::Session& session, const store::User& user,
                            const std::string& csrf_token) {
  return {{"user", user_object(user)},
          {"csrf_token", csrf_token},
          {"created_at", to_rfc3339(session.created_at)},
          {"ends_at", to_rfc3339(session.ends_at)}};
}

}  // namespace reelprint::api
