#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "samples.h"

namespace reelprint::store {
namespace {

class Screenings : public testing::Test {
 protected:
  TemporaryFolder folder_;
  Store store_{folder_.path()};
  ReferenceId reference_ = add_sample(store_);
  Screening sample_ = sample_screening(reference_);
};

void expect_same(const Match& stored, const Match& given) {
  EXPECT_EQ(stored.reference, given.reference);
  EXPECT_EQ(stored.query_span, given.query_span);
  EXPECT_EQ(stored.reference_span, given.reference_span);
  EXPECT_EQ(stored.speed, given.speed);
  EXPECT_EQ(stored.mirrored, given.mirrored);
  EXPECT_EQ(stored.score, given.score);
  EXPECT_EQ(stored.log10_false_alarms, given.log10_false_alarms);
  EXPECT_EQ(stored.distinctive, given.distinctive);
  EXPECT_EQ(stored.negative, given.negative);
  EXPECT_EQ(stored.names_episode, given.names_episode);
  EXPECT_EQ(stored.agreeing, given.agreeing);
  EXPECT_EQ(stored.compared, given.compared);
  EXPECT_EQ(stored.sound_agreement, given.sound_agreement);
  EXPECT_EQ(stored.moment_agreement, given.moment_agreement);
  EXPECT_EQ(stored.found_by, given.found_by);
  EXPECT_EQ(stored.moment_pictures, given.moment_pictures);
  EXPECT_EQ(stored.is_confirmed, given.is_confirmed);
  EXPECT_EQ(stored.inliers, given.inliers);
  ASSERT_EQ(stored.pairs.size(), given.pairs.size());
  for (std::size_t i = 0; i < given.pairs.size(); ++i) {
    EXPECT_EQ(stored.pairs[i].query, given.pairs[i].query);
    EXPECT_EQ(stored.pairs[i].reference, given.pairs[i].reference);
    EXPECT_EQ(stored.pairs[i].distance, given.pairs[i].distance);
    EXPECT_EQ(stored.pairs[i].distinctive, given.pairs[i].distinctive);
    EXPECT_EQ(stored.pairs[i].inliers, given.pairs[i].inliers);
    EXPECT_EQ(stored.pairs[i].transform, given.pairs[i].transform);
  }
}

TEST_F(Screenings, ComeBackWithEverything) {
  const ScreeningId id = store_.add_screening(sample_);
  const auto stored = store_.screening(id);
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->id, id);
  EXPECT_EQ(stored->query, sample_.query);
  EXPECT_EQ(stored->media, sample_.media);
  EXPECT_EQ(stored->duration, sample_.duration);
  EXPECT_EQ(stored->effort, sample_.effort);
  EXPECT_EQ(stored->with_audio, sample_.with_audio);
  EXPECT_EQ(stored->damaged, sample_.damaged);
  EXPECT_EQ(stored->verdict.decision, sample_.verdict.decision);
  EXPECT_EQ(stored->verdict.reasons, sample_.verdict.reasons);
  EXPECT_EQ(stored->cost.decode_s, sample_.cost.decode_s);
  EXPECT_EQ(stored->cost.fingerprint_s, sample_.cost.fingerprint_s);
  EXPECT_EQ(stored->cost.search_s, sample_.cost.search_s);
  EXPECT_EQ(stored->cost.media_s, sample_.cost.media_s);
  EXPECT_EQ(stored->screened_at, sample_.screened_at);
  ASSERT_EQ(stored->matches.size(), sample_.matches.size());
  for (std::size_t i = 0; i < sample_.matches.size(); ++i)
    expect_same(stored->matches[i], sample_.matches[i]);
}

TEST_F(Screenings, NameTheEpisodeAndSeriesThatAMatchedReferenceHas) {
  const auto stored = store_.screening(store_.add_screening(sample_));
  const auto entry = store_.reference(reference_);
  EXPECT_EQ(stored->matches.front().episode, entry->episode.id);
  EXPECT_EQ(stored->matches.front().series, entry->series.id);
}

TEST_F(Screenings, ThatFoundNothingComeBackEmpty) {
  const auto stored = store_.screening(store_.add_screening(Screening{}));
  ASSERT_TRUE(stored);
  EXPECT_TRUE(stored->matches.empty());
  EXPECT_TRUE(stored->verdict.reasons.empty());
  EXPECT_EQ(stored->verdict.decision, Decision::clear);
}

TEST_F(Screenings, ComeBackWithEveryEffortAndDecision) {
  for (const Effort effort : {Effort::fast, Effort::standard, Effort::deep}) {
    for (const Decision decision :
         {Decision::clear, Decision::needs_review, Decision::licensed, Decision::infringing}) {
      sample_.effort = effort;
      sample_.verdict.decision = decision;
      const auto stored = store_.screening(store_.add_screening(sample_));
      EXPECT_EQ(stored->effort, effort);
      EXPECT_EQ(stored->verdict.decision, decision);
    }
  }
}

TEST_F(Screenings, ReasonsOfAnyTextComeBackInOrder) {
  sample_.verdict.reasons = {"",
                             "\"quoted\" \\u0000 \\",
                             "\x01\x1F\x7F\r\n\t",
                             "理由 \U0001F3AC",
                             "[1, {}]",
                             "null",
                             "latin1 \xE9\xFF",
                             "",
                             "'; DROP TABLE screenings; --"};
  EXPECT_EQ(store_.screening(store_.add_screening(sample_))->verdict.reasons, sample_.verdict.reasons);
}

TEST_F(Screenings, KeepTheOrderOfManyReasons) {
  sample_.verdict.reasons.clear();
  for (int i = 0; i < 300; ++i) sample_.verdict.reasons.push_back("reason " + std::to_string(i));
  EXPECT_EQ(store_.screening(store_.add_screening(sample_))->verdict.reasons, sample_.verdict.reasons);
}

TEST_F(Screenings, RefuseAReasonWithANulAndKeepNothing) {
  sample_.verdict.reasons.push_back(std::string("a\0b", 3));
  EXPECT_EQ(error_of([&] { store_.add_screening(sample_); }), ErrorCode::invalid_input);
  EXPECT_EQ(store_.stats().screenings, 0U);
}

TEST_F(Screenings, RefuseAMatchThatIsNotANumberAndKeepNothing) {
  sample_.matches.back().sound_agreement = std::nan("");
  EXPECT_EQ(error_of([&] { store_.add_screening(sample_); }), ErrorCode::invalid_input);
  EXPECT_EQ(store_.stats().screenings, 0U);
}

TEST_F(Screenings, RefuseASpanThatEndsBeforeItBegins) {
  sample_.matches.back().query_span = {timestamp_of(2), timestamp_of(1)};
  EXPECT_EQ(error_of([&] { store_.add_screening(sample_); }), ErrorCode::invalid_input);
}

TEST_F(Screenings, KeepAFalseAlarmRateOfZero) {
  sample_.matches.front().log10_false_alarms = -std::numeric_limits<double>::infinity();
  const auto stored = store_.screening(store_.add_screening(sample_));
  EXPECT_EQ(stored->matches.front().log10_false_alarms, sample_.matches.front().log10_false_alarms);
}

TEST_F(Screenings, LeaveOutAMatchWhoseReferenceIsGone) {
  sample_.matches.front().reference = ReferenceId{4711};
  const auto stored = store_.screening(store_.add_screening(sample_));
  ASSERT_EQ(stored->matches.size(), 1U);
  EXPECT_EQ(stored->matches.front().query_span, sample_.matches.back().query_span);
}

TEST_F(Screenings, LoseTheMatchesOfARemovedReferenceAndStay) {
  const ReferenceId other = add_sample(store_, 2);
  sample_.matches.back().reference = other;
  const ScreeningId id = store_.add_screening(sample_);
  store_.remove_references(std::vector{reference_});
  const auto stored = store_.screening(id);
  ASSERT_TRUE(stored);
  ASSERT_EQ(stored->matches.size(), 1U);
  EXPECT_EQ(stored->matches.front().reference, other);
  EXPECT_TRUE(store_.check().empty());
}

TEST_F(Screenings, ThatDoNotExistAreNothing) {
  EXPECT_FALSE(store_.screening(ScreeningId{1}));
}

TEST_F(Screenings, WithVandalisedRowsAreCorruptAndNoCrash) {
  const ScreeningId id = store_.add_screening(sample_);
  for (const char* damage :
       {"UPDATE matches SET pairs = x'FFFFFFFF'", "UPDATE matches SET pairs = x''",
        "UPDATE matches SET pairs = zeroblob(100000)", "UPDATE matches SET query_end_us = query_begin_us - 1",
        "UPDATE matches SET agreeing = -1", "UPDATE screenings SET reasons = '[\"cut'",
        "UPDATE screenings SET reasons = '[1]'", "UPDATE screenings SET effort = 'none'",
        "UPDATE screenings SET decision = 'guilty'", "UPDATE screenings SET media = x'00'",
        "UPDATE screenings SET damaged = -1"}) {
    const TemporaryFolder copy;
    vandalise(folder_.database(), "PRAGMA wal_checkpoint(TRUNCATE)");
    std::filesystem::copy_file(folder_.database(), copy.database());
    vandalise(copy.database(), damage);
    const Store damaged(copy.path());
    EXPECT_EQ(error_of([&] { std::ignore = damaged.screening(id); }), ErrorCode::corrupt) << damage;
  }
}

}  // namespace
}  // namespace reelprint::store
