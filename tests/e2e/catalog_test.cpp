// `reelprint catalog` and `reelprint index`: looking at what is registered, taking it out, mending its copy.
#include <gtest/gtest.h>

#include "tests/e2e/clips.h"
#include "tests/e2e/files.h"
#include "tests/e2e/reelprint.h"

namespace reelprint::e2e {
namespace {

namespace fs = std::filesystem;

class Catalog : public ReelprintTest {
 protected:
  void SetUp() override {
    program.json({"register", write_catalog("catalog.csv", {catalog_line("S", 1, episode_clip(1)),
                                                            catalog_line("S", 2, episode_clip(2)),
                                                            catalog_line("T", 1, episode_clip(3))})});
  }

  [[nodiscard]] std::string verdict_on_copy_of(int seed) const {
    return text_of(only(program.json({"screen", copy_of_episode_clip(seed).string()})), "verdict");
  }

  /// Expects `index verify` to complain, screening to work all the same, and a rebuild to mend it.
  void expect_damage_is_seen_and_mended() const {
    const auto damaged = fs::exists(program.index_file()) ? read_file(program.index_file()) : "";
    const Ended verified = program.run({"index", "verify", "--json"});
    EXPECT_EQ(verified.exit_code, 1);
    const json::object report = only(read_json_lines(verified.out));
    EXPECT_FALSE(flag_of(report, "ok"));
    EXPECT_FALSE(texts_of(report, "problems").empty());
    EXPECT_EQ(fs::exists(program.index_file()) ? read_file(program.index_file()) : "", damaged);
    EXPECT_TRUE(flag_of(only(program.json({"index", "rebuild"})), "ok"));
    EXPECT_TRUE(flag_of(only(program.json({"index", "verify"})), "ok"));
  }
};

TEST_F(Catalog, ListsAndNarrows) {
  EXPECT_EQ(program.json({"catalog", "list"}).size(), 3U);
  EXPECT_EQ(program.json({"catalog", "list", "S"}).size(), 2U);
  EXPECT_EQ(program.json({"catalog", "list", "S/2"}).size(), 1U);
  EXPECT_EQ(program.json({"catalog", "list", "--holder", "H"}).size(), 3U);
  EXPECT_EQ(program.json({"catalog", "list", "--holder", "nobody"}).size(), 0U);
  EXPECT_EQ(program.json({"catalog", "list", "--season", "2"}).size(), 0U);
  const Ended ended = program.run({"catalog", "list"});
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_EQ(ended.err, "");
  EXPECT_NE(ended.out.find("EPISODE"), std::string::npos) << ended.out;
}

TEST_F(Catalog, ShowsByNameAndById) {
  const json::object shown = only(program.json({"catalog", "show", "T/1"}));
  EXPECT_EQ(text_of(shown, "file"), episode_clip(3).string());
  const std::string id = "#" + std::to_string(integer_of(shown, "reference"));
  EXPECT_EQ(only(program.json({"catalog", "show", id})), shown);
  const Ended ended = program.run({"catalog", "show", id});
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_NE(ended.out.find(text_of(shown, "sha256")), std::string::npos) << ended.out;
}

TEST_F(Catalog, DoesNotFindWhatIsNotThere) {
  for (const char* work : {"U", "S/9", "#999", "#", "#x", "s"}) {
    for (const char* command : {"show", "remove"}) {
      SCOPED_TRACE(std::string(command) + ' ' + work);
      const Ended ended = program.run({"catalog", command, "--json", work});
      EXPECT_EQ(ended.exit_code, 1);
      EXPECT_EQ(ended.out, "");
      EXPECT_NE(ended.err, "");
    }
  }
  EXPECT_EQ(program.json({"catalog", "list"}).size(), 3U);
}

TEST_F(Catalog, CountsWhatItHolds) {
  program.json({"screen", stranger_clip().string()});
  const json::object stats = only(program.json({"catalog", "stats"}));
  EXPECT_EQ(integer_of(stats, "holders"), 1);
  EXPECT_EQ(integer_of(stats, "series"), 2);
  EXPECT_EQ(integer_of(stats, "episodes"), 3);
  EXPECT_EQ(integer_of(stats, "references"), 3);
  EXPECT_EQ(integer_of(stats, "screenings"), 1);
  EXPECT_NEAR(number_of(stats, "duration"), 30, 1);
  EXPECT_GT(integer_of(stats, "fingerprint_bytes"), 0);
  const Ended ended = program.run({"catalog", "stats"});
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_NE(ended.out.find("references: 3"), std::string::npos) << ended.out;
}

TEST_F(Catalog, ARemovedEpisodeIsNotFoundAnyMore) {
  ASSERT_EQ(verdict_on_copy_of(1), "infringing");
  EXPECT_EQ(program.json({"catalog", "remove", "--dry-run", "S/1"}).size(), 1U);
  EXPECT_EQ(program.json({"catalog", "list"}).size(), 3U);
  EXPECT_EQ(integer_of(only(program.json({"catalog", "remove", "S/1"})), "episode"), 1);
  EXPECT_EQ(program.json({"catalog", "list"}).size(), 2U);
  EXPECT_EQ(verdict_on_copy_of(1), "clear");
  EXPECT_EQ(verdict_on_copy_of(2), "infringing");
  EXPECT_TRUE(flag_of(only(program.json({"index", "verify"})), "ok"));
  const auto lines = program.json({"register", (folder() / "catalog.csv").string()});
  EXPECT_EQ(integer_of(lines.back(), "added"), 1);
  EXPECT_EQ(verdict_on_copy_of(1), "infringing");
}

TEST_F(Catalog, ARemovedSeriesTakesAllItsEpisodes) {
  EXPECT_EQ(program.json({"catalog", "remove", "S"}).size(), 2U);
  const json::object left = only(program.json({"catalog", "list"}));
  EXPECT_EQ(text_of(left, "series"), "T");
  EXPECT_EQ(integer_of(only(program.json({"catalog", "stats"})), "references"), 1);
}

TEST_F(Catalog, ASoundIndexIsVerified) {
  const json::object report = only(program.json({"index", "verify"}));
  EXPECT_TRUE(flag_of(report, "ok"));
  EXPECT_EQ(integer_of(report, "references"), 3);
  EXPECT_EQ(program.run({"index", "verify"}).exit_code, 0);
  const std::string before = read_file(program.index_file());
  program.json({"index", "rebuild"});
  EXPECT_EQ(read_file(program.index_file()), before);
}

TEST_F(Catalog, AFlippedBitInTheIndexIsSeenAndMended) {
  const std::string sound = read_file(program.index_file());
  for (std::size_t at = 0; at < sound.size(); at += 1 + sound.size() / 6) {
    SCOPED_TRACE(at);
    std::string damaged = sound;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    write_file(program.index_file(), damaged);
    expect_damage_is_seen_and_mended();
  }
}

TEST_F(Catalog, ATruncatedOrMissingIndexIsSeenAndMended) {
  const std::string sound = read_file(program.index_file());
  for (const std::size_t left :
       {std::size_t{0}, std::size_t{5}, std::size_t{13}, sound.size() / 2, sound.size() - 1}) {
    SCOPED_TRACE(left);
    write_file(program.index_file(), sound.substr(0, left));
    expect_damage_is_seen_and_mended();
  }
  fs::remove(program.index_file());
  expect_damage_is_seen_and_mended();
  fs::remove_all(program.index_file().parent_path());
  expect_damage_is_seen_and_mended();
}

TEST_F(Catalog, ADamagedSegmentIsRepaired) {
  std::string damaged = read_file(program.index_file());
  damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 1);
  write_file(program.index_file(), damaged);
  EXPECT_EQ(program.run({"index", "verify"}).exit_code, 1);
  EXPECT_TRUE(flag_of(only(program.json({"index", "repair"})), "ok"));
  EXPECT_TRUE(flag_of(only(program.json({"index", "verify"})), "ok"));
  EXPECT_EQ(verdict_on_copy_of(2), "infringing");
}

TEST_F(Catalog, AnIndexIsCompacted) {
  program.json({"catalog", "remove", "S/1"});
  EXPECT_TRUE(flag_of(only(program.json({"index", "compact"})), "ok"));
  EXPECT_EQ(integer_of(only(program.json({"index", "verify"})), "references"), 2);
  EXPECT_EQ(verdict_on_copy_of(2), "infringing");
}

TEST_F(Catalog, ADamagedIndexDoesNotStopAScreening) {
  std::string damaged = read_file(program.index_file());
  damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 1);
  write_file(program.index_file(), damaged);
  EXPECT_EQ(verdict_on_copy_of(2), "infringing");
  fs::remove(program.index_file());
  EXPECT_EQ(verdict_on_copy_of(2), "infringing");
  write_file(program.index_file(), "");
  EXPECT_EQ(verdict_on_copy_of(3), "infringing");
}

}  // namespace
}  // namespace reelprint::e2e
