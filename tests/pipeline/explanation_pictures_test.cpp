#include "pipeline/explanation_pictures.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "core/error.h"
#include "fingerprint/fingerprint_codec.h"
#include "pipeline/registration.h"
#include "pipeline/stored_details.h"
#include "pipeline/work_search.h"
#include "samples.h"

namespace reelprint::pipeline {
namespace {

namespace fs = std::filesystem;

class ExplanationPictures : public testing::Test {
 protected:
  void SetUp() override {
    original_ = test::make_blocks(folder_, "ep1.mp4", 1);
    register_catalog(workspace_, test::catalog_of({original_, test::make_clip(folder_, "ep2.mp4", 2)}), {2},
                     [](const RowOutcome&) {});
    crop_ = test::make_mirrored_crop(folder_, "crop.mp4", original_);
  }

  [[nodiscard]] WrittenPictures draw(const fs::path& file, const std::string& against) {
    const StoredWorkNames names(workspace_.store());
    const StoredDetails details(workspace_.folder());
    const Explanation explanation = explain(file, find_work(workspace_.store(), against),
                                            open_protected(workspace_, details, names), {}, SystemClock());
    return write_pictures(explanation, details, folder_.path() / "drawn");
  }

  [[nodiscard]] static std::size_t count(const WrittenPictures& pictures, const std::string& word) {
    return static_cast<std::size_t>(std::ranges::count_if(pictures.files, [&](const std::string& file) {
      return fs::path(file).filename().string().starts_with(word);
    }));
  }

  test::ClipFolder folder_;
  Workspace workspace_{folder_.path() / "data"};
  fs::path original_;
  fs::path crop_;
};

TEST_F(ExplanationPictures, ShowAMatchAndItsTimes) {
  const WrittenPictures pictures = draw(crop_, "The Oath/1");
  EXPECT_TRUE(pictures.remarks.empty()) << pictures.remarks[0];
  EXPECT_GE(count(pictures, "match-1-pair-"), 3U);
  EXPECT_LE(count(pictures, "match-1-pair-"), 6U);
  EXPECT_EQ(count(pictures, "time-time.png"), 1U);
  for (const std::string& file : pictures.files)
    EXPECT_TRUE(reelprint::test::read_bytes(file).starts_with("\x89PNG")) << file;
}

TEST_F(ExplanationPictures, AreTheSameEveryTime) {
  const auto bytes = [&] {
    std::vector<std::string> all;
    for (const std::string& file : draw(crop_, "The Oath/1").files)
      all.push_back(reelprint::test::read_bytes(file));
    return all;
  };
  const auto first = bytes();
  EXPECT_EQ(first, bytes());
}

TEST_F(ExplanationPictures, ShowThumbnailsWhereTheRegisteredFileIsGone) {
  fs::remove(original_);
  const WrittenPictures pictures = draw(crop_, "The Oath/1");
  EXPECT_GE(count(pictures, "match-1-pair-"), 3U);
  EXPECT_EQ(pictures.remarks, std::vector<std::string>{"the registered file of The Oath, episode 1 (#1) is "
                                                       "gone: its thumbnails are shown, enlarged"});
}

TEST_F(ExplanationPictures, ShowThumbnailsWhereTheRegisteredFileIsAnotherNow) {
  std::ofstream(original_, std::ios::app) << "more";
  const WrittenPictures pictures = draw(crop_, "The Oath/1");
  ASSERT_EQ(pictures.remarks.size(), 1U);
  EXPECT_NE(pictures.remarks[0].find("is another one now"), std::string::npos) << pictures.remarks[0];
}

TEST_F(ExplanationPictures, ShowThumbnailsOfAFingerprint) {
  fingerprint::FingerprintSettings settings;
  settings.detail = fingerprint::kQueryDetail;
  const auto print = fingerprint::fingerprint_media(crop_, settings).fingerprint;
  fingerprint::write_fingerprint(print, folder_.path() / "crop.rpf");
  const WrittenPictures pictures = draw(folder_.path() / "crop.rpf", "The Oath/1");
  EXPECT_GE(count(pictures, "match-1-pair-"), 3U);
  EXPECT_EQ(pictures.remarks,
            std::vector<std::string>{"the upload is a fingerprint: its thumbnails are shown, enlarged"});
}

TEST_F(ExplanationPictures, OfAStrangerAreItsTimesAlone) {
  const WrittenPictures pictures = draw(test::make_clip(folder_, "own.mp4", 9), "The Oath/2");
  EXPECT_EQ(count(pictures, "match-"), 0U);
  EXPECT_EQ(count(pictures, "time-time.png"), 1U);
}

TEST_F(ExplanationPictures, OfSeveralReferencesAreNamedByTheirIds) {
  const WrittenPictures pictures = draw(crop_, "The Oath");
  EXPECT_EQ(count(pictures, "time-time-1.png"), 1U);
  EXPECT_EQ(count(pictures, "time-time.png"), 0U);
}

TEST_F(ExplanationPictures, CannotBeWrittenIntoAFile) {
  folder_.write("drawn", "a file");
  EXPECT_THROW((void)draw(crop_, "The Oath/1"), Error);
}

}  // namespace
}  // namespace reelprint::pipeline
