#include "api/accounts.h"

#include <gtest/gtest.h>

#include "core/error.h"
#include "store/audit.h"
#include "store/sqlite.h"
#include "tests/support/temporary_folder.h"

namespace reelprint::api {
namespace {

constexpr WallTime kNow{std::chrono::microseconds{1'790'000'000'000'000}};

class Accounts : public testing::Test {
 protected:
  store::User sample(Role role, TenantId tenant, const std::string& email = "kim@lotus.example") {
    store::User user;
    user.email = email;
    user.name = "kim";
    user.role = role;
    user.tenant = tenant;
    return user;
  }
  std::vector<std::string> actions() {
    std::vector<std::string> names;
    for (const auto& entry : store::Audit(store_.database()).list({}, {}, 99)) names.push_back(entry.action);
    return names;
  }

  test::TemporaryFolder folder_;
  store::Store store_{folder_.path()};
  const Author author_{"command line", "", kNow};
  TenantId holder_ = add_tenant(store_, "Lotus", store::TenantKind::holder, author_).id;
  TenantId platform_ = add_tenant(store_, "Clipstream", store::TenantKind::platform, author_).id;
};

TEST_F(Accounts, ARoleNeedsATenantOfItsKind) {
  const TenantId none;
  const auto fault = [this](Role role, TenantId tenant) { return scope_fault(store_, role, tenant); };
  for (const auto& [role, tenant] :
       {std::pair(Role::admin, none), std::pair(Role::holder, holder_), std::pair(Role::platform, platform_),
        std::pair(Role::legal, none), std::pair(Role::legal, holder_), std::pair(Role::auditor, none),
        std::pair(Role::auditor, holder_), std::pair(Role::auditor, platform_)}) {
    EXPECT_EQ(fault(role, tenant), std::nullopt) << to_string(role);
  }
  EXPECT_EQ(fault(Role::admin, holder_), ScopeFault::takes_none);
  EXPECT_EQ(fault(Role::holder, none), ScopeFault::needs_holder);
  EXPECT_EQ(fault(Role::holder, platform_), ScopeFault::needs_holder);
  EXPECT_EQ(fault(Role::platform, none), ScopeFault::needs_platform);
  EXPECT_EQ(fault(Role::platform, holder_), ScopeFault::needs_platform);
  EXPECT_EQ(fault(Role::legal, platform_), ScopeFault::takes_holder);
  EXPECT_EQ(fault(Role::auditor, TenantId{99}), ScopeFault::no_such_tenant);
}

TEST_F(Accounts, EveryChangeIsInTheAuditLog) {
  store::User kim = add_user(store_, sample(Role::holder, holder_), "hash", author_);
  kim.name = "Kim";
  ASSERT_TRUE(update_user(store_, kim, author_));
  ASSERT_TRUE(set_password(store_, kim.id, "another", author_));
  store::ApiKey wanted;
  wanted.role = Role::admin;
  wanted.name = "first";
  const IssuedKey key = issue_key(store_, wanted, author_);
  rotate_key(store_, key.key, std::chrono::hours(1), author_);
  ASSERT_TRUE(revoke_key(store_, key.key, author_));
  EXPECT_FALSE(revoke_key(store_, key.key, author_));
  store::Tenant lotus = *store::Tenants(store_.database()).find(holder_);
  lotus.name = "Lotus Pictures";
  ASSERT_TRUE(rename_tenant(store_, lotus, author_));
  EXPECT_EQ(actions(), (std::vector<std::string>{"tenant.update", "key.revoke", "key.rotate", "key.create",
                                                 "user.set_password", "user.update", "user.create",
                                                 "tenant.create", "tenant.create"}));
  EXPECT_EQ(store::Audit(store_.database()).first_broken(), std::nullopt);
}

TEST_F(Accounts, WhatIsRefusedLeavesNoTrace) {
  const auto before = actions();
  EXPECT_THROW(add_tenant(store_, "Lotus", store::TenantKind::holder, author_), Error);
  EXPECT_THROW(add_tenant(store_, "", store::TenantKind::holder, author_), Error);
  EXPECT_THROW(add_user(store_, sample(Role::admin, holder_), "hash", author_), Error);
  EXPECT_THROW(add_user(store_, sample(Role::admin, {}, "no address"), "hash", author_), Error);
  store::ApiKey wanted;
  wanted.role = Role::holder;
  EXPECT_THROW(issue_key(store_, wanted, author_), Error);
  EXPECT_EQ(actions(), before);
  EXPECT_TRUE(store::ApiKeys(store_.database()).list({}, {}, 9).empty());
}

TEST_F(Accounts, AnAddressIsOneNameAtOnePlace) {
  EXPECT_TRUE(is_email("kim@lotus.example"));
  for (const char* text : {"", "kim", "@", "kim@", "@lotus", "kim@a@b", "kim lee@a", "kim\n@a"})
    EXPECT_FALSE(is_email(text)) << text;
  EXPECT_FALSE(is_email(std::string(250, 'x') + "@a.bc"));
}

}  // namespace
}  // namespace reelprint::api
