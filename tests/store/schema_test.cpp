#include "store/schema.h"

#include <gtest/gtest.h>

#include <array>

#include "samples.h"

namespace reelprint::store {
namespace {

constexpr StatementText kFirst{
    "step 1",
    "PRAGMA application_id = 1380995668; PRAGMA user_version = 1; "
    "CREATE TABLE things (id INTEGER PRIMARY KEY) STRICT; INSERT INTO things VALUES (7)"};
constexpr StatementText kSecond{"step 2",
                                "PRAGMA user_version = 2; ALTER TABLE things ADD COLUMN name TEXT; "
                                "UPDATE things SET name = 'seven'"};
constexpr StatementText kBroken{
    "step 2", "PRAGMA user_version = 2; DELETE FROM things; INSERT INTO nowhere VALUES (1)"};

TEST(Schema, StampsItsVersionAndApplication) {
  const TemporaryFolder folder;
  Database database(folder.database(), {});
  bring_up_to_date(database, migrations());
  EXPECT_EQ(number_from(database, "PRAGMA user_version"), static_cast<std::int64_t>(migrations().size()));
  EXPECT_EQ(number_from(database, "PRAGMA application_id"), kApplicationId);
}

TEST(Schema, HasStrictTablesOnly) {
  const TemporaryFolder folder;
  Database database(folder.database(), {});
  bring_up_to_date(database, migrations());
  EXPECT_EQ(number_from(database,
                        "SELECT count(*) FROM pragma_table_list WHERE type = 'table' AND NOT strict "
                        "AND name NOT LIKE 'sqlite_%'"),
            0);
}

TEST(Schema, ConnectionsLogAheadSyncEachCommitAndKeepForeignKeys) {
  const TemporaryFolder folder;
  Database database(folder.database(), {});
  bring_up_to_date(database, migrations());
  Statement mode = database.statement({"look", "PRAGMA journal_mode"});
  ASSERT_TRUE(mode.step());
  EXPECT_EQ(mode.text(0), "wal");
  EXPECT_EQ(number_from(database, "PRAGMA synchronous"), 2);  // FULL
  EXPECT_EQ(number_from(database, "PRAGMA foreign_keys"), 1);
  EXPECT_EQ(number_from(database, "PRAGMA busy_timeout"), 30'000);
}

TEST(Schema, OlderFilesAreBroughtUpToDateWithTheirRows) {
  const TemporaryFolder folder;
  {
    Database old(folder.database(), {});
    bring_up_to_date(old, std::array{kFirst});
  }
  Database database(folder.database(), {});
  bring_up_to_date(database, std::array{kFirst, kSecond});
  EXPECT_EQ(number_from(database, "PRAGMA user_version"), 2);
  EXPECT_EQ(number_from(database, "SELECT id FROM things WHERE name = 'seven'"), 7);
}

TEST(Schema, Version4KeepsHoldersWhatIsBelowThemAndTheirKeys) {
  const TemporaryFolder folder;
  Database database(folder.database(), {});
  bring_up_to_date(database, migrations().first(3));
  for (const char* sql :
       {"INSERT INTO holders (id, name, version) VALUES (3, 'Lotus', 5), (9, 'gone', 1)",
        "INSERT INTO series (holder, name) VALUES (3, 'The Oath')", "DELETE FROM holders WHERE id = 9"})
    database.run({"prepare", sql});
  bring_up_to_date(database, migrations());
  EXPECT_EQ(number_from(database, "SELECT version FROM holders WHERE id = 3 AND name = 'Lotus'"), 5);
  EXPECT_EQ(number_from(database, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
  database.run({"add", "INSERT INTO holders (name) VALUES ('new')"});
  EXPECT_EQ(database.last_key(), 10) << "the key of a holder that is gone is not given again";
}

TEST(Schema, AStepThatFailsIsUndoneAndTheStepBeforeItKept) {
  const TemporaryFolder folder;
  Database database(folder.database(), {});
  EXPECT_EQ(error_of([&] { bring_up_to_date(database, std::array{kFirst, kBroken}); }), ErrorCode::corrupt);
  EXPECT_EQ(number_from(database, "PRAGMA user_version"), 1);
  EXPECT_EQ(number_from(database, "SELECT id FROM things"), 7);
}

TEST(Schema, AConnectionThatWaitsTooLongIsTold) {
  const TemporaryFolder folder;
  Database holder(folder.database(), {});
  bring_up_to_date(holder, migrations());
  const Transaction held(holder, Transaction::Kind::write);
  Database other(folder.database(), {.create = false, .busy_timeout = std::chrono::milliseconds(1)});
  bring_up_to_date(other, migrations());
  EXPECT_EQ(error_of([&] { const Transaction change(other, Transaction::Kind::write); }), ErrorCode::busy);
}

TEST(Schema, AFileThatIsHeldWhileItIsNewIsBusy) {
  const TemporaryFolder folder;
  Database holder(folder.database(), {});
  const Transaction held(holder, Transaction::Kind::write);
  Database other(folder.database(), {.create = false, .busy_timeout = std::chrono::milliseconds(1)});
  EXPECT_EQ(error_of([&] { bring_up_to_date(other, migrations()); }), ErrorCode::busy);
}

TEST(Schema, ATransactionWithinAnotherIsAPartOfIt) {
  const TemporaryFolder folder;
  Database database(folder.database(), {});
  bring_up_to_date(database, std::array{kFirst});
  constexpr StatementText kAdd{"add", "INSERT INTO things (id) VALUES (?1)"};
  {
    Transaction whole(database, Transaction::Kind::write);
    database.run(kAdd, 10);
    {
      const Transaction undone(database, Transaction::Kind::write);
      database.run(kAdd, 20);
    }
    {
      Transaction kept(database, Transaction::Kind::write);
      database.run(kAdd, 30);
      kept.commit();
    }
    whole.commit();
  }
  {
    const Transaction undone(database, Transaction::Kind::write);
    Transaction part(database, Transaction::Kind::write);
    database.run(kAdd, 40);
    part.commit();
  }
  EXPECT_EQ(number_from(database, "SELECT count(*) FROM things"), 3);
  EXPECT_EQ(number_from(database, "SELECT max(id) FROM things"), 30);
}

TEST(Schema, ATransactionThatIsNotCommittedIsUndone) {
  const TemporaryFolder folder;
  Database database(folder.database(), {});
  bring_up_to_date(database, std::array{kFirst});
  {
    const Transaction change(database, Transaction::Kind::write);
    database.run({"add", "INSERT INTO things VALUES (?1)"}, 8);
  }
  EXPECT_EQ(number_from(database, "SELECT count(*) FROM things"), 1);
}

TEST(Schema, AnErrorSaysWhatWasAttemptedOnWhatAndWhyItFailed) {
  const TemporaryFolder folder;
  Database database(folder.database(), {});
  bring_up_to_date(database, std::array{kFirst});
  try {
    database.run({"add a thing", "INSERT INTO things VALUES (?1)"}, 7);
    FAIL() << "it was added";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_input);
    EXPECT_EQ(std::string(error.what()),
              "add a thing in '" + folder.database().string() + "': UNIQUE constraint failed: things.id");
  }
}

}  // namespace
}  // namespace reelprint::store
