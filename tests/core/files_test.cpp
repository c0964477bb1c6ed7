#include "core/files.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "core/error.h"

namespace reelprint {
namespace {

namespace fs = std::filesystem;

class Files : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "files_XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { fs::remove_all(folder_); }

  [[nodiscard]] fs::path path(const std::string& name) const { return folder_ / name; }
  [[nodiscard]] std::size_t entries() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }

 private:
  fs::path folder_;
};

std::vector<std::byte> bytes_of(std::string_view text) {
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

ErrorCode error_of_reading(const fs::path& file, std::uintmax_t max_bytes) {
  try {
    (void)read_file(file, max_bytes);
  } catch (const Error& error) {
    return error.code();
  }
  ADD_FAILURE() << "nothing was thrown";
  return ErrorCode::cancelled;
}

TEST_F(Files, AreReadBackAsTheyWereWritten) {
  const auto bytes = bytes_of(std::string_view("a\0b\r\n\xFF", 6));
  replace_file(path("x"), bytes);
  EXPECT_EQ(read_file(path("x"), 6), bytes);
}

TEST_F(Files, MayBeEmpty) {
  replace_file(path("x"), {});
  EXPECT_TRUE(read_file(path("x"), 0).empty());
}

TEST_F(Files, AreReplacedWholeAndLeaveNoTemporaryBehind) {
  replace_file(path("x"), bytes_of("a long first version"));
  replace_file(path("x"), bytes_of("short"));
  EXPECT_EQ(read_file(path("x"), 100), bytes_of("short"));
  EXPECT_EQ(entries(), 1U);
}

TEST_F(Files, AreNotReadBeyondTheLimit) {
  replace_file(path("x"), bytes_of("123456"));
  EXPECT_EQ(error_of_reading(path("x"), 5), ErrorCode::too_large);
}

TEST_F(Files, ThatAreMissingAreNotFound) {
  EXPECT_EQ(error_of_reading(path("missing"), 100), ErrorCode::not_found);
}

TEST_F(Files, AreNotFolders) {
  EXPECT_EQ(error_of_reading(path("."), 100), ErrorCode::io);
}

TEST_F(Files, KeepTheOldVersionWhenTheNewOneCannotBeWritten) {
  fs::create_directory(path("taken"));
  EXPECT_THROW(replace_file(path("taken"), bytes_of("x")), Error);
  EXPECT_TRUE(fs::is_directory(path("taken")));
  EXPECT_EQ(entries(), 1U);
  EXPECT_THROW(replace_file(path("no/such/folder"), bytes_of("x")), Error);
}

}  // namespace
}  // namespace reelprint
