#include "store/catalog_changes.h"

#include <gtest/gtest.h>

#include "samples.h"
#include "store/store.h"

namespace reelprint::store {
namespace {

TEST(CatalogFollower, SaysWhatWasAddedDescribedAndRemoved) {
  const TemporaryFolder folder;
  Store store(folder.path());
  CatalogFollower follower(store.database());
  EXPECT_EQ(follower.latest(), 0);
  const ReferenceId id = add_sample(store);
  auto changes = follower.since(0);
  ASSERT_TRUE(changes);
  EXPECT_EQ(changes->references, std::vector{id});
  store.database().run({"rename", "UPDATE holders SET name = 'x'"});
  changes = follower.since(changes->latest);
  ASSERT_TRUE(changes);
  EXPECT_EQ(changes->references, std::vector{id});
  store.remove_references({&id, 1});
  changes = follower.since(changes->latest);
  ASSERT_TRUE(changes);
  EXPECT_EQ(changes->references, std::vector{id});
  EXPECT_TRUE(follower.since(changes->latest)->references.empty());
}

TEST(CatalogFollower, AsksForEverythingWhenTheChangesAreForgotten) {
  const TemporaryFolder folder;
  Store store(folder.path());
  CatalogFollower follower(store.database());
  add_sample(store);
  store.database().run({"forget", "DELETE FROM catalog_changes"});
  EXPECT_FALSE(follower.since(0));
  EXPECT_FALSE(follower.since(1'000'000)) << "a backup was restored";
}

}  // namespace
}  // namespace reelprint::store
