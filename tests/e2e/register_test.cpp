// `reelprint register` with catalogs that are in order.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/e2e/clips.h"
#include "tests/e2e/files.h"
#include "tests/e2e/reelprint.h"

namespace reelprint::e2e {
namespace {

namespace fs = std::filesystem;

class Register : public ReelprintTest {
 protected:
  /// Two episodes of series S in the folder's own copies of the clips.
  std::string two_episodes() const {
    write_copy(episode_clip(1), folder() / "media/a.mp4");
    write_copy(episode_clip(2), folder() / "media/b.mp4");
    return write_catalog("catalog.csv",
                         {catalog_line("S", 1, "media/a.mp4"), catalog_line("S", 2, "media/b.mp4")});
  }
};

std::vector<std::string> statuses(const std::vector<json::object>& lines) {
  std::vector<std::string> texts;
  for (const json::object& line : those_with(lines, "event", "reference"))
    texts.push_back(text_of(line, "status"));
  return texts;
}

TEST_F(Register, TellsEachReferenceAndASummary) {
  const auto lines = program.json({"register", two_episodes()});
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(integer_of(lines[0], "line"), 2);
  EXPECT_EQ(text_of(lines[0], "series"), "S");
  EXPECT_EQ(integer_of(lines[1], "episode"), 2);
  EXPECT_EQ(text_of(lines[1], "status"), "added");
  EXPECT_NEAR(number_of(lines[1], "duration"), 10, 0.3);
  EXPECT_NE(integer_of(lines[0], "reference"), integer_of(lines[1], "reference"));
  EXPECT_EQ(text_of(lines[2], "event"), "summary");
  EXPECT_EQ(integer_of(lines[2], "added"), 2);
  EXPECT_EQ(integer_of(lines[2], "failed"), 0);
  EXPECT_EQ(program.json({"catalog", "list"}).size(), 2U);
}

TEST_F(Register, PrintsASummaryForPeople) {
  const Ended ended = program.run({"register", two_episodes()});
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_EQ(ended.err, "");
  EXPECT_NE(ended.out.find('2'), std::string::npos) << ended.out;
  EXPECT_EQ(std::ranges::count(ended.out, '\n'), 1) << ended.out;
}

TEST_F(Register, TakesCsvJsonAndFolderAlike) {
  const std::string csv = two_episodes();
  write_copy(episode_clip(1), folder() / "tree/S/ep01.mp4");
  write_copy(episode_clip(2), folder() / "tree/S/ep02.mp4");
  write_file(folder() / "tree/S/notes.txt", "no media");
  const char* rows = R"([{"holder":"H","series":"S","episode":1,"language":"zh","file":"media/a.mp4"},
                         {"holder":"H","series":"S","episode":"2","language":"zh","file":"media/b.mp4"}])";
  const fs::path array = write_file(folder() / "array.json", rows);
  const fs::path object = write_file(folder() / "object.json", R"({"references":)" + std::string(rows) + "}");
  const auto registered = [&](const std::string& data, const Words& words) {
    const Reelprint other(folder(), folder() / data);
    Words command{"register"};
    command.insert(command.end(), words.begin(), words.end());
    other.json(command);
    return without(other.json({"catalog", "list"}), {"registered_at", "file", "language"});
  };
  const auto expected = registered("csv", {csv});
  ASSERT_EQ(expected.size(), 2U);
  EXPECT_EQ(registered("array", {array.string()}), expected);
  EXPECT_EQ(registered("object", {object.string()}), expected);
  EXPECT_EQ(registered("tree", {"--holder", "H", (folder() / "tree").string()}), expected);
}

TEST_F(Register, KeepsEveryColumn) {
  write_copy(episode_clip(1), folder() / "a.mp4");
  const std::string catalog = write_catalog(
      "catalog.csv",
      {"\"Holder, Inc.\",\"The \"\"Oath\"\"\",7,zh-Hans,a.mp4,Title,2,L-77,"
       "10.5240/7791-8534-2C23-9030-8610-5,0000-3BAB-9352-0000-G-0000-0000-Q,director,en"},
      "holder,series,episode,language,file,title,season,licence_number,eidr,isan,cut,subtitles");
  ASSERT_EQ(statuses(program.json({"register", catalog})), Words{"added"});
  const json::object shown = only(program.json({"catalog", "show", "The \"Oath\"/7"}));
  EXPECT_EQ(text_of(shown, "holder"), "Holder, Inc.");
  EXPECT_EQ(text_of(shown, "series"), "The \"Oath\"");
  EXPECT_EQ(integer_of(shown, "season"), 2);
  EXPECT_EQ(integer_of(shown, "episode"), 7);
  EXPECT_EQ(text_of(shown, "title"), "Title");
  EXPECT_EQ(text_of(shown, "language"), "zh-Hans");
  EXPECT_EQ(text_of(shown, "licence_number"), "L-77");
  EXPECT_EQ(text_of(shown, "eidr"), "10.5240/7791-8534-2C23-9030-8610-5");
  EXPECT_EQ(text_of(shown, "isan"), "0000-3BAB-9352-0000-G-0000-0000-Q");
  EXPECT_EQ(text_of(shown, "cut"), "director");
  EXPECT_EQ(text_of(shown, "subtitles"), "en");
}

TEST_F(Register, ASecondTimeChangesNothing) {
  const std::string catalog = two_episodes();
  program.json({"register", catalog});
  const auto before = program.json({"catalog", "list"});
  const std::string index = read_file(program.index_file());
  EXPECT_EQ(statuses(program.json({"register", catalog})), (Words{"unchanged", "unchanged"}));
  EXPECT_EQ(program.json({"catalog", "list"}), before);
  EXPECT_EQ(read_file(program.index_file()), index);
}

TEST_F(Register, AChangedFileBecomesANewReferenceOfItsEpisode) {
  const std::string catalog = two_episodes();
  const auto first = program.json({"register", catalog});
  write_copy(episode_clip(3), folder() / "media/b.mp4");
  const auto second = program.json({"register", catalog});
  EXPECT_EQ(statuses(second), (Words{"unchanged", "added"}));
  EXPECT_NE(integer_of(second[1], "reference"), integer_of(first[1], "reference"));
  EXPECT_EQ(program.json({"catalog", "list"}).size(), 3U);
  const auto both = program.json({"catalog", "show", "S/2"});
  ASSERT_EQ(both.size(), 2U);
  EXPECT_NE(text_of(both[0], "sha256"), text_of(both[1], "sha256"));
  EXPECT_EQ(integer_of(only(program.json({"catalog", "stats"})), "episodes"), 2);
}

TEST_F(Register, ANewTitleOfTheSameFileIsAnUpdate) {
  program.json({"register", two_episodes()});
  const std::string titled = write_catalog("titled.csv", {"H,S,1,zh,media/a.mp4,The Wedding"},
                                           "holder,series,episode,language,file,title");
  EXPECT_EQ(statuses(program.json({"register", titled})), Words{"updated"});
  EXPECT_EQ(text_of(only(program.json({"catalog", "show", "S/1"})), "title"), "The Wedding");
  EXPECT_EQ(program.json({"catalog", "list"}).size(), 2U);
}

TEST_F(Register, NamesInAnyScriptComeBackAsTheyWere) {
  const std::string series = "\xE7\x81\xAF\xE7\xAC\xBC\xE8\xAA\x93 \xE2\x80\x94 the oath";
  const fs::path file = write_copy(episode_clip(1), folder() / "\xE7\xAC\xAC 1 \xE9\x9B\x86.mp4");
  program.json({"register", write_catalog("catalog.csv", {catalog_line(series, 1, file.filename())})});
  const json::object listed = only(program.json({"catalog", "list"}));
  EXPECT_EQ(text_of(listed, "series"), series);
  EXPECT_EQ(text_of(listed, "file"), file.string());
  const json::object screened = only(program.json({"screen", file.filename().string()}));
  EXPECT_EQ(text_of(screened, "query"), file.filename().string());
  EXPECT_EQ(text_of(only(objects_of(screened, "matches")), "series"), series);
}

TEST_F(Register, FindsFilesRelativeToTheCatalogFromAnyFolder) {
  const std::string catalog = two_episodes();
  fs::create_directories(folder() / "elsewhere");
  const Reelprint elsewhere(folder() / "elsewhere", program.data());
  EXPECT_EQ(statuses(elsewhere.json({"register", "../catalog.csv"})), (Words{"added", "added"}));
  const auto listed = elsewhere.json({"catalog", "list"});
  ASSERT_EQ(listed.size(), 2U);
  EXPECT_EQ(text_of(listed[0], "file"), (folder() / "media/a.mp4").string());
  EXPECT_EQ(statuses(program.json({"register", catalog})), (Words{"unchanged", "unchanged"}));
}

}  // namespace
}  // namespace reelprint::e2e
