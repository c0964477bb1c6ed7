#include "store/tenants.h"

#include <gtest/gtest.h>

#include "samples.h"

namespace reelprint::store {
namespace {

class TenantTable : public testing::Test {
 protected:
  TenantId add(const std::string& name, TenantKind kind = TenantKind::holder) {
    return tenants_.add({{}, name, kind, kNow, 1});
  }

  static constexpr WallTime kNow{std::chrono::microseconds{1'790'000'000'123'456}};
  TemporaryFolder folder_;
  Store store_{folder_.path()};
  Tenants tenants_{store_.database()};
};

TEST_F(TenantTable, ATenantComesBackByIdAndByName) {
  const TenantId id = add("Clipstream", TenantKind::platform);
  const Tenant wanted{id, "Clipstream", TenantKind::platform, kNow, 1};
  EXPECT_EQ(tenants_.find(id), wanted);
  EXPECT_EQ(tenants_.find("Clipstream"), wanted);
  EXPECT_EQ(tenants_.find(TenantId{id.value + 1}), std::nullopt);
  EXPECT_EQ(tenants_.find("clipstream"), std::nullopt);
}

TEST_F(TenantTable, ANameIsTakenOnce) {
  add("Lotus");
  EXPECT_EQ(error_of([&] { add("Lotus", TenantKind::platform); }), ErrorCode::invalid_input);
}

TEST_F(TenantTable, ARenamingNeedsTheVersionThatItChanges) {
  const TenantId id = add("Lotus");
  EXPECT_TRUE(tenants_.rename(id, 1, "Lotus Pictures"));
  EXPECT_FALSE(tenants_.rename(id, 1, "Lotus Films"));
  EXPECT_EQ(tenants_.find(id)->name, "Lotus Pictures");
  EXPECT_EQ(tenants_.find(id)->version, 2);
}

TEST_F(TenantTable, AListingIsPagedById) {
  const TenantId first = add("b");
  const TenantId second = add("a");
  const TenantId third = add("c");
  ASSERT_EQ(tenants_.list({}, 2).size(), 2U);
  EXPECT_EQ(tenants_.list({}, 2)[0].id, first);
  EXPECT_EQ(tenants_.list({}, 2)[1].id, second);
  ASSERT_EQ(tenants_.list(second, 2).size(), 1U);
  EXPECT_EQ(tenants_.list(second, 2)[0].id, third);
}

}  // namespace
}  // namespace reelprint::store
