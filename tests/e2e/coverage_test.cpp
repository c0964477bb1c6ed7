// `reelprint coverage`: which seconds of which episodes are in a clip.
#include <gtest/gtest.h>

#include "tests/e2e/clips.h"
#include "tests/e2e/files.h"
#include "tests/e2e/reelprint.h"

namespace reelprint::e2e {
namespace {

namespace fs = std::filesystem;

/// Episodes 1 to 3, and a film of the second and the last four seconds of the first.
class Coverage : public ReelprintTest {
 protected:
  void SetUp() override {
    program.json({"register", write_catalog("catalog.csv", {catalog_line("S", 1, episode_clip(1)),
                                                            catalog_line("S", 2, episode_clip(2)),
                                                            catalog_line("S", 3, episode_clip(3))})});
    write_copy(clip("coverage-film.mp4", {"-i", episode_clip(2).string(), "-ss", "6", "-i",
                                          episode_clip(1).string(), "-filter_complex", "[0:v][1:v]concat=n=2",
                                          "-c:v", "libx264", "-preset", "veryfast", "-an"}),
               folder() / "film.mp4");
  }
};

TEST_F(Coverage, ListsEveryEpisodeWithWhatIsSeenOfIt) {
  const json::object said = only(program.json({"coverage", "film.mp4", "--series", "S"}));
  EXPECT_EQ(text_of(said, "query"), "film.mp4");
  EXPECT_EQ(text_of(said, "verdict"), "infringing");
  EXPECT_TRUE(member(said, "picture").is_null());
  const auto episodes = objects_of(said, "episodes");
  ASSERT_EQ(episodes.size(), 3U);
  EXPECT_NEAR(number_of(episodes[0], "covered_seconds"), 4, 0.7);
  EXPECT_NEAR(number_of(episodes[0], "share"), 0.4, 0.07);
  EXPECT_NEAR(number_of(episodes[1], "share"), 1, 0.1);
  EXPECT_EQ(number_of(episodes[2], "share"), 0);
  EXPECT_TRUE(objects_of(episodes[2], "segments").empty());
  const json::object segment = only(objects_of(episodes[0], "segments"));
  EXPECT_NEAR(number_of(segment, "query_start"), 10, 0.7);
  EXPECT_NEAR(number_of(segment, "reference_start"), 6, 0.7);
  EXPECT_GT(number_of(segment, "score"), 0.5);
}

TEST_F(Coverage, PrintsABarForPeople) {
  const Ended ended = program.run({"coverage", "film.mp4", "--series", "S"});
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_EQ(ended.err, "");
  for (const char* words : {"EPISODE", "episode 1", "█", "··········", "episode 3"})
    EXPECT_NE(ended.out.find(words), std::string::npos) << "no '" << words << "' in\n" << ended.out;
}

TEST_F(Coverage, DrawsIt) {
  const json::object said =
      only(program.json({"coverage", "film.mp4", "--series", "S", "--picture", "map.png"}));
  EXPECT_EQ(text_of(said, "picture"), "map.png");
  EXPECT_TRUE(read_file(folder() / "map.png").starts_with("\x89PNG"));
  const Ended ended = program.run({"coverage", "film.mp4", "--series", "S", "--picture", "no/such/map.png"});
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_NE(ended.err.find("no/such/map.png"), std::string::npos) << ended.err;
}

TEST_F(Coverage, OfAStrangerListsTheSeriesAllTheSame) {
  const json::object said = only(program.json({"coverage", stranger_clip().string(), "--series", "S"}));
  EXPECT_EQ(text_of(said, "verdict"), "clear");
  EXPECT_EQ(objects_of(said, "episodes").size(), 3U);
}

TEST_F(Coverage, RefusesAWrongSeriesAndAMissingFile) {
  const Ended wrong = program.run({"coverage", "film.mp4", "--series", "SS"});
  EXPECT_EQ(wrong.exit_code, 1);
  EXPECT_EQ(wrong.err, "reelprint: find 'SS': no series is called so; near it: S\n");
  const Ended missing = program.run({"coverage", "--json", "missing.mp4", "--series", "S"});
  EXPECT_EQ(missing.exit_code, 1);
  EXPECT_EQ(missing.out, "");
  EXPECT_NE(missing.err.find("missing.mp4"), std::string::npos) << missing.err;
}

TEST_F(Coverage, RecordsNothing) {
  program.json({"coverage", "film.mp4", "--series", "S"});
  EXPECT_EQ(integer_of(only(program.json({"catalog", "stats"})), "screenings"), 0);
}

}  // namespace
}  // namespace reelprint::e2e
