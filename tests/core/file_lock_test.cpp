#include "core/file_lock.h"

#include <gtest/gtest.h>

#include "core/error.h"
#include "tests/support/temporary_folder.h"

namespace reelprint {
namespace {

TEST(FileLock, IsHeldByOneAtATime) {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "lock";
  auto first = FileLock::try_lock(file);
  EXPECT_TRUE(first.has_value());
  EXPECT_FALSE(FileLock::try_lock(file).has_value());
  first.reset();
  EXPECT_TRUE(FileLock::try_lock(file).has_value());
}

TEST(FileLock, GoesWithWhomItIsGivenTo) {
  const test::TemporaryFolder folder;
  auto first = FileLock::try_lock(folder.path() / "lock");
  auto second = std::move(first);
  first.reset();
  EXPECT_FALSE(FileLock::try_lock(folder.path() / "lock").has_value());
  second.reset();
  EXPECT_TRUE(FileLock::try_lock(folder.path() / "lock").has_value());
}

TEST(FileLock, SaysWhereItCannotBe) {
  const test::TemporaryFolder folder;
  EXPECT_THROW((void)FileLock::try_lock(folder.path() / "no" / "lock"), Error);
}

}  // namespace
}  // namespace reelprint
