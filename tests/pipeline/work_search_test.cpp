#include "pipeline/work_search.h"

#include <gtest/gtest.h>

#include "core/error.h"
#include "fingerprint/fingerprint_codec.h"
#include "samples.h"

namespace reelprint::pipeline {
namespace {

class WorkSearch : public testing::Test {
 protected:
  void SetUp() override {
    for (int number : {1, 2, 3, 5}) add("The Oath", 1, number);
    add("The Oath of Ash", 1, 1);
    add("Two Seasons", 1, 1);
    add("Two Seasons", 2, 1);
    add("Two Seasons", 2, 4);
    add("Face/Off", 1, 2);
    add("24/7", 1, 9);
  }

  void add(const std::string& series, int season, int number) {
    store::NewReference wanted;
    wanted.holder = "Lotus";
    wanted.series = series;
    wanted.episode.season = season;
    wanted.episode.number = number;
    wanted.reference.language = "en";
    wanted.reference.media.bytes[0] = ++last_;
    store_.add_reference(wanted, fingerprint::encode(Fingerprint{}), kAlgorithm);
  }

  [[nodiscard]] std::size_t count(const std::string& name) const { return find_work(store_, name).size(); }

  [[nodiscard]] std::string complaint(const std::string& name, ErrorCode code) const {
    try {
      (void)find_work(store_, name);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), code) << error.what();
      return error.what();
    }
    ADD_FAILURE() << "'" << name << "' was found";
    return "";
  }

  test::ClipFolder folder_;
  store::Store store_{folder_.path()};
  std::uint8_t last_ = 0;
};

TEST_F(WorkSearch, FindsASeriesAndItsEpisodes) {
  EXPECT_EQ(count("The Oath"), 4U);
  EXPECT_EQ(find_work(store_, "The Oath/3").at(0).episode.number, 3);
  EXPECT_EQ(find_work(store_, "Two Seasons/2/1").at(0).episode.season, 2);
  EXPECT_EQ(find_work(store_, "Two Seasons/4").at(0).episode.season, 2) << "one season alone has it";
  EXPECT_EQ(find_work(store_, "#2").at(0).episode.number, 2);
}

TEST_F(WorkSearch, FindsNamesWithSlashesInThem) {
  EXPECT_EQ(count("Face/Off"), 1U);
  EXPECT_EQ(count("Face/Off/2"), 1U);
  EXPECT_EQ(count("24/7"), 1U);
  EXPECT_EQ(count("24/7/9"), 1U);
  EXPECT_EQ(count("24/7/1/9"), 1U);
}

TEST_F(WorkSearch, AsksForTheSeasonWhereSeveralHaveTheEpisode) {
  EXPECT_EQ(
      complaint("Two Seasons/1", ErrorCode::invalid_input),
      "find 'Two Seasons/1': several seasons of 'Two Seasons' have that episode; write Two Seasons/SEASON/1");
}

TEST_F(WorkSearch, NamesWhatComesNear) {
  EXPECT_EQ(complaint("the oath", ErrorCode::not_found),
            "find 'the oath': no series is called so; near it: The Oath, The Oath of Ash");
  EXPECT_EQ(complaint("Tow Seasons/1", ErrorCode::not_found),
            "find 'Tow Seasons/1': no series is called so; near it: Two Seasons");
  EXPECT_EQ(complaint("Something Else", ErrorCode::not_found),
            "find 'Something Else': no series is called so; `catalog list` names them");
}

TEST_F(WorkSearch, SaysWhichEpisodesThereAre) {
  EXPECT_EQ(complaint("The Oath/4", ErrorCode::not_found),
            "find 'The Oath/4': 'The Oath' has no such episode; it has 1–3, 5");
  EXPECT_EQ(complaint("Two Seasons/2/9", ErrorCode::not_found),
            "find 'Two Seasons/2/9': 'Two Seasons' has no such episode; it has 1/1, 2/1, 2/4");
}

TEST_F(WorkSearch, FindsNothingByNonsense) {
  for (const char* name :
       {"", "/", "//", "/1", "#", "#x", "#-1", "#99", "#99999999999999999999", "The Oath/"})
    EXPECT_NE(complaint(name, ErrorCode::not_found), "");
}

TEST(WorkSearchInAnEmptyStore, SaysThatItIsEmpty) {
  const test::ClipFolder folder;
  const store::Store store(folder.path());
  try {
    (void)find_work(store, "The Oath");
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "find 'The Oath': nothing is registered yet");
  }
}

TEST(NearNames, ComeNearestFirstAndFew) {
  EXPECT_EQ(near_names("lantern", {"The Lantern Oath", "Lantren", "Oath"}),
            (std::vector<std::string>{"Lantren", "The Lantern Oath"}));
  EXPECT_EQ(near_names("aa", {"aa1", "aa2", "aa3", "aa4", "aa5", "aa6"}).size(), 5U);
  EXPECT_TRUE(near_names("", {"The Oath"}).empty());
  EXPECT_TRUE(near_names(std::string(100'000, 'x'), {"The Oath", std::string(100'000, 'y')}).empty());
}

}  // namespace
}  // namespace reelprint::pipeline
