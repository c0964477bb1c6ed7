#include "store/users.h"

#include "store/access_statements.h"
#include "store/columns.h"

namespace reelprint::store {
namespace {

using namespace statements;

User user_in(const Statement& row) {
  User user;
  user.id = UserId{row.integer(0)};
  user.email = row.text(1);
  user.name = row.text(2);
  user.role = role_in(row, 3);
  user.tenant = TenantId{row.integer(4)};
  user.is_disabled = row.flag(5);
  user.created_at = wall_time_in(row, 6);
  user.version = row.integer(7);
  return user;
}

std::optional<UserLogin> login_in(Statement row) {
  if (!row.step()) return std::nullopt;
  return UserLogin{user_in(row), row.text(8)};
}

}  // namespace

UserId Users::add(const User& user, std::string_view password_hash) {
  database_.run(kInsertUser, user.email, user.name, to_string(user.role), user.tenant.value, password_hash,
                user.is_disabled, microseconds_of(user.created_at));
  return UserId{database_.last_key()};
}

bool Users::update(const User& user) {
  return database_.run(kUpdateUser, user.id.value, user.version, user.name, to_string(user.role),
                       user.tenant.value, user.is_disabled) == 1;
}

bool Users::set_password(UserId id, std::string_view password_hash) {
  return database_.run(kUpdatePassword, id.value, password_hash, 1) == 1;
}

void Users::rehash_password(UserId id, std::string_view password_hash) {
  database_.run(kUpdatePassword, id.value, password_hash, 0);
}

std::optional<User> Users::find(UserId id) {
  Statement row = database_.statement(kReadUser, id.value);
  if (!row.step()) return std::nullopt;
  return user_in(row);
}

std::optional<UserLogin> Users::find_login(UserId id) {
  return login_in(database_.statement(kReadUser, id.value));
}

std::optional<UserLogin> Users::find_login(std::string_view email) {
  return login_in(database_.statement(kFindUser, email));
}

std::vector<User> Users::list(TenantId tenant, UserId after, std::size_t limit) {
  Statement row = tenant == TenantId{}
                      ? database_.statement(kListUsers, after.value, limit)
                      : database_.statement(kListTenantsUsers, after.value, limit, tenant.value);
  std::vector<User> users;
  while (row.step()) users.push_back(user_in(row));
  return users;
}

}  // namespace reelprint::store
