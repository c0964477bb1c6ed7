// People who may log in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/ids.h"
#include "core/principal.h"
#include "store/sqlite.h"

namespace reelprint::store {

struct User {
  UserId id;          ///< ignored when it is added
  std::string email;  ///< unique, whatever its case in ASCII
  std::string name;
  Role role = Role::auditor;
  TenantId tenant;  ///< zero: bound to none
  bool is_disabled = false;
  WallTime created_at;
  std::int64_t version = 1;  ///< grows with every change

  friend bool operator==(const User&, const User&) = default;
};

/// A user with what the password is checked against.
struct UserLogin {
  User user;
  std::string password_hash;
};

/// The users' part of Store, with its contract.
class Users {
 public:
  explicit Users(Database& database) : database_(database) {}

  /// Throws Error{invalid_input} when the address is taken (ask find_login() first, in the same transaction)
  /// or there is no such tenant.
  UserId add(const User& user, std::string_view password_hash);
  /// Changes all but address and password; false when there is none of that id and version.
  bool update(const User& user);
  /// False when there is no such user.
  bool set_password(UserId id, std::string_view password_hash);
  /// The same password at another cost: no change that anybody need know of.
  void rehash_password(UserId id, std::string_view password_hash);

  [[nodiscard]] std::optional<User> find(UserId id);
  [[nodiscard]] std::optional<UserLogin> find_login(UserId id);
  [[nodiscard]] std::optional<UserLogin> find_login(std::string_view email);
  /// Of `tenant` (zero: all), at most `limit` with a larger id than `after`, by id.
  [[nodiscard]] std::vector<User> list(TenantId tenant, UserId after, std::size_t limit);

 private:
  Database& database_;
};

}  // namespace reelprint::store
