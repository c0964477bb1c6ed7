#include <gtest/gtest.h>

#include "samples.h"
#include "store/api_keys.h"
#include "store/sessions.h"
#include "store/tenants.h"
#include "store/users.h"

namespace reelprint::store {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr WallTime kNow{std::chrono::microseconds{1'790'000'000'123'456}};

class AccessTables : public testing::Test {
 protected:
  User sample_user() const {
    User user;
    user.email = "Kim@Lotus.example";
    user.name = "Kim";
    user.role = Role::holder;
    user.tenant = tenant_;
    user.created_at = kNow;
    return user;
  }
  ApiKey sample_key(const std::string& prefix = "rp_abcdefgh") const {
    ApiKey key;
    key.prefix = prefix;
    key.name = "ingest";
    key.role = Role::holder;
    key.tenant = tenant_;
    key.created_at = kNow;
    key.expires_at = kNow + hours(24);
    return key;
  }
  static Session session_of(UserId user) {
    return {user, kNow, kNow, hours(2), kNow + hours(12), "192.0.2.1"};
  }

  TemporaryFolder folder_;
  Store store_{folder_.path()};
  TenantId tenant_ = Tenants(store_.database()).add({{}, "Lotus", TenantKind::holder, kNow, 1});
  Users users_{store_.database()};
  ApiKeys keys_{store_.database()};
  Sessions sessions_{store_.database()};
  LoginLog logins_{store_.database()};
};

TEST_F(AccessTables, AUserComesBackByIdAndByAddressWhateverItsCase) {
  User wanted = sample_user();
  wanted.id = users_.add(wanted, "a hash");
  EXPECT_EQ(users_.find(wanted.id), wanted);
  const auto login = users_.find_login("kim@lotus.EXAMPLE");
  ASSERT_TRUE(login);
  EXPECT_EQ(login->user, wanted);
  EXPECT_EQ(login->password_hash, "a hash");
  EXPECT_FALSE(users_.find_login("kim"));
}

TEST_F(AccessTables, AnAddressIsTakenOnceWhateverItsCase) {
  users_.add(sample_user(), "a hash");
  User other = sample_user();
  other.email = "KIM@lotus.example";
  EXPECT_EQ(error_of([&] { users_.add(other, "a hash"); }), ErrorCode::invalid_input);
}

TEST_F(AccessTables, AUserOfNoTenantThatIsThereIsRefused) {
  User lost = sample_user();
  lost.tenant = TenantId{99};
  EXPECT_EQ(error_of([&] { users_.add(lost, "a hash"); }), ErrorCode::invalid_input);
}

TEST_F(AccessTables, AChangeOfAUserNeedsTheVersionThatItChanges) {
  User user = sample_user();
  user.id = users_.add(user, "a hash");
  user.name = "Kim M.";
  user.role = Role::auditor;
  user.tenant = {};
  user.is_disabled = true;
  EXPECT_TRUE(users_.update(user));
  EXPECT_FALSE(users_.update(user));
  user.version = 2;
  EXPECT_EQ(users_.find(user.id), user);
}

TEST_F(AccessTables, ANewPasswordIsANewVersionAndARehashIsNot) {
  const UserId id = users_.add(sample_user(), "a hash");
  EXPECT_TRUE(users_.set_password(id, "another"));
  EXPECT_EQ(users_.find_login(id)->password_hash, "another");
  EXPECT_EQ(users_.find(id)->version, 2);
  users_.rehash_password(id, "a dearer one");
  EXPECT_EQ(users_.find_login(id)->password_hash, "a dearer one");
  EXPECT_EQ(users_.find(id)->version, 2);
  EXPECT_FALSE(users_.set_password(UserId{99}, "another"));
}

TEST_F(AccessTables, UsersAndKeysAreListedByTenantAndPaged) {
  User user = sample_user();
  const UserId first = users_.add(user, "");
  user.email = "two";
  user.tenant = {};
  const UserId second = users_.add(user, "");
  EXPECT_EQ(users_.list({}, {}, 9).size(), 2U);
  EXPECT_EQ(users_.list({}, first, 9).at(0).id, second);
  ASSERT_EQ(users_.list(tenant_, {}, 9).size(), 1U);
  EXPECT_EQ(users_.list({}, {}, 1).size(), 1U);

  const ApiKeyId one = keys_.add(sample_key(), media_number(1));
  ApiKey free = sample_key("rp_22222222");
  free.tenant = {};
  const ApiKeyId two = keys_.add(free, media_number(2));
  EXPECT_EQ(keys_.list({}, {}, 9).size(), 2U);
  EXPECT_EQ(keys_.list({}, one, 9).at(0).id, two);
  ASSERT_EQ(keys_.list(tenant_, {}, 9).size(), 1U);
}

TEST_F(AccessTables, AKeyComesBackByIdAndByPrefix) {
  ApiKey wanted = sample_key();
  wanted.id = keys_.add(wanted, media_number(1));
  EXPECT_EQ(keys_.find(wanted.id), wanted);
  const auto login = keys_.find_login("rp_abcdefgh");
  ASSERT_TRUE(login);
  EXPECT_EQ(login->key, wanted);
  EXPECT_EQ(login->digest, media_number(1));
  EXPECT_FALSE(keys_.find_login("rp_ABCDEFGH"));
}

TEST_F(AccessTables, AKeyIsGoodUntilItExpiresOrIsRevoked) {
  const ApiKeyId id = keys_.add(sample_key(), media_number(1));
  EXPECT_TRUE(keys_.find(id)->is_good(kNow + hours(24) - seconds(1)));
  EXPECT_FALSE(keys_.find(id)->is_good(kNow + hours(24)));
  keys_.expire(id, kNow + hours(1));
  EXPECT_FALSE(keys_.find(id)->is_good(kNow + hours(1)));
  keys_.expire(id, kNow + hours(48));
  EXPECT_FALSE(keys_.find(id)->is_good(kNow + hours(1)));
  EXPECT_TRUE(keys_.revoke(id, kNow));
  EXPECT_FALSE(keys_.revoke(id, kNow + hours(1)));
  EXPECT_FALSE(keys_.find(id)->is_good(kNow));
  EXPECT_EQ(keys_.find(id)->revoked_at, kNow);
}

TEST_F(AccessTables, AKeyWithoutAnEndIsGoodForEver) {
  ApiKey key = sample_key();
  key.expires_at = {};
  EXPECT_TRUE(key.is_good(kNow + hours(24) * 36500));
}

TEST_F(AccessTables, UseOfAKeyIsNotedOnceAMinute) {
  const ApiKeyId id = keys_.add(sample_key(), media_number(1));
  keys_.touch(*keys_.find(id), kNow);
  EXPECT_EQ(keys_.find(id)->last_used_at, kNow);
  keys_.touch(*keys_.find(id), kNow + seconds(59));
  EXPECT_EQ(keys_.find(id)->last_used_at, kNow);
  keys_.touch(*keys_.find(id), kNow + seconds(60));
  EXPECT_EQ(keys_.find(id)->last_used_at, kNow + seconds(60));
}

TEST_F(AccessTables, UseOfAKeyIsNotNotedWhileAnotherWrites) {
  const ApiKeyId id = keys_.add(sample_key(), media_number(1));
  const ApiKey key = *keys_.find(id);
  Store other(folder_.path(), false);
  {
    const Transaction writing(other.database(), Transaction::Kind::write);
    keys_.touch(key, kNow);  // or it would wait for 30 s
  }
  EXPECT_EQ(keys_.find(id)->last_used_at, WallTime{});
  keys_.touch(key, kNow);
  EXPECT_EQ(keys_.find(id)->last_used_at, kNow);
}

TEST_F(AccessTables, ASessionEndsWhenItIsIdleOrTooOldOrEnded) {
  const UserId user = users_.add(sample_user(), "");
  const Sha256 token = media_number(7);
  sessions_.add(token, session_of(user));
  const Session session = *sessions_.find(token);
  EXPECT_EQ(session, session_of(user));
  EXPECT_TRUE(session.is_good(kNow + hours(2) - seconds(1)));
  EXPECT_FALSE(session.is_good(kNow + hours(2)));
  sessions_.touch(token, session, kNow + minutes(119));
  EXPECT_TRUE(sessions_.find(token)->is_good(kNow + hours(3)));
  sessions_.touch(token, session, kNow + hours(11) + minutes(59));
  EXPECT_FALSE(sessions_.find(token)->is_good(kNow + hours(12)));
  EXPECT_TRUE(sessions_.end(token, kNow + hours(1)));
  EXPECT_FALSE(sessions_.end(token, kNow + hours(1)));
  EXPECT_FALSE(sessions_.find(token)->is_good(kNow + hours(1)));
  EXPECT_FALSE(sessions_.find(media_number(8)));
}

TEST_F(AccessTables, AllSessionsOfAUserEndAtOnceAndAddressesAreRemembered) {
  const UserId user = users_.add(sample_user(), "");
  User other = sample_user();
  other.email = "other@lotus.example";
  const UserId neighbour = users_.add(other, "");
  sessions_.add(media_number(1), session_of(user));
  sessions_.add(media_number(2), session_of(user));
  sessions_.add(media_number(3), session_of(neighbour));
  EXPECT_EQ(sessions_.end_all(user, kNow), 2U);
  EXPECT_FALSE(sessions_.find(media_number(2))->is_good(kNow));
  EXPECT_TRUE(sessions_.find(media_number(3))->is_good(kNow));
  EXPECT_TRUE(sessions_.knows(user, "192.0.2.1"));
  EXPECT_FALSE(sessions_.knows(user, "192.0.2.2"));
  EXPECT_EQ(sessions_.forget(kNow + hours(1)), 2U);
  EXPECT_FALSE(sessions_.knows(user, "192.0.2.1"));
}

TEST_F(AccessTables, FailedLoginsAreCountedBySubjectAndForgotten) {
  EXPECT_EQ(logins_.find(media_number(1)).failures, 0);
  logins_.put(media_number(1), {1, kNow, {}});
  logins_.put(media_number(1), {2, kNow + minutes(1), kNow + minutes(2)});
  logins_.put(media_number(2), {9, kNow, {}});
  EXPECT_EQ(logins_.find(media_number(1)).failures, 2);
  EXPECT_EQ(logins_.find(media_number(1)).failed_at, kNow + minutes(1));
  EXPECT_EQ(logins_.find(media_number(1)).blocked_until, kNow + minutes(2));
  EXPECT_EQ(logins_.forget_before(kNow + minutes(1)), 1U);
  EXPECT_EQ(logins_.find(media_number(2)).failures, 0);
  logins_.forget(media_number(1));
  EXPECT_EQ(logins_.find(media_number(1)).failures, 0);
}

}  // namespace
}  // namespace reelprint::store
