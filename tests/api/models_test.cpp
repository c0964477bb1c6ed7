#include "api/models.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "tests/support/media_clips.h"

namespace reelprint::api {
namespace {

namespace json = boost::json;

constexpr WallTime kWhen{std::chrono::seconds(1'795'000'000)};

Sha256 digest() {
  Sha256 value;
  for (std::size_t i = 0; i < 32; ++i) value.bytes[i] = static_cast<std::uint8_t>(i);
  return value;
}

store::NewReference new_reference() {
  store::NewReference wanted;
  wanted.holder = "Lotus Pictures";
  wanted.series = "The Oath";
  wanted.episode.season = 2;
  wanted.episode.number = 7;
  wanted.episode.title = "The \"wedding\"";
  wanted.episode.licence_number = "L-17";
  wanted.reference.language = "zh-Hans";
  wanted.reference.file = "/media/第7集.mp4";
  wanted.reference.media = digest();
  wanted.reference.duration = duration_of(91.52);
  wanted.reference.registered_at = kWhen;
  return wanted;
}

Match match_of(ReferenceId reference) {
  Match match;
  match.reference = reference;
  match.query_span = {timestamp_of(1), timestamp_of(25.52)};
  match.reference_span = {timestamp_of(40), timestamp_of(70.65)};
  match.speed = 1.25;
  match.mirrored = true;
  match.score = 0.98765;
  match.log10_false_alarms = -12.3456;
  match.distinctive = duration_of(20.5);
  match.negative = duration_of(2.25);
  match.agreeing = 40;
  match.compared = 44;
  match.sound_agreement = 0.8765;
  match.moment_agreement = 0.9124;
  match.moment_pictures = 17;
  match.is_confirmed = false;
  match.found_by = FoundBy::features;
  match.inliers = 21;
  match.pairs = {{timestamp_of(1), timestamp_of(40), 12, true, 0, {}},
                 {timestamp_of(9.5), timestamp_of(50.625), 0, false, 21, {0, 1.25, 0.5, -0.125}}};
  return match;
}

Screening screening_of(ReferenceId reference) {
  Screening screening;
  screening.id = {5};
  screening.query = "upload \"1\".mp4";
  screening.media = digest();
  screening.duration = duration_of(30.04);
  screening.effort = Effort::deep;
  screening.damaged = 3;
  screening.verdict = {Decision::infringing, {"It is The Oath."}};
  screening.matches = {match_of(reference)};
  screening.cost = {0.12345, 0.5, 0, 30.04};
  screening.screened_at = kWhen;
  return screening;
}

/// Names from a store that knows reference 1.
class ScreeningJson : public testing::Test {
 protected:
  void SetUp() override {
    store::Store store(folder_.path());
    id_ = store.add_reference(new_reference(), {}, kAlgorithm).reference;
    works_.emplace(store);
  }
  test::ClipFolder folder_;
  ReferenceId id_;
  std::optional<pipeline::StoredWorkNames> works_;
};

// The fields and their order are a contract (docs/cli.md).
TEST_F(ScreeningJson, KeepsItsBody) {
  EXPECT_EQ(
      screening_json(screening_of(id_), *works_),
      R"({"query":"upload \"1\".mp4",)"
      R"("sha256":"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",)"
      R"("duration":30.04,"verdict":"infringing",)"
      R"("matches":[{"holder":"Lotus Pictures","series":"The Oath","season":2,"episode":7,)"
      R"("title":"The \"wedding\"","cut":null,"language":"zh-Hans","licence_number":"L-17","reference":1,)"
      R"("score":0.9877,"query_start":1,"query_end":25.52,"reference_start":40,"reference_end":70.65,)"
      R"("speed":1.25,"mirrored":true,"distinctive_seconds":20.5,"negative_seconds":2.25,"names_episode":true,)"
      R"("log10_false_alarms":-12.35,"confirmed":false,"found_by":"features","inliers":21,"agreeing":40,"compared":44,"sound_agreement":0.877,"moment_agreement":0.912,"moment_pictures":17,)"
      R"("pairs":[{"query":1,"reference":40,"distinctive":true,"distance":12},)"
      R"({"query":9.5,"reference":50.625,"distinctive":false,"inliers":21,)"
      R"("transform":{"scale":1.25,"turn_degrees":90,"shift_x":0.5,"shift_y":-0.125}}]}],)"
      R"("cost":{"decode_s":0.1235,"fingerprint_s":0.5,"search_s":0,"media_s":30.04},)"
      R"("reasons":["It is The Oath."],"effort":"deep","audio":true,"damaged":3,"screening":5,)"
      R"("screened_at":"2026-11-18T11:06:40Z"})");
}

pipeline::NegativeOutcome negative_outcome() {
  pipeline::NegativeOutcome outcome;
  outcome.file = "cards/a.mp4";
  outcome.negative = {3};
  outcome.duration = duration_of(4.52);
  outcome.searched = 7;
  outcome.damaged = 1;
  return outcome;
}

TEST(NegativeJson, KeepsTheBodiesOfWhatBecameOfAFile) {
  pipeline::NegativeOutcome outcome = negative_outcome();
  EXPECT_EQ(negative_outcome_json(outcome),
            R"({"event":"negative","file":"cards/a.mp4","status":"added","negative":3,"duration":4.52,)"
            R"("searched_pictures":7,"damaged":1})");
  outcome.outcome = store::Registration::unchanged;
  EXPECT_EQ(negative_outcome_json(outcome),
            R"({"event":"negative","file":"cards/a.mp4","status":"unchanged","negative":3})");
  outcome.error = ErrorCode::unreadable;
  outcome.message = "why";
  EXPECT_EQ(negative_outcome_json(outcome), R"({"event":"negative","file":"cards/a.mp4","status":"failed",)"
                                            R"("error":{"code":"unreadable","message":"why"}})");
}

TEST(NegativeJson, KeepsItsSummary) {
  EXPECT_EQ(negative_summary_json({1, 2, 3, 4, 5}),
            R"({"event":"summary","added":1,"unchanged":2,"updated":3,"failed":4,"left_out":5})");
}

TEST(NegativeJson, KeepsItsBody) {
  EXPECT_EQ(negative_json({{3}, "a.mp4", digest(), duration_of(4.52), AlgorithmId{2}, kWhen}),
            R"({"negative":3,"name":"a.mp4",)"
            R"("sha256":"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",)"
            R"("duration":4.52,"algorithm":2,"added_at":"2026-11-18T11:06:40Z"})");
}

TEST_F(ScreeningJson, LeavesTheWorkOutWhenItsReferenceIsGone) {
  const std::string body = screening_json(screening_of({77}), *works_);
  const auto match = json::parse(body).at("matches").at(0).as_object();
  EXPECT_FALSE(match.contains("series"));
  EXPECT_EQ(match.at("reference"), 77);
}

TEST_F(ScreeningJson, SaysNullWhereNoSoundWasCompared) {
  Screening screening = screening_of(id_);
  screening.matches[0].sound_agreement.reset();
  EXPECT_TRUE(
      json::parse(screening_json(screening, *works_)).at("matches").at(0).at("sound_agreement").is_null());
}

TEST_F(ScreeningJson, OfNothingFoundHasNoMatches) {
  Screening screening;
  screening.query = "a.mp4";
  const json::value body = json::parse(screening_json(screening, *works_));
  EXPECT_EQ(body.at("verdict"), "clear");
  EXPECT_TRUE(body.at("matches").as_array().empty());
}

TEST_F(ScreeningJson, IsOneLineWhateverTheNamesAre) {
  Screening screening = screening_of(id_);
  screening.query = "a\nb\r\xE2\x80\xA8.mp4";
  EXPECT_EQ(screening_json(screening, *works_).find_first_of("\r\n"), std::string::npos);
}

TEST(FailedQueryJson, KeepsItsBody) {
  EXPECT_EQ(
      failed_query_json("a.mp4", ErrorCode::no_video, "open video 'a.mp4': no video stream"),
      R"({"query":"a.mp4","error":{"code":"no_video","message":"open video 'a.mp4': no video stream"}})");
}

class RowOutcomeJson : public testing::Test {
 protected:
  pipeline::CatalogRow row_{3, "/media/a.mp4", new_reference()};
  pipeline::RowOutcome outcome_{&row_, store::Registration::added, {9}, duration_of(91.52), 0, {}, ""};
};

TEST_F(RowOutcomeJson, KeepsItsBody) {
  EXPECT_EQ(
      row_outcome_json(outcome_),
      R"({"event":"reference","line":3,"file":"/media/a.mp4","holder":"Lotus Pictures","series":"The Oath",)"
      R"("season":2,"episode":7,"cut":null,"status":"added","reference":9,"duration":91.52,"damaged":0})");
}

TEST_F(RowOutcomeJson, SaysWhyARowFailed) {
  outcome_.error = ErrorCode::unreadable;
  outcome_.message = "open video '/media/a.mp4': not media";
  const json::value body = json::parse(row_outcome_json(outcome_));
  EXPECT_EQ(body.at("status"), "failed");
  EXPECT_EQ(body.at("error").at("code"), "unreadable");
  EXPECT_FALSE(body.as_object().contains("reference"));
}

TEST_F(RowOutcomeJson, NamesWhatBecameOfTheRow) {
  outcome_.registration = store::Registration::unchanged;
  EXPECT_EQ(json::parse(row_outcome_json(outcome_)).at("status"), "unchanged");
  outcome_.registration = store::Registration::updated;
  EXPECT_EQ(json::parse(row_outcome_json(outcome_)).at("status"), "updated");
}

TEST(RowProblemJson, KeepsItsBody) {
  EXPECT_EQ(
      row_problem_json("catalog.csv", {7, "episode", "it is empty"}),
      R"({"event":"problem","document":"catalog.csv","line":7,"column":"episode","reason":"it is empty"})");
  EXPECT_EQ(row_problem_json("c", {1, "", "x"}),
            R"({"event":"problem","document":"c","line":1,"column":null,"reason":"x"})");
}

TEST(SummaryJson, KeepsItsBody) {
  EXPECT_EQ(
      registration_summary_json({1, 2, 3, 4, 5}, 6),
      R"({"event":"summary","added":1,"unchanged":2,"updated":3,"failed":4,"left_out":5,"problems":6})");
}

TEST(ReferenceJson, KeepsItsBody) {
  const store::NewReference wanted = new_reference();
  ReferenceEntry entry{wanted.reference, wanted.episode, {{2}, {3}, wanted.series}, {{3}, wanted.holder, {}}};
  entry.reference.id = {9};
  EXPECT_EQ(
      reference_json(entry),
      R"({"holder":"Lotus Pictures","series":"The Oath","season":2,"episode":7,"title":"The \"wedding\"",)"
      R"("cut":null,"language":"zh-Hans","licence_number":"L-17","eidr":null,"isan":null,"subtitles":null,)"
      R"("reference":9,"file":"/media/第7集.mp4",)"
      R"("sha256":"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",)"
      R"("duration":91.52,"registered_at":"2026-11-18T11:06:40Z"})");
}

TEST(StatsJson, KeepsItsBody) {
  EXPECT_EQ(catalog_stats_json({1, 2, 3, 4, 5, duration_of(6.5), 7}),
            R"({"holders":1,"series":2,"episodes":3,"references":4,"screenings":5,"duration":6.5,)"
            R"("fingerprint_bytes":7})");
}

TEST(IndexReportJson, IsFineWithoutProblems) {
  EXPECT_EQ(index_report_json({4, {}}), R"({"references":4,"ok":true,"problems":[]})");
  EXPECT_EQ(index_report_json({4, {"a", "b"}}), R"({"references":4,"ok":false,"problems":["a","b"]})");
}

TEST(FingerprintJson, KeepsItsBody) {
  fingerprint::MediaFingerprint made;
  made.fingerprint.media = digest();
  made.fingerprint.duration = duration_of(10);
  made.fingerprint.keyframes.resize(3);
  made.fingerprint.audio.items.resize(5);
  made.facts.damaged = 1;
  made.cost = {0.25, 0.125};
  EXPECT_EQ(fingerprint_json("a.mp4", "a.rpf", made),
            R"({"file":"a.mp4","output":"a.rpf",)"
            R"("sha256":"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",)"
            R"("duration":10,"effort":"standard","algorithm":2,"keyframes":3,"sound_items":5,"damaged":1,)"
            R"("cost":{"decode_s":0.25,"fingerprint_s":0.125,"media_s":10}})");
}

TEST(PublishedHashJson, KeepsItsBody) {
  EXPECT_EQ(published_hash_json("a.mp4", {timestamp_of(0.5), {{1, 0, 0, 0xF000000000000000}, 87}}),
            R"({"file":"a.mp4","time":0.5,"quality":87,)"
            R"("pdq":"f000000000000000000000000000000000000000000000000000000000000001"})");
}

TEST(FindingsJson, NamesProblemsOnceMore) {
  EXPECT_EQ(findings_json({{"disk", "12 MiB free", true}, {"cores", "8", false}}),
            R"({"disk":"12 MiB free","cores":"8","problems":["disk: 12 MiB free"]})");
}

}  // namespace
}  // namespace reelprint::api
