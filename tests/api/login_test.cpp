#include "api/login.h"

#include <gtest/gtest.h>

#include "api/accounts.h"
#include "store/audit.h"
#include "store/sqlite.h"
#include "tests/support/temporary_folder.h"

namespace reelprint::api {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using Why = LoginRefusal::Why;

constexpr WallTime kNow{std::chrono::microseconds{1'790'000'000'000'000}};
constexpr access::PasswordCost kCheap{.passes = 1, .memory_bytes = 8192};
constexpr const char* kPassword = "a walrus in the attic";

LoginSettings cheap_settings() {
  LoginSettings settings;
  settings.cost = kCheap;
  return settings;
}

class Login : public testing::Test {
 protected:
  Login() {
    store::User user;
    user.email = "kim@lotus.example";
    user.name = "kim";
    user.role = Role::admin;
    kim_ = add_user(store_, user, access::hash_password(kPassword, kCheap), {"command line", "", kNow}).id;
  }
  LoginRefusal refusal(const std::string& password, const std::string& remote, WallTime now = kNow,
                       const std::string& email = "kim@lotus.example") {
    const auto outcome = logins_.log_in(store_, {email, password, remote, "r"}, now);
    return std::holds_alternative<LoggedIn>(outcome) ? LoginRefusal{Why::wrong, seconds(-1)}
                                                     : std::get<LoginRefusal>(outcome);
  }
  bool succeeds(const std::string& remote, WallTime now = kNow) {
    return refusal(kPassword, remote, now).retry_after == seconds(-1);
  }
  void fail(int times, const std::string& remote, WallTime now = kNow) {
    for (int i = 0; i < times; ++i) EXPECT_EQ(refusal("a wrong password", remote, now).why, Why::wrong) << i;
  }

  test::TemporaryFolder folder_;
  store::Store store_{folder_.path()};
  UserId kim_;
  Logins logins_{cheap_settings()};
};

TEST_F(Login, NeedsThePasswordAndTakesTheAddressInAnyCase) {
  EXPECT_TRUE(succeeds("192.0.2.1"));
  EXPECT_EQ(refusal("a wrong password", "192.0.2.1").why, Why::wrong);
  EXPECT_EQ(refusal(kPassword, "192.0.2.1", kNow, "KIM@Lotus.Example").retry_after, seconds(-1));
  EXPECT_EQ(refusal(kPassword, "192.0.2.1", kNow, "nobody@lotus.example").why, Why::wrong);
}

TEST_F(Login, SlowsDownWhoeverGuessesOnePersonsPassword) {
  fail(6, "192.0.2.1");
  EXPECT_EQ(refusal(kPassword, "192.0.2.2").why, Why::throttled);
  EXPECT_EQ(refusal(kPassword, "192.0.2.2").retry_after, seconds(1));
  fail(1, "192.0.2.2", kNow + seconds(1));
  EXPECT_EQ(refusal(kPassword, "192.0.2.1", kNow + seconds(2)).retry_after, seconds(1));
}

TEST_F(Login, LocksNobodyOutForMoreThanAMinute) {
  WallTime now = kNow;
  for (int i = 0; i < 30; ++i) {
    now += seconds(61);
    fail(1, "198.51.100." + std::to_string(i), now);
  }
  EXPECT_EQ(refusal(kPassword, "192.0.2.1", now).why, Why::throttled);
  EXPECT_LE(refusal(kPassword, "192.0.2.1", now).retry_after, seconds(60));
  EXPECT_TRUE(succeeds("192.0.2.1", now + seconds(60)));
}

TEST_F(Login, IsNotDelayedByOthersWhereThePersonHasLoggedInBefore) {
  ASSERT_TRUE(succeeds("192.0.2.1"));
  fail(6, "198.51.100.1");
  EXPECT_EQ(refusal(kPassword, "198.51.100.2").why, Why::throttled);
  EXPECT_TRUE(succeeds("192.0.2.1"));
}

TEST_F(Login, SlowsDownAnAddressThatTriesManyPeople) {
  for (int i = 0; i < 21; ++i)
    EXPECT_EQ(refusal(kPassword, "192.0.2.9", kNow, std::to_string(i) + "@x.example").why, Why::wrong);
  EXPECT_EQ(refusal(kPassword, "192.0.2.9").why, Why::throttled);
  EXPECT_TRUE(succeeds("192.0.2.8"));
}

TEST_F(Login, CountsTheAddressesOfOneIpv6NetworkTogether) {
  for (int i = 0; i < 21; ++i) {
    EXPECT_EQ(
        refusal(kPassword, "2001:db8:1:2::" + std::to_string(i), kNow, std::to_string(i) + "@x.example").why,
        Why::wrong);
  }
  EXPECT_EQ(refusal(kPassword, "2001:db8:1:2:ffff::1").why, Why::throttled);
  EXPECT_TRUE(succeeds("2001:db8:1:3::1"));
}

TEST_F(Login, ThatIsThrottledIsTheSameForPeopleWhoAreNotThere) {
  for (int i = 0; i < 6; ++i)
    EXPECT_EQ(refusal(kPassword, "192.0.2.1", kNow, "nobody@x.example").why, Why::wrong);
  EXPECT_EQ(refusal(kPassword, "192.0.2.2", kNow, "nobody@x.example").why, Why::throttled);
}

TEST_F(Login, ForgivesAfterASuccessAndAfterAnHour) {
  fail(5, "192.0.2.1");
  ASSERT_TRUE(succeeds("192.0.2.1"));
  fail(5, "192.0.2.1");
  EXPECT_TRUE(succeeds("192.0.2.1"));
  fail(5, "192.0.2.7");
  fail(1, "192.0.2.7", kNow + hours(2));
  EXPECT_TRUE(succeeds("192.0.2.7", kNow + hours(2)));
}

TEST_F(Login, MakesAnOldHashANewOneWithoutAnybodyNoticing) {
  store_.database().run_script({"empty", "DELETE FROM sessions"});
  LoginSettings dearer = cheap_settings();
  dearer.cost.passes = 2;
  Logins logins(dearer);
  ASSERT_TRUE(std::holds_alternative<LoggedIn>(
      logins.log_in(store_, {"kim@lotus.example", kPassword, "192.0.2.1", "r"}, kNow)));
  const auto login = store::Users(store_.database()).find_login(kim_);
  EXPECT_FALSE(access::needs_rehash(login->password_hash, dearer.cost));
  EXPECT_EQ(login->user.version, 1);
}

TEST_F(Login, IsInTheAuditLogWhetherItSucceedsOrNot) {
  fail(1, "192.0.2.1");
  ASSERT_TRUE(succeeds("192.0.2.1"));
  const auto entries = store::Audit(store_.database()).list({{}, "", "session.", ""}, {}, 9);
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].action, "session.create");
  EXPECT_EQ(entries[1].action, "session.refuse");
  EXPECT_EQ(entries[1].object, "user " + std::to_string(kim_.value));
  EXPECT_EQ(entries[1].detail, R"({"remote":"192.0.2.1"})");
}

TEST_F(Login, HashesNoMorePasswordsAtOnceThanItsSettingsSay) {
  LoginSettings none = cheap_settings();
  none.at_once = 0;
  none.patience = std::chrono::milliseconds(0);
  Logins logins(none);
  const auto outcome = logins.log_in(store_, {"kim@lotus.example", kPassword, "192.0.2.1", "r"}, kNow);
  EXPECT_EQ(std::get<LoginRefusal>(outcome).why, Why::busy);
  EXPECT_EQ(logins.hash(kPassword), std::nullopt);
}

}  // namespace
}  // namespace reelprint::api
