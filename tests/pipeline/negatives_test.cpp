#include "pipeline/negatives.h"

#include <gtest/gtest.h>

#include "fingerprint/fingerprint_codec.h"
#include "fingerprint/sha256.h"
#include "pipeline/registration.h"
#include "pipeline/screening.h"
#include "pipeline/stored_details.h"
#include "samples.h"

namespace reelprint::pipeline {
namespace {

using test::make_clip;

class NegativeBank : public testing::Test {
 protected:
  NegativeSummary add(const std::vector<std::filesystem::path>& files, std::stop_token stop = {}) {
    told_.clear();
    std::vector<std::string> names;
    for (const auto& file : files) names.push_back(file.string());
    return add_negatives(
        workspace_, names, 2, [&](const NegativeOutcome& o) { told_.push_back(o); }, nullptr, stop);
  }
  /// A video that is over after its first picture.
  [[nodiscard]] std::filesystem::path one_picture(const std::string& name) const {
    return folder_.make(name,
                        "-i " + make_clip(folder_, "source.mp4", 9).string() + " -frames:v 1 -c:v ffv1");
  }
  [[nodiscard]] std::vector<std::string> names_in_bank() {
    std::vector<std::string> names;
    for (const Negative& negative : workspace_.store().negatives()) names.push_back(negative.name);
    return names;
  }
  [[nodiscard]] Screening screen_it(const std::filesystem::path& file) {
    const StoredWorkNames names(workspace_.store());
    const StoredDetails details(workspace_.folder());
    return screen(file, open_protected(workspace_, details, names), {}, DirectMediaReader(), SystemClock());
  }

  test::ClipFolder folder_;
  Workspace workspace_{folder_.path() / "data"};
  std::vector<NegativeOutcome> told_;
};

using Names = std::vector<std::string>;

TEST_F(NegativeBank, StoresEveryFileInTheOrderGiven) {
  const auto summary = add({make_clip(folder_, "b.mp4", 1), make_clip(folder_, "a.mp4", 2)});
  EXPECT_EQ(summary.added, 2U);
  ASSERT_EQ(told_.size(), 2U);
  EXPECT_EQ(told_[0].file, (folder_.path() / "b.mp4").string());
  EXPECT_LT(told_[0].negative, told_[1].negative);
  EXPECT_NEAR(to_seconds(told_[0].duration), 10, 0.2);
  EXPECT_GE(told_[0].searched, 10U);
  EXPECT_EQ(names_in_bank(), (Names{"b.mp4", "a.mp4"}));
  EXPECT_EQ(workspace_.store().negatives()[0].media, fingerprint::sha256_of_file(folder_.path() / "b.mp4"));
}

TEST_F(NegativeBank, DoesNotDecodeAgainWhatItHas) {
  const auto clip = make_clip(folder_, "a.mp4", 1);
  add({clip});
  const NegativeId id = told_.at(0).negative;
  const auto summary = add({clip});
  EXPECT_EQ(summary.unchanged, 1U);
  EXPECT_EQ(summary.failed, 0U);
  EXPECT_EQ(told_.at(0).negative, id);
  EXPECT_EQ(told_.at(0).outcome, store::Registration::unchanged);
  EXPECT_EQ(told_.at(0).duration, Duration{0}) << "it was decoded";
}

TEST_F(NegativeBank, TakesTheSameMediaTwiceInOneCallOnce) {
  const auto clip = make_clip(folder_, "a.mp4", 1);
  const auto summary = add({clip, clip});
  EXPECT_EQ(summary.added, 1U);
  EXPECT_EQ(summary.unchanged, 1U);
  EXPECT_EQ(names_in_bank(), Names{"a.mp4"});
}

TEST_F(NegativeBank, FailsABadFileAlone) {
  const auto bad = folder_.write("bad.mp4", "this is no video");
  const auto summary = add({bad, folder_.path() / "missing.mp4", make_clip(folder_, "a.mp4", 1)});
  EXPECT_EQ(summary.failed, 2U);
  EXPECT_EQ(summary.added, 1U);
  ASSERT_EQ(told_.size(), 3U);
  EXPECT_EQ(told_[0].error, ErrorCode::unreadable);
  EXPECT_EQ(told_[1].error, ErrorCode::not_found);
  EXPECT_EQ(told_[2].error, std::nullopt);
}

TEST_F(NegativeBank, TakesFingerprintsAsItTakesMedia) {
  const auto clip = make_clip(folder_, "a.mp4", 1);
  const auto print = fingerprint::fingerprint_media(clip, {}).fingerprint;
  fingerprint::write_fingerprint(print, folder_.path() / "a.rpf");
  EXPECT_EQ(add({folder_.path() / "a.rpf"}).added, 1U);
  EXPECT_EQ(add({clip}).unchanged, 1U);
  EXPECT_EQ(workspace_.open_negatives().references().at(0)->keyframes, print.keyframes);
}

TEST_F(NegativeBank, TellsFingerprintsApartThatWithholdTheirMediasDigest) {
  for (const std::uint64_t seed : {1, 2}) {
    Fingerprint print = test::print_of(seed, 5);
    print.media = {};
    fingerprint::write_fingerprint(print, folder_.path() / (std::to_string(seed) + ".rpf"));
  }
  const std::vector<std::filesystem::path> files{folder_.path() / "1.rpf", folder_.path() / "2.rpf"};
  EXPECT_EQ(add(files).added, 2U);
  EXPECT_EQ(add(files).unchanged, 2U);
}

TEST_F(NegativeBank, HoldsAVideoOfOnePicture) {
  const auto summary = add({one_picture("card.mkv")});
  EXPECT_EQ(summary.added, 1U);
  EXPECT_EQ(told_.at(0).searched, 1U);
  EXPECT_EQ(workspace_.open_negatives().searchable(), 1U);
}

TEST_F(NegativeBank, LeavesOutWhatItHasNotBegunWhenItIsStopped) {
  std::stop_source stop;
  stop.request_stop();
  const auto summary = add({folder_.path() / "a.mp4", folder_.path() / "b.mp4"}, stop.get_token());
  EXPECT_EQ(summary.left_out, 2U);
  EXPECT_TRUE(told_.empty());
}

TEST_F(NegativeBank, ToldOfAFileIsOnDisk) {
  std::size_t stored = 0;
  add_negatives(workspace_, {make_clip(folder_, "a.mp4", 1).string()}, 1, [&](const NegativeOutcome&) {
    stored = store::Store(folder_.path() / "data", false).negatives().size();
  });
  EXPECT_EQ(stored, 1U);
}

TEST_F(NegativeBank, IsSearchedByIdAndByName) {
  const auto numbered = folder_.path() / "7";
  std::filesystem::rename(make_clip(folder_, "b.mp4", 2), numbered);
  add({make_clip(folder_, "a.mp4", 1), numbered});
  const auto found = [&](const Names& names) {
    Names got;
    for (const Negative& negative : find_negatives(workspace_.store(), names)) got.push_back(negative.name);
    return got;
  };
  EXPECT_EQ(found({"a.mp4"}), Names{"a.mp4"});
  EXPECT_EQ(found({"2"}), Names{"7"});
  EXPECT_EQ(found({"#2", "a.mp4", "1"}), (Names{"a.mp4", "7"}));
  EXPECT_EQ(found({}), Names{});
  for (const char* missing : {"7", "b.mp4", "", "#", "-1", "99999999999999999999"})
    EXPECT_THROW(static_cast<void>(find_negatives(workspace_.store(), {missing})), Error) << missing;
}

TEST_F(NegativeBank, ClearsAnUploadThatShowsNothingElseAndStillFindsTheRest) {
  const auto stock = make_clip(folder_, "stock.mp4", 1);
  const auto episode = test::join_clips(folder_, "episode.mp4", make_clip(folder_, "own.mp4", 2), stock);
  const auto upload = test::join_clips(folder_, "upload.mp4", stock, make_clip(folder_, "other.mp4", 3));
  register_catalog(workspace_, test::catalog_of({episode}), {1}, [](const RowOutcome&) {});
  ASSERT_EQ(screen_it(upload).verdict.decision, Decision::infringing);

  add({stock});
  const Screening cleared = screen_it(upload);
  EXPECT_EQ(cleared.verdict.decision, Decision::clear);
  EXPECT_TRUE(cleared.matches.empty());

  const Screening copy = screen_it(test::make_copy(folder_, "copy.mp4", episode));
  EXPECT_EQ(copy.verdict.decision, Decision::infringing);
  ASSERT_EQ(copy.matches.size(), 1U);
  EXPECT_NEAR(to_seconds(copy.matches[0].negative), 10, 1);
  EXPECT_NEAR(to_seconds(copy.matches[0].distinctive), 10, 1);
  EXPECT_NE(copy.verdict.reasons.at(0).find("of it are in the negative bank"), std::string::npos)
      << copy.verdict.reasons[0];

  workspace_.store().remove_negatives(std::vector{told_.at(0).negative});
  EXPECT_EQ(screen_it(upload).verdict.decision, Decision::infringing);
}

}  // namespace
}  // namespace reelprint::pipeline
