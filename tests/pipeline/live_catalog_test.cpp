#include "pipeline/live_catalog.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "fingerprint/fingerprint_codec.h"
#include "samples.h"
#include "store/negatives.h"
#include "store/sqlite.h"

namespace reelprint::pipeline {
namespace {

using test::add_reference;

class FollowedCatalog : public testing::Test {
 protected:
  [[nodiscard]] static std::size_t found(const CatalogSnapshot& snapshot, int number) {
    const std::array hashes{test::print_of(static_cast<std::uint64_t>(number)).keyframes[3].hash};
    return snapshot.view().index.search(hashes, 0).at(0).size();
  }
  [[nodiscard]] static Match match_of(ReferenceId reference) {
    Match match;
    match.reference = reference;
    return match;
  }
  /// Waits for the background thread, at most 20 s.
  template <class Condition>
  static bool comes_true(const Condition& condition) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!condition()) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      std::this_thread::yield();
    }
    return true;
  }

  test::ClipFolder folder_;
  std::filesystem::path data_ = folder_.path() / "data";
  store::Store other_{data_};
};

TEST_F(FollowedCatalog, HasWhatWasThereBefore) {
  add_reference(other_, 1);
  const LiveCatalog catalog(data_);
  EXPECT_EQ(found(*catalog.snapshot(), 1), 1U);
  EXPECT_EQ(catalog.snapshot()->names->work_of(match_of(ReferenceId{1})), "The Oath, episode 1");
}

TEST_F(FollowedCatalog, ShowsAtOnceWhatAnotherConnectionRegisters) {
  LiveCatalog catalog(data_);
  const auto before = catalog.snapshot();
  const ReferenceId id = add_reference(other_, 7);
  const auto after = catalog.refresh();
  EXPECT_EQ(found(*after, 7), 1U);
  EXPECT_EQ(after->names->work_of(match_of(id)), "The Oath, episode 7");
  EXPECT_EQ(found(*before, 7), 0U) << "a snapshot changed";
}

TEST_F(FollowedCatalog, FollowsByItself) {
  const LiveCatalog catalog(data_);
  const ReferenceId id = add_reference(other_, 7);
  EXPECT_TRUE(comes_true([&] { return found(*catalog.snapshot(), 7) == 1; }));
  other_.remove_references({&id, 1});
  EXPECT_TRUE(comes_true([&] { return found(*catalog.snapshot(), 7) == 0; }));
  EXPECT_EQ(catalog.snapshot()->names->entry_of(id), nullptr);
  EXPECT_EQ(catalog.problem(), "");
}

TEST_F(FollowedCatalog, ShowsAnotherNameOfASeries) {
  LiveCatalog catalog(data_);
  const ReferenceId id = add_reference(other_, 1);
  (void)catalog.refresh();
  other_.database().run({"rename", "UPDATE series SET name = ?1"}, "The Vow");
  EXPECT_EQ(catalog.refresh()->names->work_of(match_of(id)), "The Vow, episode 1");
}

TEST_F(FollowedCatalog, ShowsTheNegativeBank) {
  LiveCatalog catalog(data_);
  const Fingerprint print = test::print_of(5, 5);
  Negative negative;
  negative.media = print.media;
  negative.algorithm = kAlgorithm;
  other_.add_negative(negative, fingerprint::encode(print));
  EXPECT_EQ(catalog.refresh()->view().negatives->size(), 1U);
}

TEST_F(FollowedCatalog, SavesTheIndexBehindTheSearches) {
  const LiveCatalog catalog(data_);
  add_reference(other_, 1);
  EXPECT_TRUE(comes_true(
      [&] { return index::LiveIndex(data_ / "index", kAlgorithm).content()->frames.size() == 1; }));
}

TEST_F(FollowedCatalog, LetsThreadsSearchWhileItChanges) {
  LiveCatalog catalog(data_);
  add_reference(other_, 1);
  (void)catalog.refresh();
  std::atomic<bool> is_over = false;
  std::atomic<std::size_t> lost = 0;
  {
    std::vector<std::jthread> searchers;
    for (int i = 0; i < 2; ++i)
      searchers.emplace_back([&] {
        while (!is_over) lost += found(*catalog.snapshot(), 1) == 1 ? 0 : 1;
      });
    for (int number = 2; number < 20; ++number) {
      const ReferenceId id = add_reference(other_, number);
      EXPECT_EQ(found(*catalog.refresh(), number), 1U);
      if (number % 2 == 0) other_.remove_references({&id, 1});
    }
    is_over = true;
  }
  EXPECT_EQ(lost, 0U);
  EXPECT_EQ(catalog.refresh()->content->frames.size(), 10U);
}

}  // namespace
}  // namespace reelprint::pipeline
