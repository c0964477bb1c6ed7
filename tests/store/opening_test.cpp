#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "samples.h"
#include "store/schema.h"

namespace reelprint::store {
namespace {

namespace fs = std::filesystem;

std::string content_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void write(const fs::path& file, std::string_view content) {
  std::ofstream(file, std::ios::binary) << content;
}

std::optional<ErrorCode> opening_error(const fs::path& folder, bool create = true) {
  return error_of([&] { const Store store(folder, create); });
}

/// Opening a folder with this database in it gives `code` and leaves the file as it was.
void expect_refused_untouched(const TemporaryFolder& folder, ErrorCode code) {
  const std::string before = content_of(folder.database());
  EXPECT_EQ(opening_error(folder.path()), code);
  EXPECT_EQ(opening_error(folder.path(), false), code);
  EXPECT_EQ(content_of(folder.database()), before);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), {}), 1);
}

TEST(Opening, MakesTheFolderAndWhatIsMissingAboveIt) {
  const TemporaryFolder folder;
  const fs::path deep = folder.path() / "a" / "b" / "";
  EXPECT_TRUE(Store(deep).references().empty());
  EXPECT_TRUE(fs::exists(deep / "reelprint.sqlite"));
}

TEST(Opening, WithoutCreatingIsNotFoundAndMakesNothing) {
  const TemporaryFolder folder;
  EXPECT_EQ(opening_error(folder.path() / "data", false), ErrorCode::not_found);
  EXPECT_EQ(opening_error(folder.path(), false), ErrorCode::not_found);
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(Opening, AgainFindsEverything) {
  const TemporaryFolder folder;
  ReferenceId reference;
  ScreeningId screening;
  {
    Store store(folder.path());
    reference = add_sample(store);
    screening = store.add_screening(sample_screening(reference));
  }
  const Store store(folder.path(), false);
  EXPECT_EQ(store.find_reference(sample_reference()), reference);
  EXPECT_TRUE(store.fingerprint(reference));
  ASSERT_TRUE(store.screening(screening));
  EXPECT_EQ(store.screening(screening)->matches.size(), 2U);
  EXPECT_TRUE(store.check().empty());
}

TEST(Opening, AMovedStoreWorksOn) {
  const TemporaryFolder folder;
  Store first(folder.path());
  add_sample(first);
  Store second(std::move(first));
  EXPECT_EQ(second.stats().references, 1U);
}

TEST(Opening, AFileFromTheFutureIsRefusedAndLeftUntouched) {
  const TemporaryFolder folder;
  { const Store store(folder.path()); }
  vandalise(folder.database(), "PRAGMA user_version = 99");
  expect_refused_untouched(folder, ErrorCode::incompatible);
}

TEST(Opening, AFileFromTheFutureIsRefusedInWords) {
  const TemporaryFolder folder;
  { const Store store(folder.path()); }
  vandalise(folder.database(), "PRAGMA user_version = 99");
  try {
    const Store store(folder.path());
    FAIL() << "it was opened";
  } catch (const Error& error) {
    EXPECT_EQ(std::string(error.what()),
              "open the database '" + folder.database().string() +
                  "': its schema is version 99, this program knows versions up to " +
                  std::to_string(migrations().size()) +
                  "; open it with the newer "
                  "program that wrote it");
  }
}

TEST(Opening, ADatabaseOfAnotherProgramIsRefusedAndLeftUntouched) {
  for (const char* foreign : {"CREATE TABLE bookmarks (url TEXT)", "PRAGMA application_id = 252006674",
                              "PRAGMA user_version = 1", "PRAGMA user_version = -1"}) {
    SCOPED_TRACE(foreign);
    const TemporaryFolder folder;
    vandalise(folder.database(), foreign);
    expect_refused_untouched(folder, ErrorCode::incompatible);
  }
}

TEST(Opening, AFileThatIsNoDatabaseIsRefusedAndLeftUntouched) {
  const TemporaryFolder folder;
  write(folder.database(), std::string(5000, 'x'));
  expect_refused_untouched(folder, ErrorCode::corrupt);
}

TEST(Opening, AnEmptyFileBecomesADatabase) {
  const TemporaryFolder folder;
  write(folder.database(), "");
  Store store(folder.path(), false);
  add_sample(store);
  EXPECT_EQ(store.stats().references, 1U);
}

TEST(Opening, ADatabaseCutShortIsCorruptAndNoCrash) {
  const TemporaryFolder folder;
  {
    Store store(folder.path());
    for (int number = 1; number <= 20; ++number) add_sample(store, number);
  }
  const auto whole = static_cast<std::size_t>(fs::file_size(folder.database()));
  const std::string content = content_of(folder.database());
  for (const std::size_t length : {whole / 2, std::size_t{4096}, std::size_t{100}}) {
    write(folder.database(), content.substr(0, length));
    const auto code = error_of([&] {
      const Store store(folder.path());
      std::ignore = store.references();
    });
    EXPECT_EQ(code, ErrorCode::corrupt) << length;
  }
}

TEST(Opening, BelowAFileIsAnIoError) {
  const TemporaryFolder folder;
  write(folder.path() / "file", "x");
  EXPECT_EQ(opening_error(folder.path() / "file"), ErrorCode::io);
  EXPECT_EQ(opening_error(folder.path() / "file" / "data"), ErrorCode::io);
  EXPECT_EQ(opening_error(""), ErrorCode::io);
}

TEST(Opening, WhereTheDatabaseIsAFolderIsAnIoError) {
  const TemporaryFolder folder;
  fs::create_directory(folder.database());
  EXPECT_EQ(opening_error(folder.path()), ErrorCode::io);
}

class OpeningWithoutRights : public testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
  }
  void TearDown() override { fs::permissions(folder_.path(), fs::perms::owner_all); }
  TemporaryFolder folder_;
};

TEST_F(OpeningWithoutRights, AReadOnlyFolderIsAnIoError) {
  fs::permissions(folder_.path(), fs::perms::owner_read | fs::perms::owner_exec);
  EXPECT_EQ(opening_error(folder_.path()), ErrorCode::io);
  EXPECT_EQ(opening_error(folder_.path() / "data"), ErrorCode::io);
  try {
    const Store store(folder_.path());
  } catch (const Error& error) {
    EXPECT_EQ(std::string(error.what()),
              "write to the folder '" + folder_.path().string() + "': Permission denied");
  }
}

TEST_F(OpeningWithoutRights, AReadOnlyFolderWithADatabaseIsAnIoError) {
  { const Store store(folder_.path()); }
  fs::permissions(folder_.path(), fs::perms::owner_read | fs::perms::owner_exec);
  EXPECT_EQ(opening_error(folder_.path()), ErrorCode::io);
}

TEST_F(OpeningWithoutRights, AReadOnlyDatabaseIsAnIoError) {
  { const Store store(folder_.path()); }
  fs::permissions(folder_.database(), fs::perms::owner_read);
  EXPECT_EQ(opening_error(folder_.path()), ErrorCode::io);
}

TEST_F(OpeningWithoutRights, AFolderThatMayNotBeEnteredIsAnIoError) {
  fs::permissions(folder_.path(), fs::perms::none);
  EXPECT_EQ(opening_error(folder_.path()), ErrorCode::io);
  EXPECT_EQ(opening_error(folder_.path(), false), ErrorCode::io);
}

}  // namespace
}  // namespace reelprint::store
