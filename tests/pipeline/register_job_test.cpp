#include "pipeline/register_job.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/files.h"
#include "fingerprint/fingerprint_codec.h"
#include "pipeline/registration_outcome.h"
#include "samples.h"
#include "store/catalog.h"
#include "store/conflicts.h"
#include "store/events.h"
#include "store/jobs.h"
#include "store/works.h"
#include "tests/support/set_clock.h"

namespace reelprint::pipeline {
namespace {

using Kind = store::MediaSource::Kind;

class RegisterJob : public testing::Test {
 protected:
  EpisodeId add_episode(const std::string& holder, const std::string& series, int number = 1) {
    store::Works works(store_.database());
    const auto known = works.holder(holder, {});
    const HolderId of = known ? known->id : works.add_holder(holder, {});
    const auto work = works.work(of, series);
    Episode episode;
    episode.series = work ? work->series.id : works.add(of, series, "{}");
    episode.number = number;
    return works.add(episode);
  }
  /// Pending, its media a fingerprint file of the same name.
  ReferenceId announce(EpisodeId episode, const std::string& name, const Fingerprint& print) {
    const auto file = folder_.path() / name;
    fingerprint::write_fingerprint(print, file);
    return announce(episode, {Kind::fingerprint, file.string()});
  }
  ReferenceId announce(EpisodeId episode, const store::MediaSource& source) {
    Reference reference;
    reference.episode = episode;
    reference.language = "en";
    const ReferenceId id = references_.add_pending(reference);
    enqueue_registration(store_, *store_.reference(id), source, clock_.now());
    return id;
  }
  void run(ReferenceId id, const FetchMedia& fetch = {}) {
    const auto job = store::Jobs(store_.database()).find(references_.notes(id)->job);
    const RegisterTools tools{reader_, clock_, [&] { return catalog_.refresh(); }, fetch, {}};
    const Effect effect = register_handler(tools)({*job, {}, [](double) {}, store_, clock_.now()});
    EXPECT_FALSE(effect);
  }
  [[nodiscard]] ReferenceState state_of(ReferenceId id) { return store_.reference(id)->reference.state; }
  [[nodiscard]] std::vector<std::string> events() {
    std::vector<std::string> types;
    for (const auto& event : store::Events(store_.database()).events_after({}, {}, 100))
      types.push_back(event.type);
    return types;
  }

  test::ClipFolder folder_;
  std::filesystem::path data_ = folder_.path() / "data";
  store::Store store_{data_};
  store::References references_{store_.database()};
  store::Conflicts conflicts_{store_.database()};
  reelprint::test::SetClock clock_;
  DirectMediaReader reader_;
  LiveCatalog catalog_{data_};
};

TEST_F(RegisterJob, MakesAPendingReferenceOfAClipActive) {
  const auto clip = test::make_clip(folder_, "clip.mp4", 1);
  const ReferenceId id = announce(add_episode("Lotus", "The Oath"), {Kind::file, clip.string()});
  EXPECT_EQ(state_of(id), ReferenceState::pending);
  EXPECT_TRUE(store_.fingerprinted_references(kAlgorithm).empty());
  run(id);
  EXPECT_EQ(state_of(id), ReferenceState::active);
  EXPECT_EQ(to_seconds(store_.reference(id)->reference.duration), 10);
  EXPECT_EQ(store_.fingerprinted_references(kAlgorithm), std::vector{id});
  EXPECT_EQ(events(), std::vector<std::string>{"reference.ready"});
  EXPECT_TRUE(std::filesystem::exists(clip));
}

TEST_F(RegisterJob, RunTwiceChangesNothingMore) {
  const ReferenceId id = announce(add_episode("Lotus", "The Oath"), "a.rpf", test::print_of(1));
  run(id);
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "a.rpf"));
  run(id);
  EXPECT_EQ(state_of(id), ReferenceState::active);
  EXPECT_EQ(events().size(), 1U);
}

TEST_F(RegisterJob, AnotherHoldersCopyIsHeldWithItsSegments) {
  const ReferenceId first = announce(add_episode("Lotus", "The Oath"), "a.rpf", test::print_of(1));
  run(first);
  Fingerprint copy = test::print_of(1);
  copy.media.bytes[5] = 1;
  const ReferenceId second = announce(add_episode("Pirate", "Mine"), "b.rpf", copy);
  run(second);
  EXPECT_EQ(state_of(first), ReferenceState::active);
  EXPECT_EQ(state_of(second), ReferenceState::held);
  const auto conflicts = conflicts_.list({}, {}, 10);
  ASSERT_EQ(conflicts.size(), 1U);
  EXPECT_EQ(conflicts[0].reference, second);
  EXPECT_EQ(conflicts[0].other, first);
  ASSERT_EQ(conflicts[0].segments.size(), 1U);
  EXPECT_GT(to_seconds(conflicts[0].segments[0].other.length()), 15);
  EXPECT_EQ(events().back(), "reference.held");

  ASSERT_TRUE(decide(store_, conflicts[0], ConflictState::both, {"key 1", "co-production", clock_.now()}));
  EXPECT_EQ(state_of(second), ReferenceState::active);
  EXPECT_EQ(events().back(), "reference.ready");
  EXPECT_FALSE(decide(store_, conflicts[0], ConflictState::kept, {"key 1", "again", clock_.now()}));
}

TEST_F(RegisterJob, RetractingTheOtherClaimFreesWhatWasHeldBecauseOfIt) {
  const ReferenceId first = announce(add_episode("Pirate", "Mine"), "a.rpf", test::print_of(1));
  run(first);
  Fingerprint copy = test::print_of(1);
  copy.media.bytes[5] = 1;
  const ReferenceId second = announce(add_episode("Lotus", "The Oath"), "b.rpf", copy);
  run(second);
  ASSERT_EQ(state_of(second), ReferenceState::held);
  ASSERT_TRUE(retract(store_, *store_.reference(first), {"key 1", "sold", clock_.now()}));
  EXPECT_EQ(state_of(first), ReferenceState::retracted);
  EXPECT_EQ(state_of(second), ReferenceState::active);
  EXPECT_EQ(conflicts_.list({}, {}, 10)[0].state, ConflictState::kept);
  EXPECT_FALSE(retract(store_, *store_.reference(first), {"key 1", "sold", clock_.now()}));
}

TEST_F(RegisterJob, TheSameWorkInTwoSeriesOfOneHolderIsActiveWithAWarning) {
  run(announce(add_episode("Lotus", "The Oath"), "a.rpf", test::print_of(1)));
  Fingerprint copy = test::print_of(1);
  copy.media.bytes[5] = 1;
  const ReferenceId second = announce(add_episode("Lotus", "The Oath, uncut"), "b.rpf", copy);
  run(second);
  EXPECT_EQ(state_of(second), ReferenceState::active);
  EXPECT_NE(references_.notes(second)->warnings.find("distinctive of neither"), std::string::npos);
}

TEST_F(RegisterJob, SecondsThatTheOtherExcludesAreNoConflict) {
  const ReferenceId first = announce(add_episode("Lotus", "The Oath"), "a.rpf", test::print_of(1));
  run(first);
  const std::vector<ExcludedInterval> all{{{{0}, {20'000'000}}, "stock"}};
  store::Catalog(store_.database()).exclude(first, all);
  Fingerprint copy = test::print_of(1);
  copy.media.bytes[5] = 1;
  const ReferenceId second = announce(add_episode("Pirate", "Mine"), "b.rpf", copy);
  run(second);
  EXPECT_EQ(state_of(second), ReferenceState::active);
}

TEST_F(RegisterJob, TheSameMediaUnderTheSameCutFailAndLeaveTheFirstAlone) {
  const EpisodeId episode = add_episode("Lotus", "The Oath");
  const ReferenceId first = announce(episode, "a.rpf", test::print_of(1));
  run(first);
  const ReferenceId second = announce(episode, "b.rpf", test::print_of(1));
  std::string text;
  try {
    run(second);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_input);
    text = error.what();
  }
  EXPECT_NE(text.find("reference " + std::to_string(first.value)), std::string::npos) << text;
  const auto job = store::Jobs(store_.database()).find(references_.notes(second)->job);
  register_failure_handler(clock_)(*job, "invalid_input", text)(store_);
  EXPECT_EQ(state_of(second), ReferenceState::failed);
  EXPECT_EQ(store_.reference(second)->reference.reason, text);
  EXPECT_EQ(events().back(), "reference.failed");
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "b.rpf"));
}

TEST_F(RegisterJob, ADamagedFingerprintIsRefused) {
  const auto file = folder_.write("bad.rpf", "RPRTF" + std::string(300, 'x'));
  const ReferenceId id = announce(add_episode("Lotus", "The Oath"), {Kind::fingerprint, file.string()});
  EXPECT_THROW(run(id), Error);
  EXPECT_EQ(state_of(id), ReferenceState::pending);
}

TEST_F(RegisterJob, FetchesWhatIsElsewhere) {
  const auto file = folder_.path() / "fetched";
  fingerprint::write_fingerprint(test::print_of(3), file);
  const ReferenceId id = announce(add_episode("Lotus", "The Oath"), {Kind::url, "https://lotus.example/3"});
  EXPECT_THROW(run(id), Error);
  run(id, [&](const store::MediaSource& source, std::stop_token) {
    EXPECT_EQ(source.place, "https://lotus.example/3");
    return std::make_shared<const std::filesystem::path>(file);
  });
  EXPECT_EQ(state_of(id), ReferenceState::active);
}

TEST_F(RegisterJob, WhatWasRetractedMeanwhileStaysSo) {
  const ReferenceId id = announce(add_episode("Lotus", "The Oath"), "a.rpf", test::print_of(1));
  ASSERT_TRUE(retract(store_, *store_.reference(id), {"key 1", "mistake", clock_.now()}));
  run(id);
  EXPECT_EQ(state_of(id), ReferenceState::retracted);
}

}  // namespace
}  // namespace reelprint::pipeline
