#include <gtest/gtest.h>

#include "samples.h"

namespace reelprint::store {
namespace {

ReferenceId add(Store& store, const std::string& holder, const std::string& series, int season, int number,
                const std::string& language = "zh") {
  NewReference reference = sample_reference();
  reference.holder = holder;
  reference.series = series;
  reference.episode.season = season;
  reference.episode.number = number;
  reference.reference.language = language;
  return store.add_reference(reference, {}, kAlgorithm).reference;
}

std::vector<ReferenceId> ids(const std::vector<ReferenceEntry>& entries) {
  std::vector<ReferenceId> found;
  for (const ReferenceEntry& entry : entries) found.push_back(entry.reference.id);
  return found;
}

class Listing : public testing::Test {
 protected:
  TemporaryFolder folder_;
  Store store_{folder_.path()};
  CatalogFilter filter_;
};

TEST_F(Listing, IsSortedByHolderSeriesSeasonEpisodeCutAndLanguage) {
  const ReferenceId b_b = add(store_, "B", "b", 1, 1);
  const ReferenceId b_a = add(store_, "B", "a", 1, 1);
  const ReferenceId a_late = add(store_, "A", "z", 2, 1);
  const ReferenceId a_tenth = add(store_, "A", "z", 1, 10);
  const ReferenceId a_ninth = add(store_, "A", "z", 1, 9);
  const ReferenceId a_ninth_dub = add(store_, "A", "z", 1, 9, "en");
  NewReference another_file = sample_reference();
  another_file.holder = "A";
  another_file.series = "z";
  another_file.episode.season = 1;
  another_file.episode.number = 9;
  another_file.reference.language = "en";
  another_file.reference.media = media_number(0);
  const ReferenceId a_ninth_dub_again = store_.add_reference(another_file, {}, kAlgorithm).reference;
  EXPECT_EQ(ids(store_.references()),
            (std::vector{a_ninth_dub, a_ninth_dub_again, a_ninth, a_tenth, a_late, b_a, b_b}));
}

TEST_F(Listing, OfAnEmptyStoreIsEmpty) {
  EXPECT_TRUE(store_.references().empty());
}

TEST_F(Listing, NarrowsByEachFieldAlone) {
  const ReferenceId one = add(store_, "A", "a", 1, 1);
  const ReferenceId two = add(store_, "A", "b", 2, 1);
  const ReferenceId three = add(store_, "B", "a", 2, 7);
  filter_.holder = "A";
  EXPECT_EQ(ids(store_.references(filter_)), (std::vector{one, two}));
  filter_ = {};
  filter_.series = "a";
  EXPECT_EQ(ids(store_.references(filter_)), (std::vector{one, three}));
  filter_ = {};
  filter_.season = 2;
  EXPECT_EQ(ids(store_.references(filter_)), (std::vector{two, three}));
  filter_ = {};
  filter_.episode = 7;
  EXPECT_EQ(ids(store_.references(filter_)), (std::vector{three}));
  filter_ = {};
  filter_.reference = two;
  EXPECT_EQ(ids(store_.references(filter_)), (std::vector{two}));
}

TEST_F(Listing, NarrowsByAllFieldsTogether) {
  const ReferenceId one = add(store_, "A", "a", 0, -1);
  filter_.holder = "A";
  filter_.series = "a";
  filter_.season = 0;
  filter_.episode = -1;
  filter_.reference = one;
  EXPECT_EQ(ids(store_.references(filter_)), std::vector{one});
  filter_.season = 1;
  EXPECT_TRUE(store_.references(filter_).empty());
}

TEST_F(Listing, ComparesNamesExactly) {
  add(store_, "Lotus", "a", 1, 1);
  for (const char* name : {"lotus", "Lotus ", "Lotu%", "%", "Lotus' OR '1'='1"}) {
    filter_.holder = name;
    EXPECT_TRUE(store_.references(filter_).empty()) << name;
  }
}

TEST_F(Listing, RefusesANameWithANul) {
  filter_.holder = std::string("A\0", 2);
  EXPECT_EQ(error_of([&] { std::ignore = store_.references(filter_); }), ErrorCode::invalid_input);
}

}  // namespace
}  // namespace reelprint::store
