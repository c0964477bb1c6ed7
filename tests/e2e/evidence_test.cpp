// reelprint evidence, as a person uses it: keys, and what the verifier says of a file that is none.
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/e2e/files.h"
#include "tests/e2e/reelprint.h"

namespace reelprint::e2e {
namespace {

class Evidence : public ReelprintTest {};

TEST_F(Evidence, KeysAreMadeReplacedRevokedAndPublished) {
  const auto first = only(program.json({"evidence", "key", "create"}));
  EXPECT_EQ(program.run({"evidence", "key", "create"}).exit_code, 1);
  const auto second = only(program.json({"evidence", "key", "rotate"}));
  EXPECT_NE(first.at("key"), second.at("key"));

  const std::string name(second.at("key").as_string());
  const auto revoked = only(program.json({"evidence", "key", "revoke", name, "--reason", "stolen"}));

  EXPECT_EQ(revoked.at("revoked_why").as_string(), "stolen");
  EXPECT_EQ(program.json({"evidence", "key", "list"}).size(), 2U);
  const auto published = program.run({"evidence", "key", "publish"});
  EXPECT_EQ(published.exit_code, 0);
  EXPECT_NE(published.out.find("reelprint-keys-1"), std::string::npos);
  EXPECT_NE(program.run({"evidence", "key", "publish", "--format", "pem"}).out.find("BEGIN PUBLIC KEY"),
            std::string::npos);
}

TEST_F(Evidence, ExportsSayWhatIsMissing) {
  EXPECT_EQ(program.run({"evidence", "export", "1", "-o", "a.zip"}).exit_code, 1);
  (void)program.json({"evidence", "key", "create"});
  EXPECT_EQ(program.run({"evidence", "export", "1", "-o", "a.zip"}).exit_code, 1);
  EXPECT_FALSE(std::filesystem::exists(folder() / "a.zip"));
}

TEST_F(Evidence, WhatIsNoBundleIsFoundToBeNone) {
  EXPECT_EQ(program.run({"evidence", "verify", "there-is-none.zip"}).exit_code, 1);
  EXPECT_EQ(program.run({"evidence", "verify"}).exit_code, 2);
  write_catalog("a.zip", {"PK"});
  const auto checks = program.json({"evidence", "verify", "a.zip"}, 1);
  EXPECT_FALSE(checks.back().at("ok").as_bool());
}

}  // namespace
}  // namespace reelprint::e2e
