#include "pipeline/stored_details.h"

#include <gtest/gtest.h>

#include "core/error.h"
#include "pipeline/registration.h"
#include "pipeline/workspace.h"
#include "samples.h"

namespace reelprint::pipeline {
namespace {

class DetailsOfTheStore : public testing::Test {
 protected:
  void SetUp() override {
    register_catalog(
        workspace_,
        test::catalog_of({test::make_clip(folder_, "ep1.mp4", 1), test::make_clip(folder_, "ep2.mp4", 2)}),
        {2}, [](const RowOutcome&) {});
  }

  test::ClipFolder folder_;
  Workspace workspace_{folder_.path() / "data"};
};

TEST_F(DetailsOfTheStore, AreTheFingerprintsThatWereRegistered) {
  const StoredDetails details(workspace_.folder());
  const auto print = details.print_of(ReferenceId{1});
  ASSERT_TRUE(print);
  EXPECT_EQ(print->thumbnails.size(), print->keyframes.size());
}

TEST_F(DetailsOfTheStore, AreReadOnceWhileTheyAreKept) {
  const StoredDetails details(workspace_.folder(), 2);
  EXPECT_EQ(details.print_of(ReferenceId{1}), details.print_of(ReferenceId{1}));
}

TEST_F(DetailsOfTheStore, AreReadAgainWhenOthersTookTheirPlace) {
  const StoredDetails details(workspace_.folder(), 1);
  const auto first = details.print_of(ReferenceId{1});
  (void)details.print_of(ReferenceId{2});
  const auto again = details.print_of(ReferenceId{1});
  EXPECT_NE(first, again);
  EXPECT_EQ(*first, *again);
}

TEST_F(DetailsOfTheStore, AreNothingForAReferenceThatIsGone) {
  EXPECT_FALSE(StoredDetails(workspace_.folder()).print_of(ReferenceId{99}));
}

TEST_F(DetailsOfTheStore, NeedAStore) {
  EXPECT_THROW(StoredDetails(folder_.path() / "nowhere"), Error);
}

}  // namespace
}  // namespace reelprint::pipeline
