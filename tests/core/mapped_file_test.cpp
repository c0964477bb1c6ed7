#include "core/mapped_file.h"

#include <gtest/gtest.h>

#include <fstream>

#include "core/error.h"
#include "tests/support/temporary_folder.h"

namespace reelprint {
namespace {

TEST(MappedFile, HasTheBytesOfTheFile) {
  const test::TemporaryFolder folder;
  std::ofstream(folder.path() / "file") << "abc";
  const MappedFile file(folder.path() / "file");
  ASSERT_EQ(file.bytes().size(), 3U);
  EXPECT_EQ(file.bytes()[2], std::byte{'c'});
}

TEST(MappedFile, MayBeEmpty) {
  const test::TemporaryFolder folder;
  std::ofstream(folder.path() / "file").flush();
  EXPECT_TRUE(MappedFile(folder.path() / "file").bytes().empty());
}

TEST(MappedFile, SaysWhatCannotBeMapped) {
  const test::TemporaryFolder folder;
  const auto code_of = [](const std::filesystem::path& path) {
    try {
      const MappedFile file(path);
    } catch (const Error& error) {
      return error.code();
    }
    return ErrorCode::cancelled;
  };
  EXPECT_EQ(code_of(folder.path() / "missing"), ErrorCode::not_found);
  EXPECT_EQ(code_of(folder.path()), ErrorCode::io);
}

}  // namespace
}  // namespace reelprint
