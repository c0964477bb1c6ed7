#include "pipeline/screening.h"

#include <gtest/gtest.h>

#include "core/error.h"
#include "fingerprint/fingerprint_codec.h"
#include "pipeline/registration.h"
#include "pipeline/stored_details.h"
#include "samples.h"

namespace reelprint::pipeline {
namespace {

using test::make_clip;
using test::make_copy;

class StoppedClock final : public Clock {
 public:
  [[nodiscard]] WallTime now() const override { return WallTime{std::chrono::seconds(1'790'000'000)}; }
};

/// A workspace in which two clips are registered as episodes 1 and 2.
class ScreeningRecipe : public testing::Test {
 protected:
  void SetUp() override {
    original_ = make_clip(folder_, "ep1.mp4", 1);
    register_catalog(workspace_, test::catalog_of({original_, make_clip(folder_, "ep2.mp4", 2)}), {2},
                     [](const RowOutcome&) {});
  }
  [[nodiscard]] Screening screen_it(const std::filesystem::path& file,
                                    const ScreeningSettings& settings = {}) {
    const StoredWorkNames names(workspace_.store());
    const StoredDetails details(workspace_.folder());
    return screen(file, open_protected(workspace_, details, names), settings, DirectMediaReader(),
                  StoppedClock());
  }

  test::ClipFolder folder_;
  Workspace workspace_{folder_.path() / "data"};
  std::filesystem::path original_;
};

TEST_F(ScreeningRecipe, FindsACopy) {
  const Screening screening = screen_it(make_copy(folder_, "upload.mp4", original_));
  EXPECT_EQ(screening.verdict.decision, Decision::infringing);
  ASSERT_EQ(screening.matches.size(), 1U);
  EXPECT_EQ(screening.matches[0].reference, ReferenceId{1});
  EXPECT_NEAR(to_seconds(screening.matches[0].query_span.length()), 10, 1);
  EXPECT_TRUE(screening.verdict.reasons.at(0).starts_with("The Oath, episode 1: "))
      << screening.verdict.reasons[0];
}

TEST_F(ScreeningRecipe, ClearsAStranger) {
  const Screening screening = screen_it(make_clip(folder_, "own.mp4", 3));
  EXPECT_EQ(screening.verdict.decision, Decision::clear);
  EXPECT_TRUE(screening.matches.empty());
}

TEST_F(ScreeningRecipe, SaysWhatItLookedAt) {
  const auto upload = make_copy(folder_, "upload.mp4", original_);
  const Screening screening = screen_it(upload);
  EXPECT_EQ(screening.query, upload.string());
  EXPECT_NE(screening.media, Sha256{});
  EXPECT_NEAR(to_seconds(screening.duration), 10, 0.2);
  EXPECT_EQ(screening.screened_at, StoppedClock().now());
  EXPECT_EQ(screening.damaged, 0U);
  EXPECT_EQ(screening.id, ScreeningId{}) << "it is not recorded";
}

TEST_F(ScreeningRecipe, ChargesForWhatItDid) {
  const ScreeningCost cost = screen_it(original_).cost;
  EXPECT_GT(cost.decode_s, 0);
  EXPECT_GT(cost.fingerprint_s, 0);
  EXPECT_GT(cost.search_s, 0);
  EXPECT_NEAR(cost.media_s, 10, 0.2);
}

TEST_F(ScreeningRecipe, IsSettledByTheKeyPicturesOfAWholeEpisode) {
  const Screening screening = screen_it(make_copy(folder_, "upload.mp4", original_));
  EXPECT_EQ(screening.verdict.decision, Decision::infringing);
  EXPECT_EQ(screening.effort, Effort::fast);
}

TEST_F(ScreeningRecipe, LooksCloserAtAnExcerpt) {
  const Screening screening = screen_it(make_copy(folder_, "excerpt.mp4", original_, "-ss 2 -t 6 "));
  EXPECT_EQ(screening.verdict.decision, Decision::infringing);
  EXPECT_NE(screening.effort, Effort::fast);
  EXPECT_NEAR(to_seconds(screening.matches.at(0).reference_span.begin), 2, 0.5);
}

TEST_F(ScreeningRecipe, LooksNoCloserAtAStrangerThanTheStandardPlan) {
  EXPECT_EQ(screen_it(make_clip(folder_, "own.mp4", 3)).effort, Effort::standard);
}

TEST_F(ScreeningRecipe, KeepsToTheEffortItIsGiven) {
  for (const Effort effort : {Effort::fast, Effort::standard, Effort::deep}) {
    ScreeningSettings settings;
    settings.effort = effort;
    EXPECT_EQ(screen_it(original_, settings).effort, effort);
  }
}

TEST_F(ScreeningRecipe, FindsTheSameInAFingerprintAsInItsMedia) {
  const auto upload = make_copy(folder_, "upload.mp4", original_);
  const auto print = fingerprint::fingerprint_media(upload, {}).fingerprint;
  fingerprint::write_fingerprint(print, folder_.path() / "upload.rpf");
  const Screening screening = screen_it(folder_.path() / "upload.rpf");
  EXPECT_EQ(screening.verdict.decision, Decision::infringing);
  EXPECT_EQ(screening.matches.at(0).reference, ReferenceId{1});
  EXPECT_EQ(screening.media, print.media);
  EXPECT_EQ(screening.cost.decode_s, 0);
  EXPECT_NEAR(screening.cost.media_s, 10, 0.2);
}

TEST_F(ScreeningRecipe, SaysTheSameEveryTime) {
  const auto upload = make_copy(folder_, "upload.mp4", original_);
  const Screening first = screen_it(upload);
  const Screening second = screen_it(upload);
  EXPECT_EQ(first.verdict.reasons, second.verdict.reasons);
  EXPECT_EQ(first.matches.at(0).log10_false_alarms, second.matches.at(0).log10_false_alarms);
}

TEST_F(ScreeningRecipe, ThrowsWhatItCannotRead) {
  for (const auto& file : {folder_.write("bad.mp4", "no video"), folder_.path() / "missing.mp4"}) {
    EXPECT_THROW((void)screen_it(file), Error) << file;
  }
}

TEST_F(ScreeningRecipe, KnowsTheWorksByName) {
  const StoredWorkNames names(workspace_.store());
  Match match;
  match.reference = {2};
  EXPECT_EQ(names.work_of(match), "The Oath, episode 2");
  EXPECT_EQ(names.entry_of({2})->holder.name, "Lotus");
  match.reference = {77};
  EXPECT_EQ(names.work_of(match), "reference 77");
  EXPECT_EQ(names.entry_of({77}), nullptr);
}

TEST(ExpandFolders, PutsTheMediaOfAFolderInItsPlace) {
  const test::ClipFolder folder;
  for (const char* name : {"ep10.mp4", "ep2.rpf", "notes.txt"}) folder.write(name, "x");
  const std::string path = folder.path().string();
  EXPECT_EQ(expand_folders({"a.mp4", path, "missing.mp4"}),
            (std::vector<std::string>{"a.mp4", path + "/ep2.rpf", path + "/ep10.mp4", "missing.mp4"}));
}

}  // namespace
}  // namespace reelprint::pipeline
