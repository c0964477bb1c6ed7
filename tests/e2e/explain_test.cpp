// `reelprint explain`: why a clip matched or not, in words, as JSON and in pictures.
#include <gtest/gtest.h>

#include "tests/e2e/clips.h"
#include "tests/e2e/files.h"
#include "tests/e2e/reelprint.h"

namespace reelprint::e2e {
namespace {

namespace fs = std::filesystem;

class Explain : public ReelprintTest {
 protected:
  void SetUp() override {
    write_copy(episode_clip(1), folder() / "ep1.mp4");
    program.json({"register", write_catalog("catalog.csv", {catalog_line("S", 1, folder() / "ep1.mp4"),
                                                            catalog_line("S", 2, episode_clip(2))})});
    write_copy(copy_of_episode_clip(1), folder() / "copy.mp4");
    write_copy(stranger_clip(), folder() / "stranger.mp4");
  }

  [[nodiscard]] json::object explain(Words words) const {
    words.insert(words.begin(), "explain");
    return only(program.json(words));
  }
};

TEST_F(Explain, SaysAllThatTheContractNames) {
  const json::object said = explain({"copy.mp4", "--against", "S/1", "--effort", "standard"});
  EXPECT_EQ(text_of(said, "query"), "copy.mp4");
  EXPECT_EQ(text_of(said, "verdict"), "infringing");
  EXPECT_EQ(text_of(said, "effort"), "standard");
  EXPECT_GT(integer_of(said, "pictures"), 5);
  EXPECT_LE(integer_of(said, "searched_pictures"), integer_of(said, "pictures"));
  EXPECT_FALSE(flag_of(said, "searched_features")) << "whole pictures explain it";
  EXPECT_EQ(number_of(object_of(said, "thresholds"), "flag_score"), 0.9);
  const json::object reference = only(objects_of(said, "references"));
  EXPECT_EQ(text_of(reference, "series"), "S");
  EXPECT_EQ(integer_of(reference, "episode"), 1);
  EXPECT_EQ(text_of(reference, "why"), "found: 1 match");
  const json::object stage = objects_of(reference, "stages").at(0);
  EXPECT_EQ(text_of(stage, "found_by"), "hashes");
  EXPECT_GE(number_of(stage, "best_votes"), number_of(stage, "least_votes"));
  const json::object alignment = objects_of(reference, "alignments").at(0);
  EXPECT_EQ(text_of(alignment, "outcome"), "kept");
  EXPECT_GT(number_of(alignment, "score"), 0.9);
}

TEST_F(Explain, SaysWhyAStrangerDoesNotMatch) {
  const json::object said = explain({"stranger.mp4", "--against", "S"});
  EXPECT_EQ(text_of(said, "verdict"), "clear");
  const auto references = objects_of(said, "references");
  ASSERT_EQ(references.size(), 2U);
  for (const json::object& reference : references)
    EXPECT_TRUE(text_of(reference, "why").starts_with("not found: ")) << text_of(reference, "why");
}

TEST_F(Explain, TellsPeopleTheSame) {
  const Ended ended = program.run({"explain", "copy.mp4", "--against", "S/1"});
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_EQ(ended.err, "");
  for (const char* words : {"copy.mp4: infringing", "decoded", "found: 1 match", "by hashes: ",
                            "a match: every test is passed", "verdict", "infringing: score from 0.90"})
    EXPECT_NE(ended.out.find(words), std::string::npos) << "no '" << words << "' in\n" << ended.out;
}

TEST_F(Explain, DrawsWhatItSays) {
  const json::object said = explain({"copy.mp4", "--against", "S/1", "--pictures", "why"});
  EXPECT_EQ(texts_of(said, "remarks"), std::vector<std::string>{});
  const auto files = texts_of(said, "files");
  EXPECT_GE(files.size(), 3U);
  for (const std::string& file : files)
    EXPECT_TRUE(read_file(folder() / file).starts_with("\x89PNG")) << file;
  EXPECT_TRUE(fs::exists(folder() / "why/match-1-pair-1.png"));
  EXPECT_TRUE(fs::exists(folder() / "why/time-time.png"));
}

TEST_F(Explain, DrawsThumbnailsWhenTheRegisteredFileIsGone) {
  fs::remove(folder() / "ep1.mp4");
  const Ended ended = program.run({"explain", "copy.mp4", "--against", "S/1", "--pictures", "why"});
  EXPECT_EQ(ended.exit_code, 0) << ended.err;
  EXPECT_NE(ended.out.find("is gone: its thumbnails are shown"), std::string::npos) << ended.out;
  EXPECT_TRUE(fs::exists(folder() / "why/match-1-pair-1.png"));
}

TEST_F(Explain, RecordsNothing) {
  (void)explain({"copy.mp4", "--against", "S/1"});
  EXPECT_EQ(integer_of(only(program.json({"catalog", "stats"})), "screenings"), 0);
}

TEST_F(Explain, OfAFingerprintSaysTheSameOfItsMatch) {
  program.json({"fingerprint", "copy.mp4", "-o", "copy.rpf"});
  const auto alignments = [&](const Words& words) {
    return objects_of(only(objects_of(explain(words), "references")), "alignments");
  };
  EXPECT_EQ(alignments({"copy.rpf", "--against", "S/1"}),
            alignments({"copy.mp4", "--against", "S/1", "--effort", "standard"}));
}

TEST_F(Explain, NamesWhatComesNearAWrongName) {
  const Ended wrong = program.run({"explain", "copy.mp4", "--against", "s/1"});
  EXPECT_EQ(wrong.exit_code, 1);
  EXPECT_EQ(wrong.out, "");
  EXPECT_EQ(wrong.err, "reelprint: find 's/1': no series is called so; near it: S\n");
  const Ended episode = program.run({"explain", "copy.mp4", "--against", "S/9"});
  EXPECT_EQ(episode.exit_code, 1);
  EXPECT_EQ(episode.err, "reelprint: find 'S/9': 'S' has no such episode; it has 1–2\n");
}

TEST_F(Explain, OfWhatItCannotReadFails) {
  write_file(folder() / "broken.mp4", "this is a text\n");
  for (const char* name : {"missing.mp4", "broken.mp4", "missing.rpf"}) {
    SCOPED_TRACE(name);
    const Ended ended = program.run({"explain", "--json", name, "--against", "S/1"});
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_EQ(ended.out, "");
    EXPECT_NE(ended.err.find(name), std::string::npos) << ended.err;
  }
}

TEST_F(Explain, SaysWhereItCannotDraw) {
  write_file(folder() / "taken", "a file");
  const Ended ended = program.run({"explain", "copy.mp4", "--against", "S/1", "--pictures", "taken"});
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_NE(ended.err.find("taken"), std::string::npos) << ended.err;
}

}  // namespace
}  // namespace reelprint::e2e
