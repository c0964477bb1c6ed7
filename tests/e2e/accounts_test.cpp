// `reelprint tenant`, `user`, `key` and `audit` on a new data folder: how the first admin comes into being.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <regex>

#include "tests/e2e/reelprint.h"

namespace reelprint::e2e {
namespace {

class Accounts : public ReelprintTest {
 protected:
  [[nodiscard]] std::string data_bytes() const {
    std::string bytes;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(program.data())) {
      if (!entry.is_regular_file()) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      bytes.append(std::istreambuf_iterator<char>(file), {});
    }
    return bytes;
  }
};

TEST_F(Accounts, TheFirstKeyIsMadeInANewFolderAndPrintedAlone) {
  const Ended made = program.run({"key", "create", "root", "--role", "admin"});
  EXPECT_EQ(made.exit_code, 0) << made.err;
  EXPECT_TRUE(std::regex_match(made.out, std::regex("rp_[0-9A-Za-z]{8}_[0-9A-Za-z]{38}\n"))) << made.out;
  EXPECT_EQ(made.err, "");
  EXPECT_EQ(data_bytes().find(made.out.substr(12, 38)), std::string::npos);
  const auto key = only(program.json({"key", "list"}));
  EXPECT_EQ(text_of(key, "prefix"), made.out.substr(0, 11));
  EXPECT_EQ(text_of(key, "role"), "admin");
}

TEST_F(Accounts, AKeyIsRevokedByItsPrefix) {
  const auto made = only(program.json({"key", "create", "root", "--role", "admin", "--expires-days", "30"}));
  EXPECT_FALSE(member(made, "expires_at").is_null());
  const auto revoked = only(program.json({"key", "revoke", text_of(made, "prefix")}));
  EXPECT_FALSE(member(revoked, "revoked_at").is_null());
  EXPECT_EQ(program.run({"key", "revoke", "rp_nosuchke"}).exit_code, 1);
}

TEST_F(Accounts, AHoldersKeyNeedsATenantThatIsAHolder) {
  program.json({"tenant", "create", "Lotus", "--kind", "holder"});
  program.json({"tenant", "create", "Clipstream", "--kind", "platform"});
  EXPECT_EQ(program.json({"tenant", "list"}).size(), 2U);
  EXPECT_EQ(program.run({"tenant", "create", "Lotus", "--kind", "holder"}).exit_code, 1);
  EXPECT_EQ(program.run({"key", "create", "x", "--role", "holder"}).exit_code, 1);
  EXPECT_EQ(program.run({"key", "create", "x", "--role", "holder", "--tenant", "Clipstream"}).exit_code, 1);
  EXPECT_EQ(program.run({"key", "create", "x", "--role", "king"}).exit_code, 1);
  const auto key = only(program.json({"key", "create", "x", "--role", "holder", "--tenant", "Lotus"}));
  EXPECT_EQ(integer_of(key, "tenant"), 1);
}

TEST_F(Accounts, TheAuditLogSaysWhoDidWhatAndIsWhole) {
  program.json({"tenant", "create", "Lotus", "--kind", "holder"});
  program.json({"key", "create", "root", "--role", "admin"});
  const auto entries = program.json({"audit", "list"});
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(text_of(entries[0], "action"), "key.create");
  EXPECT_EQ(text_of(entries[0], "actor"), "command line");
  const auto verified = only(program.json({"audit", "verify"}));
  EXPECT_TRUE(flag_of(verified, "ok"));
  EXPECT_EQ(integer_of(verified, "entries"), 2);
}

TEST_F(Accounts, APasswordThatIsPipedIsCheckedAndNotStored) {
  const auto create = [this](const std::string& password) {
    Command command = program.command(
        {"user", "create", "kim@lotus.example", "--name", "Kim", "--role", "admin", "--password-stdin"});
    std::string line = "echo '" + password + "' |";
    for (const std::string& word : command.words) line += " '" + word + "'";
    command.words = {"/bin/sh", "-c", line};
    return e2e::run(command);
  };
  EXPECT_EQ(create("password1234").exit_code, 1);
  EXPECT_EQ(create("").exit_code, 1);
  const Ended made = create("a walrus in the attic");
  EXPECT_EQ(made.exit_code, 0) << made.err;
  EXPECT_EQ(text_of(only(program.json({"user", "list"})), "email"), "kim@lotus.example");
  EXPECT_EQ(data_bytes().find("walrus"), std::string::npos);
}

}  // namespace
}  // namespace reelprint::e2e
