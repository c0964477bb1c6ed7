#include "api/login.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "access/tokens.h"
#include "store/audit.h"
#include "store/sqlite.h"

namespace reelprint::api {
namespace {

using store::Transaction;

std::string lower_case(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

/// What one customer of a provider has of addresses: an IPv6 address without its last 64 bits, or all of
/// any other.
std::string neighbourhood(const std::string& remote) {
  constexpr std::size_t kNetworkBytes = 8;
  std::array<unsigned char, sizeof(in6_addr)> address{};
  if (inet_pton(AF_INET6, remote.c_str(), address.data()) != 1) return remote;
  std::fill(address.begin() + kNetworkBytes, address.end(), 0);
  std::array<char, INET6_ADDRSTRLEN> text{};
  return inet_ntop(AF_INET6, address.data(), text.data(), text.size()) == nullptr ? remote : text.data();
}

/// Whole seconds, so that whoever waits so long has waited long enough.
std::chrono::seconds seconds_until(WallTime then, WallTime now) {
  return then <= now ? std::chrono::seconds{0} : std::chrono::ceil<std::chrono::seconds>(then - now);
}

std::chrono::seconds wait_of(store::LoginLog log, const auto& subjects, WallTime now) {
  std::chrono::seconds wait{0};
  for (const auto& subject : subjects)
    wait = std::max(wait, seconds_until(log.find(subject.digest).blocked_until, now));
  return wait;
}

void note(store::Store& store, std::string_view action, const store::User& user, const LoginRequest& request,
          WallTime now) {
  store::AuditEntry entry;
  entry.at = now;
  entry.actor = user_name(user);
  entry.tenant = user.tenant;
  entry.action = action;
  entry.object = "user " + std::to_string(user.id.value);
  entry.request_id = request.request_id;
  entry.detail = boost::json::serialize(boost::json::object{{"remote", request.remote}});
  store::Audit(store.database()).append(entry);
}

/// A place among those that hash just now, given back at its end.
class Turn {
 public:
  Turn(std::counting_semaphore<>& turns, std::chrono::milliseconds patience)
      : turns_(turns), is_mine_(turns.try_acquire_for(patience)) {}
  ~Turn() {
    if (is_mine_) turns_.release();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  [[nodiscard]] bool is_mine() const { return is_mine_; }

 private:
  std::counting_semaphore<>& turns_;
  bool is_mine_;
};

constexpr LoginRefusal kBusy{LoginRefusal::Why::busy, std::chrono::seconds(1)};

}  // namespace

std::string user_name(const store::User& user) {
  return "user " + std::to_string(user.id.value) + " (" + user.name + ")";
}

Logins::Logins(const LoginSettings& settings)
    : settings_(settings),
      no_users_hash_(access::hash_password(access::make_session_token(), settings.cost)),
      turns_(settings.at_once) {}

std::vector<Logins::Subject> Logins::subjects_of(store::Store& store, const LoginRequest& request,
                                                 const std::optional<store::UserLogin>& user) const {
  const std::string email = lower_case(request.email);
  const std::string address = neighbourhood(request.remote);
  std::vector<Subject> subjects{{access::digest_of_secret("address\n" + address), settings_.address}};
  if (user && store::Sessions(store.database()).knows(user->user.id, request.remote)) {
    subjects.push_back(
        {access::digest_of_secret("user at address\n" + email + "\n" + address), settings_.user_at_address});
  } else {
    subjects.push_back({access::digest_of_secret("user\n" + email), settings_.user});
  }
  return subjects;
}

void Logins::note_failure(store::Store& store, const std::vector<Subject>& subjects, WallTime now) const {
  constexpr std::chrono::hours kAttemptsKept{24};
  constexpr std::chrono::days kSessionsKept{30};
  store::LoginLog log(store.database());
  for (const Subject& subject : subjects) {
    store::LoginAttempts attempts = log.find(subject.digest);
    if (now - attempts.failed_at > subject.rule.memory) attempts.failures = 0;
    ++attempts.failures;
    attempts.failed_at = now;
    attempts.blocked_until = now + access::delay_after(subject.rule, attempts.failures);
    log.put(subject.digest, attempts);
  }
  log.forget_before(now - kAttemptsKept);
  store::Sessions(store.database()).forget(now - kSessionsKept);
}

std::variant<store::User, LoginRefusal> Logins::check(store::Store& store, const LoginRequest& request,
                                                      WallTime now) {
  const Turn turn(turns_, settings_.patience);
  if (!turn.is_mine()) return kBusy;
  store::Users users(store.database());
  const auto user = users.find_login(request.email);
  const auto subjects = subjects_of(store, request, user);
  if (const auto wait = wait_of(store::LoginLog(store.database()), subjects, now); wait.count() > 0)
    return LoginRefusal{LoginRefusal::Why::throttled, wait};

  const std::string& hash = user ? user->password_hash : no_users_hash_;
  const bool is_right = access::is_password(hash, request.password) && user && !user->user.is_disabled;
  std::string new_hash;
  if (is_right && access::needs_rehash(hash, settings_.cost))
    new_hash = access::hash_password(request.password, settings_.cost);

  Transaction change(store.database(), Transaction::Kind::write);
  if (is_right) {
    store::LoginLog(store.database()).forget(subjects.back().digest);
    if (!new_hash.empty()) users.rehash_password(user->user.id, new_hash);
  } else {
    note_failure(store, subjects, now);
    if (user) note(store, "session.refuse", user->user, request, now);
  }
  change.commit();
  if (!is_right) return LoginRefusal{};
  return user->user;
}

std::variant<LoggedIn, LoginRefusal> Logins::log_in(store::Store& store, const LoginRequest& request,
                                                    WallTime now) {
  auto checked = check(store, request, now);
  if (const auto* refusal = std::get_if<LoginRefusal>(&checked)) return *refusal;
  LoggedIn in;
  in.user = std::get<store::User>(std::move(checked));
  in.token = access::make_session_token();
  in.session = {in.user.id, now, now, settings_.idle, now + settings_.longest, request.remote};
  Transaction change(store.database(), Transaction::Kind::write);
  store::Sessions(store.database()).add(access::digest_of_secret(in.token), in.session);
  note(store, "session.create", in.user, request, now);
  change.commit();
  return in;
}

std::optional<std::string> Logins::hash(std::string_view password) {
  const Turn turn(turns_, settings_.patience);
  if (!turn.is_mine()) return std::nullopt;
  return access::hash_password(password, settings_.cost);
}

}  // namespace reelprint::api
