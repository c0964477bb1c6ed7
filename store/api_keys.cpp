#include "store/api_keys.h"

#include "store/access_statements.h"
#include "store/columns.h"

namespace reelprint::store {
namespace {

using namespace statements;

constexpr std::chrono::minutes kCoarseness{1};

ApiKey key_in(const Statement& row) {
  ApiKey key;
  key.id = ApiKeyId{row.integer(0)};
  key.prefix = row.text(1);
  key.name = row.text(2);
  key.role = role_in(row, 3);
  key.tenant = TenantId{row.integer(4)};
  key.created_at = wall_time_in(row, 5);
  key.expires_at = wall_time_in(row, 6);
  key.revoked_at = wall_time_in(row, 7);
  key.last_used_at = wall_time_in(row, 8);
  key.rotated_from = ApiKeyId{row.integer(9)};
  return key;
}

}  // namespace

ApiKeyId ApiKeys::add(const ApiKey& key, const Sha256& digest) {
  database_.run(kInsertApiKey, key.prefix, bytes_of(digest), key.name, to_string(key.role), key.tenant.value,
                microseconds_of(key.created_at), microseconds_of(key.expires_at), key.rotated_from.value);
  return ApiKeyId{database_.last_key()};
}

bool ApiKeys::revoke(ApiKeyId id, WallTime now) {
  return database_.run(kRevokeApiKey, id.value, microseconds_of(now)) == 1;
}

void ApiKeys::expire(ApiKeyId id, WallTime at) {
  database_.run(kExpireApiKey, id.value, microseconds_of(at));
}

void ApiKeys::touch(const ApiKey& key, WallTime now) {
  if (now - key.last_used_at < kCoarseness) return;
  static_cast<void>(database_.try_run(kTouchApiKey, key.id.value, microseconds_of(now)));
}

std::optional<ApiKey> ApiKeys::find(ApiKeyId id) {
  Statement row = database_.statement(kReadApiKey, id.value);
  if (!row.step()) return std::nullopt;
  return key_in(row);
}

std::optional<ApiKeyLogin> ApiKeys::find_login(std::string_view prefix) {
  Statement row = database_.statement(kFindApiKey, prefix);
  if (!row.step()) return std::nullopt;
  return ApiKeyLogin{key_in(row), sha256_in(row, 10)};
}

std::vector<ApiKey> ApiKeys::list(TenantId tenant, ApiKeyId after, std::size_t limit) {
  Statement row = tenant == TenantId{}
                      ? database_.statement(kListApiKeys, after.value, limit)
                      : database_.statement(kListTenantsApiKeys, after.value, limit, tenant.value);
  std::vector<ApiKey> keys;
  while (row.step()) keys.push_back(key_in(row));
  return keys;
}

}  // namespace reelprint::store
