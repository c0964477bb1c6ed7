#include "store/signing_keys.h"

#include <gtest/gtest.h>

#include "samples.h"
#include "store/evidence_exports.h"
#include "store/schema.h"

namespace reelprint::store {
namespace {

constexpr WallTime at(int second) {
  return WallTime{std::chrono::seconds{1'790'000'000 + second}};
}

class KeptSigningKeys : public testing::Test {
 protected:
  KeptSigningKeys() { bring_up_to_date(database_, migrations()); }

  TemporaryFolder folder_;
  Database database_{folder_.database(), {}};
  SigningKeys keys_{database_};
  EvidenceExports exports_{database_};
};

TEST_F(KeptSigningKeys, ANewOneSignsAndTheOldOneIsRetired) {
  EXPECT_EQ(keys_.in_use(), std::nullopt);
  keys_.add("rpe_a", {1}, at(0));
  keys_.add("rpe_b", {2}, at(5));

  EXPECT_EQ(keys_.in_use()->name, "rpe_b");
  EXPECT_EQ(keys_.find("rpe_a")->retired_at, at(5));
  EXPECT_EQ(keys_.list().size(), 2U);
  EXPECT_EQ(keys_.list()[1].public_key[0], 2);
}

TEST_F(KeptSigningKeys, ARevokedOneSignsNoMoreAndStaysAsItWasRevoked) {
  keys_.add("rpe_a", {1}, at(0));

  EXPECT_TRUE(keys_.revoke("rpe_a", at(3), "the laptop was stolen", at(9)));
  EXPECT_FALSE(keys_.revoke("rpe_a", at(4), "again", at(10)));
  EXPECT_FALSE(keys_.revoke("rpe_x", at(4), "nobody", at(10)));

  EXPECT_EQ(keys_.in_use(), std::nullopt);
  const auto found = keys_.find("rpe_a");
  EXPECT_EQ(found->revoked_at, at(3));
  EXPECT_EQ(found->revoked_noted_at, at(9));
  EXPECT_EQ(found->retired_at, at(9));
  EXPECT_EQ(found->revoked_why, "the laptop was stolen");
}

TEST_F(KeptSigningKeys, AnExportIsFoundByItsCaseAndTime) {
  const EvidenceExport made{CaseId{3}, at(1), "a lawyer", AuditId{17}, 4, "system clock"};
  exports_.add(made);

  EXPECT_EQ(exports_.find(CaseId{3}, at(1)), made);
  EXPECT_EQ(exports_.find(CaseId{3}, at(2)), std::nullopt);
  EXPECT_EQ(error_of([&] { exports_.add(made); }), ErrorCode::invalid_input);
}

TEST_F(KeptSigningKeys, TheFirstTimeStampOverARootStays) {
  Sha256 root;
  root.bytes[0] = 9;
  exports_.keep_time_stamp(root, "http://tsa.example", std::string("a\0b", 3), at(0));
  exports_.keep_time_stamp(root, "http://tsa.example", "later", at(1));

  EXPECT_EQ(exports_.time_stamp(root), std::string("a\0b", 3));
  EXPECT_EQ(exports_.time_stamp({}), std::nullopt);
}

}  // namespace
}  // namespace reelprint::store
