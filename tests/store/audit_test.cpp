#include "store/audit.h"

#include <gtest/gtest.h>

#include <string>

#include "samples.h"
#include "store/audit_statements.h"
#include "store/schema.h"

namespace reelprint::store {
namespace {

AuditEntry entry_of(const std::string& action, const std::string& object = "licence 5") {
  AuditEntry entry;
  entry.at = WallTime{std::chrono::microseconds{1'790'000'000'123'456}};
  entry.actor = "key 12 (ingest)";
  entry.tenant = TenantId{3};
  entry.action = action;
  entry.object = object;
  entry.request_id = "r-1";
  entry.detail = R"({"name":"Lotus"})";
  return entry;
}

std::vector<std::int64_t> ids_of(const std::vector<AuditEntry>& entries) {
  std::vector<std::int64_t> ids;
  for (const AuditEntry& entry : entries) ids.push_back(entry.id.value);
  return ids;
}

class AuditLog : public testing::Test {
 protected:
  AuditLog() { bring_up_to_date(database_, migrations()); }

  void append(int entries) {
    for (int i = 0; i < entries; ++i) audit_.append(entry_of("licence.create"));
  }
  /// Behind the triggers' back.
  void tamper(const std::string& sql) {
    database_.run_script({"tamper",
                          "DROP TRIGGER audit_keeps_entries; DROP TRIGGER audit_loses_nothing; "
                          "DROP TRIGGER audit_replaces_nothing;"});
    database_.run_script({"tamper", sql});
  }

  TemporaryFolder folder_;
  Database database_{folder_.database(), {}};
  Audit audit_{database_};
};

TEST_F(AuditLog, EntriesComeBackWithEverythingNewestFirst) {
  EXPECT_EQ(audit_.append(entry_of("licence.create")), AuditId{1});
  EXPECT_EQ(audit_.append(entry_of("licence.update")), AuditId{2});
  const auto entries = audit_.list({}, {}, 10);
  ASSERT_EQ(ids_of(entries), (std::vector<std::int64_t>{2, 1}));
  const AuditEntry wanted = entry_of("licence.create");
  EXPECT_EQ(entries[1].at, wanted.at);
  EXPECT_EQ(entries[1].actor, wanted.actor);
  EXPECT_EQ(entries[1].tenant, wanted.tenant);
  EXPECT_EQ(entries[1].action, wanted.action);
  EXPECT_EQ(entries[1].object, wanted.object);
  EXPECT_EQ(entries[1].request_id, wanted.request_id);
  EXPECT_EQ(entries[1].detail, wanted.detail);
  EXPECT_EQ(entries[1].previous, Sha256{});
  EXPECT_EQ(entries[0].previous, entries[1].digest);
}

// Made by hand from docs/formats.md: an entry of each form.
TEST_F(AuditLog, TheDigestIsThatOfTheBytesInTheFormatDocument) {
  const std::string rest =
      "1790000000123456, 'key 12 (ingest)', 3, 'licence.create', 'licence 5', 'r-1', "
      "'{\"name\":\"Lotus\"}', ";
  database_.run_script(
      {"append", "INSERT INTO audit VALUES (1, " + rest +
                     "zeroblob(32), x'e9c9c5decaeac0505cf90daa3a501e3179887b6eeb675d8f1976029a2bc300ae', '');"
                     "INSERT INTO audit VALUES (2, " +
                     rest +
                     "x'e9c9c5decaeac0505cf90daa3a501e3179887b6eeb675d8f1976029a2bc300ae',"
                     "x'7ccdd537a01ff928fe0a15de6f7f265485a4cd4531d9745f665f0a2dcc718827', "
                     "'000102030405060708090a0b0c0d0e0f');"});
  EXPECT_EQ(audit_.first_broken(), std::nullopt);
}

TEST_F(AuditLog, TwoEntriesThatSayTheSameHaveOtherContentDigests) {
  append(2);
  const auto entries = audit_.after({}, 9);
  EXPECT_EQ(ids_of(entries), (std::vector<std::int64_t>{1, 2}));
  EXPECT_NE(content_digest_of(entries[0]), content_digest_of(entries[1]));
  EXPECT_EQ(audit_.newest(), AuditId{2});
}

TEST_F(AuditLog, AnUntouchedLogIsWhole) {
  EXPECT_EQ(audit_.first_broken(), std::nullopt);
  append(5);
  EXPECT_EQ(audit_.first_broken(), std::nullopt);
}

TEST_F(AuditLog, WhatIsUndoneWasNeverThere) {
  append(1);
  {
    const Transaction undone(database_, Transaction::Kind::write);
    append(3);
  }
  append(1);
  EXPECT_EQ(ids_of(audit_.list({}, {}, 10)), (std::vector<std::int64_t>{2, 1}));
  EXPECT_EQ(audit_.first_broken(), std::nullopt);
}

TEST_F(AuditLog, ItsTableRefusesChangesRemovalAndReplacement) {
  append(2);
  for (const char* sql :
       {"UPDATE audit SET actor = 'nobody'", "DELETE FROM audit", "DELETE FROM audit WHERE id = 2",
        "INSERT OR REPLACE INTO audit SELECT 1, at_us, 'nobody', tenant, action, object, request, detail, "
        "previous, digest, salt FROM audit WHERE id = 1"}) {
    EXPECT_EQ(error_of([&] { database_.run_script({"tamper", sql}); }), ErrorCode::invalid_input) << sql;
  }
  EXPECT_EQ(audit_.first_broken(), std::nullopt);
}

TEST_F(AuditLog, FindsTheFirstEntryOfWhichAnyFieldWasChanged) {
  append(5);
  tamper("CREATE TABLE before AS SELECT * FROM audit");
  for (const char* change :
       {"actor = 'nobody'", "at_us = at_us + 1", "tenant = 4", "action = 'licence.creat'", "object = ''",
        "request = 'r-2'", "detail = '{}'", "salt = ''", "salt = printf('%032d', 1)", "digest = zeroblob(32)",
        "previous = zeroblob(32)", "actor = actor || 'l', action = substr(action, 2)"}) {
    database_.run_script({"tamper", "UPDATE audit SET " + std::string(change) + " WHERE id = 3"});
    EXPECT_EQ(audit_.first_broken(), AuditId{3}) << change;
    database_.run_script({"restore", "DELETE FROM audit; INSERT INTO audit SELECT * FROM before"});
    ASSERT_EQ(audit_.first_broken(), std::nullopt);
  }
}

TEST_F(AuditLog, FindsWhereAnEntryWasLeftOut) {
  append(5);
  tamper("DELETE FROM audit WHERE id = 2");
  EXPECT_EQ(audit_.first_broken(), AuditId{2});
  database_.run_script({"tamper", "UPDATE audit SET id = id - 1 WHERE id > 2"});
  EXPECT_EQ(audit_.first_broken(), AuditId{2});
}

TEST_F(AuditLog, FindsThatItsEndWasCutOff) {
  append(5);
  tamper("DELETE FROM audit WHERE id > 3");
  EXPECT_EQ(audit_.first_broken(), AuditId{4});
}

TEST_F(AuditLog, ADigestOfAnotherLengthIsBrokenAndNoError) {
  append(2);
  tamper("PRAGMA ignore_check_constraints = ON; UPDATE audit SET digest = x'00' WHERE id = 2");
  EXPECT_EQ(audit_.first_broken(), AuditId{2});
}

TEST_F(AuditLog, AListingIsNarrowedAndPaged) {
  audit_.append(entry_of("licence.create", "licence 5"));
  audit_.append(entry_of("licence.update", "licence 5"));
  audit_.append(entry_of("key.create", "key 1"));
  AuditEntry other = entry_of("key.create", "key 2");
  other.tenant = TenantId{4};
  other.actor = "command line";
  audit_.append(other);

  using Ids = std::vector<std::int64_t>;
  const auto listed = [this](const AuditFilter& filter) { return ids_of(audit_.list(filter, {}, 9)); };
  EXPECT_EQ(ids_of(audit_.list({}, AuditId{4}, 2)), (Ids{3, 2}));
  EXPECT_EQ(listed({TenantId{4}, "", "", ""}), (Ids{4}));
  EXPECT_EQ(listed({{}, "command line", "", ""}), (Ids{4}));
  EXPECT_EQ(listed({{}, "", "licence.", ""}), (Ids{2, 1}));
  EXPECT_EQ(listed({{}, "", "licence.create", ""}), (Ids{1}));
  EXPECT_EQ(listed({{}, "", "licence", ""}), Ids{});
  EXPECT_EQ(listed({{}, "", "", "licence 5"}), (Ids{2, 1}));
  EXPECT_EQ(listed({TenantId{3}, "", "key.", "key 1"}), (Ids{3}));
  EXPECT_EQ(listed({TenantId{3}, "command line", "", ""}), Ids{});
}

TEST_F(AuditLog, ATextOfOverAMebibyteIsRefused) {
  AuditEntry entry = entry_of("licence.create");
  entry.detail.assign((std::size_t{1} << 20) + 1, 'x');
  EXPECT_EQ(error_of([&] { audit_.append(entry); }), ErrorCode::too_large);
}

}  // namespace
}  // namespace reelprint::store
