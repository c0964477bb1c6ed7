// `reelprint screen` on small clips: what it says, and what it does with what it cannot read.
#include <gtest/gtest.h>

#include <regex>

#include "tests/e2e/clips.h"
#include "tests/e2e/files.h"
#include "tests/e2e/reelprint.h"

namespace reelprint::e2e {
namespace {

namespace fs = std::filesystem;

class Screen : public ReelprintTest {
 protected:
  void SetUp() override {
    program.json({"register", write_catalog("catalog.csv", {catalog_line("S", 1, episode_clip(1)),
                                                            catalog_line("S", 2, episode_clip(2))})});
    write_copy(copy_of_episode_clip(1), folder() / "copy.mp4");
    write_copy(stranger_clip(), folder() / "stranger.mp4");
  }

  [[nodiscard]] json::object screen(Words words) const {
    words.insert(words.begin(), "screen");
    return only(program.json(words));
  }
};

TEST_F(Screen, SaysAllThatTheContractNames) {
  const json::object said = screen({"copy.mp4"});
  EXPECT_EQ(text_of(said, "query"), "copy.mp4");
  EXPECT_TRUE(std::regex_match(text_of(said, "sha256"), std::regex("[0-9a-f]{64}")));
  EXPECT_NEAR(number_of(said, "duration"), 10, 0.3);
  EXPECT_EQ(text_of(said, "verdict"), "infringing");
  EXPECT_FALSE(texts_of(said, "reasons").empty());
  const json::object& cost = object_of(said, "cost");
  for (const char* name : {"decode_s", "fingerprint_s", "search_s", "media_s"})
    EXPECT_GE(number_of(cost, name), 0) << name;
  EXPECT_NEAR(number_of(cost, "media_s"), 10, 0.3);
}

TEST_F(Screen, SaysAllOfAMatchThatTheContractNames) {
  const json::object match = only(objects_of(screen({"copy.mp4"}), "matches"));
  EXPECT_EQ(text_of(match, "series"), "S");
  EXPECT_EQ(integer_of(match, "episode"), 1);
  const json::object reference = only(program.json({"catalog", "show", "S/1"}));
  EXPECT_EQ(integer_of(match, "reference"), integer_of(reference, "reference"));
  EXPECT_GT(number_of(match, "score"), 0.9);
  EXPECT_LE(number_of(match, "score"), 1);
  for (const char* name : {"query_start", "reference_start"})
    EXPECT_NEAR(number_of(match, name), 0, 1) << name;
  for (const char* name : {"query_end", "reference_end"}) EXPECT_NEAR(number_of(match, name), 10, 1) << name;
  EXPECT_NEAR(number_of(match, "speed"), 1, 0.01);
  EXPECT_FALSE(flag_of(match, "mirrored"));
  EXPECT_GT(number_of(match, "distinctive_seconds"), 3);
}

TEST_F(Screen, LeavesAStrangerClear) {
  const json::object said = screen({"stranger.mp4"});
  EXPECT_EQ(text_of(said, "verdict"), "clear");
  EXPECT_TRUE(objects_of(said, "matches").empty());
  EXPECT_FALSE(texts_of(said, "reasons").empty());
}

TEST_F(Screen, PrintsATableForPeople) {
  const Ended ended = program.run({"screen", "copy.mp4", "stranger.mp4"});
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_EQ(ended.err, "");
  for (const char* word : {"copy.mp4", "infringing", "stranger.mp4", "clear"})
    EXPECT_NE(ended.out.find(word), std::string::npos) << "no '" << word << "' in\n" << ended.out;
  EXPECT_EQ(ended.out.find('\x1b'), std::string::npos);
}

TEST_F(Screen, AnswersInTheOrderAsked) {
  const Words files{"stranger.mp4", "copy.mp4", "./stranger.mp4", (folder() / "copy.mp4").string(),
                    "copy.mp4"};
  Words words{"screen", "--jobs", "4"};
  words.insert(words.end(), files.begin(), files.end());
  const auto said = program.json(words);
  ASSERT_EQ(said.size(), files.size());
  for (std::size_t i = 0; i < files.size(); ++i) EXPECT_EQ(text_of(said[i], "query"), files[i]);
}

TEST_F(Screen, TakesTheMediaOfAFolderInNaturalOrder) {
  for (const char* name : {"10.mp4", "9.mp4", "sub/1.mp4"})
    write_copy(tiny_clip(), folder() / "uploads" / name);
  write_file(folder() / "uploads/notes.txt", "no media");
  const auto said = program.json({"screen", "uploads"});
  ASSERT_EQ(said.size(), 3U);
  EXPECT_EQ(text_of(said[0], "query"), "uploads/9.mp4");
  EXPECT_EQ(text_of(said[1], "query"), "uploads/10.mp4");
  EXPECT_EQ(text_of(said[2], "query"), "uploads/sub/1.mp4");
}

TEST_F(Screen, DecodesAsMuchAsItIsTold) {
  for (const char* effort : {"fast", "standard", "deep"}) {
    SCOPED_TRACE(effort);
    const json::object said = screen({"--effort", effort, "copy.mp4"});
    EXPECT_EQ(text_of(said, "effort"), effort);
  }
  for (const char* effort : {"auto", "standard", "deep"}) {
    SCOPED_TRACE(effort);
    const json::object said = screen({"--effort", effort, "copy.mp4"});
    EXPECT_EQ(text_of(said, "verdict"), "infringing");
    EXPECT_EQ(integer_of(only(objects_of(said, "matches")), "episode"), 1);
  }
}

TEST_F(Screen, UsesTheSoundUnlessToldNotTo) {
  const json::object with = only(objects_of(screen({"--effort", "standard", "copy.mp4"}), "matches"));
  EXPECT_GT(number_of(with, "sound_agreement"), 0.5);
  const json::object said = screen({"--effort", "standard", "--no-audio", "copy.mp4"});
  EXPECT_FALSE(flag_of(said, "audio"));
  const json::object without_sound = only(objects_of(said, "matches"));
  const json::value* agreement = without_sound.if_contains("sound_agreement");
  EXPECT_TRUE(agreement == nullptr || agreement->is_null()) << json::serialize(without_sound);
}

TEST_F(Screen, OfAFingerprintSaysWhatTheFileItselfDoes) {
  const json::object made = only(program.json({"fingerprint", "copy.mp4", "-o", "copy.rpf"}));
  EXPECT_EQ(text_of(made, "file"), "copy.mp4");
  const json::object of_file = screen({"--effort", "standard", "copy.mp4"});
  EXPECT_EQ(text_of(made, "sha256"), text_of(of_file, "sha256"));
  fs::remove(folder() / "copy.mp4");
  const json::object of_print = screen({"copy.rpf"});
  EXPECT_EQ(text_of(of_print, "query"), "copy.rpf");
  const std::vector<std::string_view> own{"query", "cost", "screening", "screened_at"};
  EXPECT_EQ(without({of_print}, own), without({of_file}, own));
}

TEST_F(Screen, OfABrokenFileFailsThatFileAlone) {
  write_file(folder() / "broken.mp4", "this is a text\n");
  const auto said = program.json({"screen", "copy.mp4", "broken.mp4", "missing.mp4", "stranger.mp4"}, 3);
  ASSERT_EQ(said.size(), 4U);
  EXPECT_EQ(text_of(said[0], "verdict"), "infringing");
  for (const std::size_t i : {1U, 2U}) {
    EXPECT_FALSE(said[i].contains("verdict")) << json::serialize(said[i]);
    EXPECT_NE(text_of(object_of(said[i], "error"), "message").find(text_of(said[i], "query")),
              std::string::npos);
  }
  EXPECT_EQ(text_of(said[3], "verdict"), "clear");
  EXPECT_EQ(integer_of(only(program.json({"catalog", "stats"})), "screenings"), 2);
}

TEST_F(Screen, OfNothingButBrokenFilesFails) {
  write_file(folder() / "text.mp4", "this is a text\n");
  write_file(folder() / "empty.mp4", "");
  write_file(folder() / "text.rpf", "this is a text\n");
  for (const char* name : {"text.mp4", "empty.mp4", "text.rpf", "missing.mp4", "missing.rpf"}) {
    SCOPED_TRACE(name);
    const json::object said = only(program.json({"screen", name}, 1));
    EXPECT_EQ(text_of(said, "query"), name);
    EXPECT_NE(text_of(object_of(said, "error"), "code"), "");
  }
  EXPECT_EQ(integer_of(only(program.json({"catalog", "stats"})), "screenings"), 0);
}

TEST_F(Screen, OfAFileWhoseNameIsNotUtf8StillGivesJson) {
  write_copy(folder() / "copy.mp4", folder() / "\xFF.mp4");
  const json::object said = screen({"\xFF.mp4"});
  EXPECT_EQ(text_of(said, "verdict"), "infringing");
}

TEST_F(Screen, OfAFileWhoseNameHasControlCharactersLeavesTheTerminalAlone) {
  write_copy(folder() / "copy.mp4", folder() / "a\x1b[31mb\n.mp4");
  EXPECT_EQ(text_of(screen({"a\x1b[31mb\n.mp4"}), "query"), "a\x1b[31mb\n.mp4");
  const Ended ended = program.run({"screen", "a\x1b[31mb\n.mp4", "gone\x1b[31m.mp4"});
  EXPECT_EQ(ended.exit_code, 3);
  EXPECT_EQ(ended.out.find('\x1b'), std::string::npos);
  EXPECT_EQ(ended.err.find('\x1b'), std::string::npos);
}

TEST_F(Screen, OfDamagedFingerprintsFails) {
  program.json({"fingerprint", "copy.mp4", "-o", "copy.rpf"});
  const std::string bytes = read_file(folder() / "copy.rpf");
  for (std::size_t at = 0; at < bytes.size(); at += 1 + bytes.size() / 8) {
    SCOPED_TRACE(at);
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
    write_file(folder() / "damaged.rpf", damaged);
    write_file(folder() / "cut.rpf", bytes.substr(0, at));
    EXPECT_EQ(program.run({"screen", "--json", "damaged.rpf"}).exit_code, 1);
    EXPECT_EQ(program.run({"screen", "--json", "cut.rpf"}).exit_code, 1);
  }
}

TEST_F(Screen, OfAnEmptyCatalogSaysSoAndIsClear) {
  const Reelprint empty(folder(), folder() / "empty");
  write_file(folder() / "broken.mp4", "this is a text\n");
  empty.json({"register", write_catalog("broken.csv", {catalog_line("S", 1, "broken.mp4")})}, 1);
  const Ended ended = empty.run({"screen", "--json", "copy.mp4"});
  EXPECT_EQ(ended.exit_code, 0) << ended.err;
  EXPECT_EQ(text_of(only(read_json_lines(ended.out)), "verdict"), "clear");
  EXPECT_NE(ended.err.find("nothing is registered"), std::string::npos) << ended.err;
}

TEST_F(Screen, FingerprintsLeaveNothingBehindWhenTheyFail) {
  write_file(folder() / "broken.mp4", "this is a text\n");
  EXPECT_EQ(program.run({"fingerprint", "broken.mp4", "-o", "x.rpf"}).exit_code, 1);
  EXPECT_FALSE(fs::exists(folder() / "x.rpf"));
  write_file(folder() / "x.rpf", "somebody's");
  EXPECT_EQ(program.run({"fingerprint", "missing.mp4", "-o", "x.rpf"}).exit_code, 1);
  EXPECT_EQ(read_file(folder() / "x.rpf"), "somebody's");
}

}  // namespace
}  // namespace reelprint::e2e
