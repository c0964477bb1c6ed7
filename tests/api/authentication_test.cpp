#include "api/authentication.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "access/api_key.h"
#include "access/tokens.h"
#include "api/accounts.h"
#include "api/login.h"
#include "store/sqlite.h"
#include "tests/support/temporary_folder.h"

namespace reelprint::api {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr WallTime kNow{std::chrono::microseconds{1'790'000'000'000'000}};
constexpr access::PasswordCost kCheap{.passes = 1, .memory_bytes = 8192};
constexpr const char* kPassword = "a walrus in the attic";

LoginSettings cheap_settings() {
  LoginSettings settings;
  settings.cost = kCheap;
  return settings;
}

class Authentication : public testing::Test {
 protected:
  IssuedKey issue(WallTime expires_at = {}) {
    store::ApiKey wanted;
    wanted.name = "ingest";
    wanted.role = Role::holder;
    wanted.tenant = tenant_;
    wanted.expires_at = expires_at;
    return issue_key(store_, wanted, author_);
  }
  store::User add_kim() {
    store::User user;
    user.email = "kim@lotus.example";
    user.name = "kim";
    user.role = Role::legal;
    user.tenant = tenant_;
    return add_user(store_, user, access::hash_password(kPassword, kCheap), author_);
  }
  std::string log_in_kim() {
    auto outcome = logins_.log_in(store_, {"kim@lotus.example", kPassword, "192.0.2.1", "r"}, kNow);
    return std::get<LoggedIn>(outcome).token;
  }
  static http::Request request_with(const std::string& name, const std::string& value,
                                    http::Method method = http::Method::get) {
    http::Request request;
    request.method = method;
    request.secure = true;
    request.headers.add(name, value);
    return request;
  }
  static http::Request by_key(const std::string& text) {
    return request_with("Authorization", "Bearer " + text, http::Method::post);
  }
  static http::Request by_cookie(const std::string& token, http::Method method = http::Method::get) {
    return request_with("Cookie", "theme=dark; __Host-reelprint=" + token + "; x=1", method);
  }
  /// The problem that comes of it, as one text: status, type, words, headers.
  std::string refusal_of(const http::Request& request, WallTime now = kNow) {
    try {
      static_cast<void>(authenticate(request, store_, now));
    } catch (const http::Problem& problem) {
      std::string text = std::to_string(problem.status) + problem.type + problem.title + problem.detail;
      for (const auto& [name, value] : problem.headers.all()) text += name + ":" + value;
      return text;
    }
    return "";
  }

  test::TemporaryFolder folder_;
  store::Store store_{folder_.path()};
  const Author author_{"command line", "", kNow};
  TenantId tenant_ = add_tenant(store_, "Lotus", store::TenantKind::holder, author_).id;
  Logins logins_{cheap_settings()};
};

TEST_F(Authentication, AKeyGivesItsRoleAndTenant) {
  const IssuedKey issued = issue();
  const Principal principal = authenticate(by_key(issued.text), store_, kNow);
  EXPECT_EQ(principal.role, Role::holder);
  EXPECT_EQ(principal.tenant, tenant_);
  EXPECT_EQ(principal.key, issued.key.id);
  EXPECT_EQ(principal.user, UserId{});
  EXPECT_EQ(principal.name, "key " + std::to_string(issued.key.id.value) + " (ingest)");
  EXPECT_EQ(refusal_of(request_with("authorization", "bearer  " + issued.text)), "");
}

TEST_F(Authentication, EverythingElseIsRefusedInTheSameWords) {
  const IssuedKey good = issue();
  const IssuedKey revoked = issue();
  revoke_key(store_, revoked.key, author_);
  const IssuedKey expired = issue(kNow + hours(1));
  const std::string missing = refusal_of(http::Request{});
  EXPECT_TRUE(missing.starts_with("401unauthorized")) << missing;
  EXPECT_NE(missing.find("WWW-Authenticate:Bearer"), std::string::npos);
  EXPECT_EQ(refusal_of(by_key(revoked.text)), missing);
  EXPECT_EQ(refusal_of(by_key(expired.text), kNow + hours(1)), missing);
  EXPECT_EQ(refusal_of(by_key(access::make_api_key().text)), missing);
  EXPECT_EQ(refusal_of(by_key("")), missing);
  EXPECT_EQ(refusal_of(by_key(good.text.substr(1))), missing);
  EXPECT_EQ(refusal_of(request_with("Authorization", "Basic " + good.text)), missing);
  EXPECT_EQ(refusal_of(request_with("Authorization", good.text)), missing);
  EXPECT_EQ(refusal_of(by_cookie(good.text)), missing);
  EXPECT_EQ(refusal_of(by_cookie("")), missing);
  EXPECT_EQ(refusal_of(by_cookie(std::string(1000, 'x'))), missing);
}

TEST_F(Authentication, AKeyOfTheSamePrefixAndAnotherSecretIsRefused) {
  const IssuedKey good = issue();
  store_.database().run_script({"swap", "UPDATE api_keys SET digest = zeroblob(32)"});
  EXPECT_NE(refusal_of(by_key(good.text)), "");
}

TEST_F(Authentication, ARotatedKeyGoesOnForTheOverlapOnly) {
  const IssuedKey old = issue();
  const IssuedKey next = rotate_key(store_, old.key, hours(24), author_);
  EXPECT_EQ(next.key.rotated_from, old.key.id);
  EXPECT_EQ(refusal_of(by_key(old.text), kNow + hours(23)), "");
  EXPECT_EQ(refusal_of(by_key(next.text), kNow + hours(23)), "");
  EXPECT_NE(refusal_of(by_key(old.text), kNow + hours(24)), "");
  EXPECT_EQ(refusal_of(by_key(next.text), kNow + hours(24)), "");
}

TEST_F(Authentication, ASessionGivesItsUsersRoleAndTenant) {
  const store::User kim = add_kim();
  const Principal principal = authenticate(by_cookie(log_in_kim()), store_, kNow);
  EXPECT_EQ(principal.role, Role::legal);
  EXPECT_EQ(principal.tenant, tenant_);
  EXPECT_EQ(principal.user, kim.id);
  EXPECT_EQ(principal.key, ApiKeyId{});
  EXPECT_EQ(principal.name, "user " + std::to_string(kim.id.value) + " (kim)");
}

TEST_F(Authentication, ASessionChangesNothingWithoutItsCsrfToken) {
  add_kim();
  const std::string token = log_in_kim();
  for (const http::Method method :
       {http::Method::post, http::Method::put, http::Method::patch, http::Method::del}) {
    http::Request request = by_cookie(token, method);
    EXPECT_NE(refusal_of(request), "");
    request.headers.set("X-CSRF-Token", access::csrf_token_of(access::make_session_token()));
    EXPECT_NE(refusal_of(request), "");
    request.headers.set("X-CSRF-Token", token);
    EXPECT_NE(refusal_of(request), "");
    request.headers.set("X-CSRF-Token", access::csrf_token_of(token));
    EXPECT_EQ(refusal_of(request), "");
  }
  EXPECT_EQ(refusal_of(by_cookie(token, http::Method::head)), "");
}

TEST_F(Authentication, ACookieThatTlsDidNotProtectIsWorthNothingBehindTls) {
  add_kim();
  const std::string token = log_in_kim();
  http::Request request = request_with("Cookie", "reelprint=" + token);
  EXPECT_NE(refusal_of(request), "");
  request.secure = false;
  EXPECT_EQ(refusal_of(request), "");
  EXPECT_EQ(session_token_of(request_with("Cookie", "x__Host-reelprint=a; __Host-reelprint2=b")),
            std::nullopt);
}

TEST_F(Authentication, ASessionEndsWhenItIsIdleAndGoesOnWhileItIsUsed) {
  add_kim();
  const std::string token = log_in_kim();
  EXPECT_EQ(refusal_of(by_cookie(token), kNow + minutes(119)), "");
  EXPECT_EQ(refusal_of(by_cookie(token), kNow + minutes(238)), "");
  EXPECT_NE(refusal_of(by_cookie(token), kNow + minutes(359)), "");
}

TEST_F(Authentication, ASessionEndsAfterTwelveHoursHoweverMuchItIsUsed) {
  add_kim();
  const std::string token = log_in_kim();
  for (int hour = 1; hour < 12; ++hour) EXPECT_EQ(refusal_of(by_cookie(token), kNow + hours(hour)), "");
  EXPECT_NE(refusal_of(by_cookie(token), kNow + hours(12)), "");
}

TEST_F(Authentication, ADisabledUsersSessionAndPasswordAreWorthNothingAtOnce) {
  store::User kim = add_kim();
  const std::string token = log_in_kim();
  kim.is_disabled = true;
  ASSERT_TRUE(update_user(store_, kim, author_));
  EXPECT_NE(refusal_of(by_cookie(token)), "");
  const auto again = logins_.log_in(store_, {"kim@lotus.example", kPassword, "192.0.2.1", "r"}, kNow);
  ASSERT_TRUE(std::holds_alternative<LoginRefusal>(again));
  EXPECT_EQ(std::get<LoginRefusal>(again).why, LoginRefusal::Why::wrong);
}

TEST_F(Authentication, ANewPasswordEndsAllSessions) {
  const store::User kim = add_kim();
  const std::string token = log_in_kim();
  ASSERT_TRUE(set_password(store_, kim.id, access::hash_password("another walrus", kCheap), author_));
  EXPECT_NE(refusal_of(by_cookie(token)), "");
}

TEST_F(Authentication, NoSecretIsInTheDataFolder) {
  add_kim();
  const IssuedKey issued = issue();
  const std::string token = log_in_kim();
  static_cast<void>(
      logins_.check(store_, {"kim@lotus.example", "wrong but telling", "192.0.2.1", "r"}, kNow));
  static_cast<void>(logins_.check(store_, {"typed into the wrong field", kPassword, "192.0.2.1", "r"}, kNow));
  static_cast<void>(authenticate(by_key(issued.text), store_, kNow));
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    ++files;
    for (const std::string& secret :
         {issued.text, issued.text.substr(12), issued.text.substr(12, 16), token, token.substr(0, 16),
          access::csrf_token_of(token), std::string(kPassword), std::string("wrong but telling"),
          std::string("typed into the wrong field")}) {
      EXPECT_EQ(bytes.find(secret), std::string::npos) << entry.path() << " has " << secret;
    }
  }
  EXPECT_GE(files, 2U);  // the database and its log
}

}  // namespace
}  // namespace reelprint::api
