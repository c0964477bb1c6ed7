// Logging in by e-mail address and password, so that guessing is slow and nobody can lock others out for
// long.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <semaphore>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "access/password.h"
#include "access/throttle.h"
#include "core/clock.h"
#include "core/sha256.h"
#include "store/sessions.h"
#include "store/store.h"
#include "store/users.h"

namespace reelprint::api {

/// Failures are counted by three subjects. A user's count applies only to addresses that the user never
/// logged in from: whoever fails on purpose delays there by a minute at most, and the user's own places not
/// at all.
struct LoginSettings {
  access::PasswordCost cost;
  std::chrono::microseconds idle{std::chrono::hours(2)};      ///< a session unused for so long ends
  std::chrono::microseconds longest{std::chrono::hours(12)};  ///< and any session after that
  access::ThrottleRule user;                                  ///< from addresses that are new for it
  access::ThrottleRule user_at_address{5, std::chrono::seconds(1), std::chrono::minutes(5)};
  access::ThrottleRule address{20, std::chrono::seconds(1), std::chrono::minutes(15)};
  std::ptrdiff_t at_once = 2;  ///< passwords hashed at the same time, each taking the memory of `cost`
  std::chrono::milliseconds patience{2000};  ///< how long a login waits for its turn
};

struct LoginRequest {
  std::string email;
  std::string password;
  std::string remote;  ///< address; of an IPv6 one the first 64 bits count
  std::string request_id;
};

struct LoggedIn {
  std::string token;  ///< for the cookie; never to be seen again
  store::Session session;
  store::User user;
};

struct LoginRefusal {
  enum class Why : std::uint8_t {
    wrong,      ///< no such user, another password, or a disabled user: it is not said which
    throttled,  ///< nothing was tried
    busy,       ///< nothing was tried: too many others are logging in
  };
  Why why = Why::wrong;
  std::chrono::seconds retry_after{0};
};

/// As Principal::name and the audit log have it: "user 3 (kim)".
[[nodiscard]] std::string user_name(const store::User& user);

/// Thread-safe, each thread with a store of its own.
class Logins {
 public:
  explicit Logins(const LoginSettings& settings);

  // None of the calls inside a transaction: a password takes its time, and a failure is noted at once.

  /// The user whose password it is.
  [[nodiscard]] std::variant<store::User, LoginRefusal> check(store::Store& store,
                                                              const LoginRequest& request, WallTime now);
  /// The same with a new session.
  [[nodiscard]] std::variant<LoggedIn, LoginRefusal> log_in(store::Store& store, const LoginRequest& request,
                                                            WallTime now);
  /// Of a new password; nothing when too many are hashed just now.
  [[nodiscard]] std::optional<std::string> hash(std::string_view password);

 private:
  struct Subject {
    Sha256 digest;
    access::ThrottleRule rule;
  };
  [[nodiscard]] std::vector<Subject> subjects_of(store::Store& store, const LoginRequest& request,
                                                 const std::optional<store::UserLogin>& user) const;
  void note_failure(store::Store& store, const std::vector<Subject>& subjects, WallTime now) const;

  LoginSettings settings_;
  std::string no_users_hash_;  // checked when there is no such user, for the same time
  std::counting_semaphore<> turns_;
};

}  // namespace reelprint::api
