// `reelprint negatives` on small clips: what is in the bank is never evidence.
#include <gtest/gtest.h>

#include <regex>

#include "tests/e2e/clips.h"
#include "tests/e2e/files.h"
#include "tests/e2e/reelprint.h"

namespace reelprint::e2e {
namespace {

namespace fs = std::filesystem;

/// One clip behind the other, ten seconds each.
fs::path joined(const std::string& name, const fs::path& first, const fs::path& second) {
  return clip(name, {"-i", first.string(), "-i", second.string(), "-filter_complex",
                     "[0:v][0:a][1:v][1:a]concat=n=2:v=1:a=1", "-c:v", "libx264", "-preset", "veryfast",
                     "-crf", "26", "-c:a", "aac", "-ac", "1"});
}

fs::path stock_shot() {
  return episode_clip(12);
}
fs::path episode_with_stock_shot() {
  return joined("episode-with-stock.mp4", episode_clip(11), stock_shot());
}
fs::path upload_with_stock_shot() {
  return joined("upload-with-stock.mp4", stock_shot(), episode_clip(13));
}
fs::path one_picture() {
  return clip("one-picture.mkv", {"-f", "lavfi", "-i", "mandelbrot=s=160x284:start_scale=0.3", "-frames:v",
                                  "1", "-c:v", "ffv1"});
}
/// Four seconds of that picture before an episode.
fs::path episode_with_card() {
  return clip("episode-with-card.mp4",
              {"-i", one_picture().string(), "-i", episode_clip(11).string(), "-filter_complex",
               "[0:v]loop=39:1:0,setpts=N/10/TB,fps=10,format=yuv420p,setsar=1[card];[1:v]setsar=1[rest];"
               "[card][rest]concat=n=2:v=1",
               "-c:v", "libx264", "-preset", "veryfast"});
}

class Negatives : public ReelprintTest {
 protected:
  [[nodiscard]] json::object screen(const fs::path& file) const {
    return only(program.json({"screen", file.string()}));
  }
  void protect(const fs::path& file) const {
    program.json({"register", write_catalog("catalog.csv", {catalog_line("S", 1, file)})});
  }
};

TEST_F(Negatives, AreNeverEvidence) {
  protect(episode_with_stock_shot());
  EXPECT_EQ(text_of(screen(upload_with_stock_shot()), "verdict"), "infringing");

  program.json({"negatives", "add", stock_shot().string()});
  const json::object cleared = screen(upload_with_stock_shot());
  EXPECT_EQ(text_of(cleared, "verdict"), "clear");
  EXPECT_TRUE(objects_of(cleared, "matches").empty());

  program.json({"negatives", "remove", stock_shot().filename().string()});
  EXPECT_EQ(text_of(screen(upload_with_stock_shot()), "verdict"), "infringing");
}

TEST_F(Negatives, LeaveTheRestOfAnEpisodeProtected) {
  protect(episode_with_stock_shot());
  program.json({"negatives", "add", stock_shot().string()});
  const json::object said = screen(episode_with_stock_shot());
  EXPECT_EQ(text_of(said, "verdict"), "infringing");
  const json::object match = only(objects_of(said, "matches"));
  EXPECT_NEAR(number_of(match, "query_end"), 20, 1);
  EXPECT_NEAR(number_of(match, "negative_seconds"), 10, 1.5);
  EXPECT_NEAR(number_of(match, "distinctive_seconds"), 10, 1.5);
  const std::string reason = texts_of(said, "reasons").at(0);
  EXPECT_TRUE(std::regex_search(reason, std::regex(R"(\d\.\d s of it are in the negative bank)"))) << reason;
}

TEST_F(Negatives, MayBeASinglePicture) {
  protect(episode_with_card());
  const json::object before = only(objects_of(screen(episode_with_card()), "matches"));
  EXPECT_EQ(number_of(before, "negative_seconds"), 0);
  const auto added = program.json({"negatives", "add", one_picture().string()});
  EXPECT_EQ(integer_of(added.at(0), "searched_pictures"), 1);
  const json::object after = only(objects_of(screen(episode_with_card()), "matches"));
  EXPECT_NEAR(number_of(after, "negative_seconds"), 4, 0.6);
}

TEST_F(Negatives, AreAddedOnceWhateverTheirName) {
  write_copy(tiny_clip(), folder() / "a.mp4");
  write_copy(tiny_clip(), folder() / "b.mp4");
  const auto first = program.json({"negatives", "add", "a.mp4"});
  ASSERT_EQ(first.size(), 2U);
  EXPECT_EQ(text_of(first[0], "event"), "negative");
  EXPECT_EQ(text_of(first[0], "file"), "a.mp4");
  EXPECT_EQ(text_of(first[0], "status"), "added");
  EXPECT_NEAR(number_of(first[0], "duration"), 1.5, 0.1);
  EXPECT_EQ(text_of(first[1], "event"), "summary");
  EXPECT_EQ(integer_of(first[1], "added"), 1);

  const auto second = program.json({"negatives", "add", "b.mp4"});
  EXPECT_EQ(text_of(second.at(0), "status"), "unchanged");
  EXPECT_EQ(integer_of(second[0], "negative"), integer_of(first[0], "negative"));
  EXPECT_EQ(integer_of(second.at(1), "unchanged"), 1);
  EXPECT_EQ(text_of(only(program.json({"negatives", "list"})), "name"), "a.mp4");
}

TEST_F(Negatives, AreListedWithAllThatTheContractNames) {
  write_variants(tiny_clip(), folder() / "cards", 3);
  program.json({"negatives", "add", "--jobs", "3", "cards"});
  const auto listed = program.json({"negatives", "list"});
  ASSERT_EQ(listed.size(), 3U);
  for (std::size_t i = 0; i < listed.size(); ++i) {
    EXPECT_EQ(integer_of(listed[i], "negative"), static_cast<std::int64_t>(i + 1));
    EXPECT_EQ(text_of(listed[i], "name"), std::to_string(i + 1) + ".mp4");
    EXPECT_TRUE(std::regex_match(text_of(listed[i], "sha256"), std::regex("[0-9a-f]{64}")));
    EXPECT_NEAR(number_of(listed[i], "duration"), 1.5, 0.1);
    EXPECT_NE(text_of(listed[i], "added_at"), "");
  }
  EXPECT_EQ(program.json({"catalog", "list"}).size(), 0U);
}

TEST_F(Negatives, AreRemovedByIdAndByNameOrNotAtAll) {
  write_variants(tiny_clip(), folder() / "cards", 4);
  program.json({"negatives", "add", "cards"});
  EXPECT_EQ(program.run({"negatives", "remove", "1", "5.mp4"}).exit_code, 1);
  EXPECT_EQ(program.json({"negatives", "list"}).size(), 4U) << "one of two was not there";
  EXPECT_EQ(program.json({"negatives", "remove", "1", "#3"}).size(), 2U);
  EXPECT_EQ(text_of(only(program.json({"negatives", "remove", "2.mp4"})), "name"), "2.mp4");
  EXPECT_EQ(text_of(only(program.json({"negatives", "list"})), "name"), "4.mp4");
}

TEST_F(Negatives, ThatCannotBeReadFailAlone) {
  write_copy(tiny_clip(), folder() / "good.mp4");
  write_file(folder() / "broken.mp4", "this is a text\n");
  const auto said = program.json({"negatives", "add", "broken.mp4", "missing.mp4", "good.mp4"}, 3);
  ASSERT_EQ(said.size(), 4U);
  for (const std::size_t i : {0U, 1U}) {
    EXPECT_EQ(text_of(said[i], "status"), "failed");
    EXPECT_NE(text_of(object_of(said[i], "error"), "message").find(text_of(said[i], "file")),
              std::string::npos);
  }
  EXPECT_EQ(text_of(said[2], "status"), "added");
  EXPECT_EQ(integer_of(said[3], "failed"), 2);
  EXPECT_EQ(program.run({"negatives", "add", "broken.mp4"}).exit_code, 1);
  fs::create_directory(folder() / "empty");
  EXPECT_EQ(program.run({"negatives", "add", "empty"}).exit_code, 1);
}

TEST_F(Negatives, MayBeFingerprints) {
  write_copy(tiny_clip(), folder() / "card.mp4");
  program.json({"fingerprint", "card.mp4", "-o", "card.rpf"});
  EXPECT_EQ(text_of(program.json({"negatives", "add", "card.rpf"}).at(0), "status"), "added");
  EXPECT_EQ(text_of(program.json({"negatives", "add", "card.mp4"}).at(0), "status"), "unchanged");
}

TEST_F(Negatives, ArePrintedAsATableForPeople) {
  write_copy(tiny_clip(), folder() / "a\x1b[31mb.mp4");
  const Ended added = program.run({"negatives", "add", "a\x1b[31mb.mp4"});
  EXPECT_EQ(added.exit_code, 0) << added.err;
  EXPECT_EQ(added.out, "1 added, 0 there already, 0 updated, 0 failed\n");
  const Ended listed = program.run({"negatives", "list"});
  EXPECT_NE(listed.out.find("#1"), std::string::npos) << listed.out;
  EXPECT_EQ(listed.out.find('\x1b'), std::string::npos);
  EXPECT_NE(program.run({"negatives", "remove", "1"}).out.find("1 negative removed"), std::string::npos);
}

TEST_F(Negatives, OfNoDataFolderAreNotFound) {
  EXPECT_EQ(program.run({"negatives", "list"}).exit_code, 1);
  EXPECT_EQ(program.run({"negatives", "remove", "1"}).exit_code, 1);
  EXPECT_FALSE(fs::exists(program.data()));
}

}  // namespace
}  // namespace reelprint::e2e
