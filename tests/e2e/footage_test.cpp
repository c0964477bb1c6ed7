// Real footage: every copy is found where it is, and nobody else is named.
#include <gtest/gtest.h>

#include "tests/e2e/footage.h"
#include "tests/e2e/reelprint.h"

namespace reelprint::e2e {
namespace {

class SharedFootage : public ReelprintTest {
 protected:
  void SetUp() override {
    if (!media_folder()) GTEST_SKIP() << "no media: set REELPRINT_TEST_MEDIA to the folder that has series/";
    std::filesystem::copy(registered_footage(), program.data(), std::filesystem::copy_options::recursive);
  }

  [[nodiscard]] json::object screen(const std::filesystem::path& file, Words options = {}) const {
    options.insert(options.begin(), "screen");
    options.push_back(file.string());
    return only(program.json(options));
  }
};

class Footage : public SharedFootage, public testing::WithParamInterface<PirateCopy> {};

TEST_P(Footage, IsFoundWhereItIsAndNowhereElse) {
  const json::object said = screen(GetParam().make());
  EXPECT_EQ(text_of(said, "verdict"), "infringing") << json::serialize(member(said, "reasons"));
  expect_truths(said, GetParam().truths);
}

TEST_P(Footage, IsFoundByThePictureAlone) {
  const json::object said = screen(GetParam().make(), {"--no-audio", "--effort", "standard"});
  EXPECT_EQ(text_of(said, "verdict"), "infringing") << json::serialize(member(said, "reasons"));
  expect_truths(said, GetParam().truths);
}

INSTANTIATE_TEST_SUITE_P(Copy, Footage, testing::ValuesIn(pirate_copies()),
                         [](const auto& tested) { return tested.param.name; });

TEST_F(SharedFootage, OfAStrangerIsClear) {
  const json::object said = screen(stranger_footage());
  EXPECT_EQ(text_of(said, "verdict"), "clear") << json::serialize(member(said, "reasons"));
  EXPECT_TRUE(objects_of(said, "matches").empty());
}

TEST_F(SharedFootage, AsAnIntroOfTwoSeriesAccusesNeither) {
  const json::object said = screen(shared_intro_and_stranger());
  EXPECT_EQ(text_of(said, "verdict"), "clear") << json::serialize(member(said, "reasons"));
}

TEST_F(SharedFootage, BySoundAloneIsForAPersonToJudge) {
  const json::object said = screen(sound_of_an_episode());
  EXPECT_EQ(text_of(said, "verdict"), "needs_review") << json::serialize(member(said, "reasons"));
  const json::object match = only(objects_of(said, "matches"));
  EXPECT_EQ(text_of(match, "found_by"), "sound");
  EXPECT_EQ(integer_of(match, "episode"), 2);
  EXPECT_EQ(text_of(screen(sound_of_an_episode(), {"--no-audio"}), "verdict"), "clear");
}

TEST_F(SharedFootage, OfTheSameRoomAtAnotherTimeIsNoCopy) {
  program.json({"catalog", "remove", std::string(kFirstSeries) + "/4"});
  const json::object said = screen(same_room_at_another_time());
  EXPECT_EQ(text_of(said, "verdict"), "clear") << json::serialize(member(said, "reasons"));
}

TEST_F(SharedFootage, IsKnownEpisodeByEpisode) {
  for (int episode = 1; episode <= 6; ++episode) {
    SCOPED_TRACE(episode);
    const json::object said = screen(first_series(episode));
    EXPECT_EQ(text_of(said, "verdict"), "infringing");
    EXPECT_EQ(integer_of(only(objects_of(said, "matches")), "episode"), episode);
  }
}

TEST_F(SharedFootage, IsListedWithItsLengths) {
  const auto listed = program.json({"catalog", "list"});
  ASSERT_EQ(listed.size(), 8U);
  EXPECT_NEAR(number_of(listed[0], "duration"), 57.68, 0.1);
  EXPECT_TRUE(flag_of(only(program.json({"index", "verify"})), "ok"));
}

TEST_F(SharedFootage, IsScreenedTheSameByAnyNumberOfJobs) {
  const auto screened = [&](const std::string& jobs) {
    Words words{"screen", "--jobs", jobs};
    for (const PirateCopy& copy : pirate_copies()) words.push_back(copy.make().string());
    return without(program.json(words), {"cost", "screening", "screened_at"});
  };
  const auto alone = screened("1");
  EXPECT_EQ(alone.size(), pirate_copies().size());
  EXPECT_EQ(screened("4"), alone);
}

}  // namespace
}  // namespace reelprint::e2e
