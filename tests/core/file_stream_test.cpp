#include "core/file_stream.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include "core/error.h"
#include "core/files.h"

namespace reelprint {
namespace {

namespace fs = std::filesystem;

/// More than one buffer, and not a whole number of them.
constexpr std::size_t kLong = 3'000'000;

class FileStream : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "file_stream_XXXXXX").string();
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

std::vector<std::byte> some_bytes(std::size_t count) {
  std::vector<std::byte> bytes(count);
  for (std::size_t i = 0; i < count; ++i) bytes[i] = static_cast<std::byte>(i * 31 >> 3);
  return bytes;
}

std::optional<ErrorCode> error_of_opening(const fs::path& file) {
  try {
    const FileReader reader(file);
  } catch (const Error& error) {
    return error.code();
  }
  return std::nullopt;
}

TEST_F(FileStream, ReadsInAnyPiecesWhatWasWrittenInAnyPieces) {
  const auto bytes = some_bytes(kLong);
  FileReplacement replacement(path("x"));
  replacement.write(std::span(bytes).first(1));
  replacement.write(std::span(bytes).subspan(1, 2'500'000));
  replacement.write({});
  replacement.write(std::span(bytes).subspan(2'500'001));
  replacement.commit();

  FileReader reader(path("x"));
  EXPECT_EQ(reader.left(), kLong);
  std::vector<std::byte> back(kLong);
  reader.read(std::span(back).first(1'048'577));
  reader.read(std::span(back).subspan(1'048'577, 3));
  reader.read(std::span(back).subspan(1'048'580));
  EXPECT_EQ(reader.left(), 0U);
  EXPECT_EQ(back, bytes);
}

TEST_F(FileStream, LeavesTheOldFileUntilItIsCommitted) {
  replace_file(path("x"), some_bytes(3));
  {
    FileReplacement replacement(path("x"));
    replacement.write(some_bytes(kLong));
    EXPECT_EQ(read_file(path("x"), 3), some_bytes(3));
  }
  EXPECT_EQ(read_file(path("x"), 3), some_bytes(3));
  EXPECT_EQ(entries(), 1U) << "the temporary file is gone";
}

TEST_F(FileStream, RefusesToReadBeyondTheEnd) {
  replace_file(path("x"), some_bytes(10));
  FileReader reader(path("x"));
  std::vector<std::byte> into(11);
  EXPECT_THROW(reader.read(into), Error);
  EXPECT_EQ(reader.left(), 10U);
  reader.read({});
}

TEST_F(FileStream, NoticesThatTheFileBecameShorter) {
  replace_file(path("x"), some_bytes(kLong));
  FileReader reader(path("x"));
  fs::resize_file(path("x"), 10);
  std::vector<std::byte> into(kLong);
  EXPECT_THROW(reader.read(into), Error);
}

TEST_F(FileStream, TellsAMissingFileFromOneThatCannotBeRead) {
  EXPECT_EQ(error_of_opening(path("missing")), ErrorCode::not_found);
  EXPECT_EQ(error_of_opening(path(".")), ErrorCode::io);
}

}  // namespace
}  // namespace reelprint
