#include "pipeline/registration.h"

#include <gtest/gtest.h>

#include "fingerprint/sha256.h"
#include "samples.h"

namespace reelprint::pipeline {
namespace {

using test::catalog_of;
using test::make_clip;

class Registration : public testing::Test {
 protected:
  struct Told {
    std::size_t line = 0;
    store::Registration registration{};
    std::int64_t reference = 0;
    Duration duration{0};
    std::optional<ErrorCode> error;
  };

  RegistrationSummary register_all(const Catalog& catalog, std::stop_token stop = {}) {
    told_.clear();
    return register_catalog(
        workspace_, catalog, {2},
        [&](const RowOutcome& o) {
          told_.push_back({o.row->line, o.registration, o.reference.value, o.duration, o.error});
        },
        nullptr, stop);
  }

  test::ClipFolder folder_;
  Workspace workspace_{folder_.path() / "data"};
  std::vector<Told> told_;
};

TEST_F(Registration, StoresEveryRowInTheOrderOfTheCatalog) {
  const auto summary =
      register_all(catalog_of({make_clip(folder_, "b.mp4", 1), make_clip(folder_, "a.mp4", 2)}));
  EXPECT_EQ(summary.added, 2U);
  ASSERT_EQ(told_.size(), 2U);
  EXPECT_EQ(told_[0].line, 2U);
  EXPECT_EQ(told_[1].line, 3U);
  EXPECT_LT(told_[0].reference, told_[1].reference);
  EXPECT_NEAR(to_seconds(told_[0].duration), 10, 0.2);
  EXPECT_EQ(workspace_.store().stats().references, 2U);
}

TEST_F(Registration, BringsTheIndexUpToDate) {
  register_all(catalog_of({make_clip(folder_, "a.mp4", 1)}));
  const IndexReport report = workspace_.verify_index();
  EXPECT_EQ(report.references, 1U);
  EXPECT_TRUE(report.problems.empty());
}

TEST_F(Registration, DoesNotDecodeAgainWhatItKnows) {
  const Catalog catalog = catalog_of({make_clip(folder_, "a.mp4", 1)});
  register_all(catalog);
  const auto reference = told_.at(0).reference;
  const auto summary = register_all(catalog);
  EXPECT_EQ(summary.unchanged, 1U);
  EXPECT_EQ(summary.added, 0U);
  EXPECT_EQ(told_.at(0).reference, reference);
  EXPECT_EQ(told_.at(0).duration, Duration{0}) << "it was decoded";
}

TEST_F(Registration, DecodesAgainWhatAnotherAlgorithmFingerprinted) {
  const Catalog catalog = catalog_of({make_clip(folder_, "a.mp4", 1)});
  store::NewReference old = catalog.rows[0].reference;
  old.reference.media = fingerprint::sha256_of_file(catalog.rows[0].file);
  const auto reference = workspace_.store().add_reference(old, {}, AlgorithmId{1}).reference;
  EXPECT_EQ(register_all(catalog).updated, 1U);
  EXPECT_EQ(told_.at(0).reference, reference.value);
  EXPECT_TRUE(workspace_.verify_index().problems.empty());
}

TEST_F(Registration, BringsDescriptionsUpToDate) {
  Catalog catalog = catalog_of({make_clip(folder_, "a.mp4", 1)});
  register_all(catalog);
  catalog.rows[0].reference.episode.title = "The wedding";
  EXPECT_EQ(register_all(catalog).updated, 1U);
  EXPECT_EQ(workspace_.store().references().at(0).episode.title, "The wedding");
}

TEST_F(Registration, FailsABadFileAlone) {
  const auto bad = folder_.write("bad.mp4", "this is no video");
  const auto summary =
      register_all(catalog_of({bad, folder_.path() / "missing.mp4", make_clip(folder_, "a.mp4", 1)}));
  EXPECT_EQ(summary.failed, 2U);
  EXPECT_EQ(summary.added, 1U);
  ASSERT_EQ(told_.size(), 3U);
  EXPECT_EQ(told_[0].error, ErrorCode::unreadable);
  EXPECT_EQ(told_[1].error, ErrorCode::not_found);
  EXPECT_EQ(told_[2].error, std::nullopt);
}

TEST_F(Registration, LeavesOutWhatItHasNotBegunWhenItIsStopped) {
  std::stop_source stop;
  stop.request_stop();
  const auto summary =
      register_all(catalog_of({folder_.path() / "a.mp4", folder_.path() / "b.mp4"}), stop.get_token());
  EXPECT_EQ(summary.left_out, 2U);
  EXPECT_TRUE(told_.empty());
}

TEST_F(Registration, OfNothingIsNothing) {
  const auto summary = register_all({});
  EXPECT_EQ(summary.added + summary.failed + summary.left_out, 0U);
}

TEST_F(Registration, ToldOfARowIsOnDisk) {
  const auto clip = make_clip(folder_, "a.mp4", 1);
  const Catalog catalog = catalog_of({clip});
  std::size_t stored = 0;
  register_catalog(workspace_, catalog, {1}, [&](const RowOutcome&) {
    stored = store::Store(folder_.path() / "data", false).stats().references;
  });
  EXPECT_EQ(stored, 1U);
}

}  // namespace
}  // namespace reelprint::pipeline
