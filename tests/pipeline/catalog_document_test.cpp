#include "pipeline/catalog_document.h"

#include <gtest/gtest.h>

#include <fstream>

#include "core/error.h"
#include "tests/support/media_clips.h"

namespace reelprint::pipeline {
namespace {

namespace fs = std::filesystem;
using Texts = std::vector<std::string>;

class CatalogDocument : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* name : {"a.mp4", "b.mp4"}) folder_.write(name, "x");
  }

  /// A row that is right, line 2, with some columns changed.
  static RawRow row(const std::map<std::string, std::string>& changes = {}, std::size_t line = 2) {
    RawRow row{line,
               {{"holder", "Lotus"},
                {"series", "The Oath"},
                {"episode", "7"},
                {"language", "en"},
                {"file", "a.mp4"}}};
    for (const auto& [column, value] : changes) row.fields[column] = value;
    return row;
  }
  [[nodiscard]] Catalog validated(std::vector<RawRow> rows) const {
    return validate({std::move(rows), {}}, folder_.path());
  }
  /// The columns that are wrong with one row, in order; expects them all on its line.
  [[nodiscard]] Texts wrong_columns(const std::map<std::string, std::string>& changes) const {
    const Catalog catalog = validated({row(changes, 9)});
    Texts columns;
    for (const RowProblem& problem : catalog.problems) {
      EXPECT_EQ(problem.line, 9U);
      EXPECT_FALSE(problem.reason.empty());
      columns.push_back(problem.column);
    }
    EXPECT_EQ(catalog.rows.empty(), !columns.empty());
    return columns;
  }
  /// The episode number of a row whose episode is written like this; nothing if it is refused.
  [[nodiscard]] std::optional<int> number_of(const std::string& episode) const {
    const Catalog catalog = validated({row({{"episode", episode}})});
    if (catalog.rows.empty()) return std::nullopt;
    return catalog.rows[0].reference.episode.number;
  }

  test::ClipFolder folder_;
};

TEST_F(CatalogDocument, GivesEveryColumnItsPlace) {
  const Catalog catalog = validated({row({{"season", "2"},
                                          {"title", "The wedding"},
                                          {"licence_number", "L-17"},
                                          {"eidr", "10.5240/7791-8534-2C23-9030-8610-5"},
                                          {"isan", "0000-3BAB-9352-0000-G"},
                                          {"cut", "uncensored"},
                                          {"subtitles", "fr"}})});
  ASSERT_EQ(catalog.rows.size(), 1U);
  const CatalogRow& good = catalog.rows[0];
  EXPECT_EQ(good.line, 2U);
  EXPECT_EQ(good.file, folder_.path() / "a.mp4");
  EXPECT_EQ(good.reference.holder, "Lotus");
  EXPECT_EQ(good.reference.series, "The Oath");
  EXPECT_EQ(good.reference.episode.season, 2);
  EXPECT_EQ(good.reference.episode.number, 7);
  EXPECT_EQ(good.reference.episode.title, "The wedding");
  EXPECT_EQ(good.reference.episode.licence_number, "L-17");
  EXPECT_EQ(good.reference.episode.eidr, "10.5240/7791-8534-2C23-9030-8610-5");
  EXPECT_EQ(good.reference.episode.isan, "0000-3BAB-9352-0000-G");
  EXPECT_EQ(good.reference.reference.language, "en");
  EXPECT_EQ(good.reference.reference.cut, "uncensored");
  EXPECT_EQ(good.reference.reference.subtitles, "fr");
  EXPECT_EQ(good.reference.reference.file, (folder_.path() / "a.mp4").string());
}

TEST_F(CatalogDocument, TakesTheFirstSeasonWhereNoneIsNamed) {
  EXPECT_EQ(validated({row()}).rows.at(0).reference.episode.season, 1);
}

TEST_F(CatalogDocument, NamesEachColumnThatIsEmpty) {
  for (const std::string& column : required_columns())
    EXPECT_EQ(wrong_columns({{column, ""}}), Texts{column});
}

TEST_F(CatalogDocument, NamesEveryColumnOfARowThatIsWrong) {
  EXPECT_EQ(wrong_columns({{"holder", ""}, {"episode", "x"}, {"eidr", "y"}, {"file", "z.mp4"}}),
            (Texts{"holder", "episode", "eidr", "file"}));
}

TEST_F(CatalogDocument, ReadsEpisodeNumbersInTheirForms) {
  for (const char* episode : {"7", "07", "ep07", "Episode 7", "第7集"}) {
    EXPECT_EQ(number_of(episode), 7) << episode;
  }
  EXPECT_EQ(number_of("0"), 0);
  EXPECT_EQ(number_of("1000000"), 1'000'000);
}

TEST_F(CatalogDocument, RefusesWhatIsNoWholeNumber) {
  for (const char* episode : {"-7", "1.5", "1-2", "", "seven", "1/2", "+7", "1,5", "1000001",
                              "99999999999999999999", "3 and 4", "7e3"}) {
    EXPECT_EQ(number_of(episode), std::nullopt) << episode;
  }
}

TEST_F(CatalogDocument, RefusesASeasonThatIsNoNumber) {
  EXPECT_EQ(wrong_columns({{"season", "last"}}), Texts{"season"});
}

TEST_F(CatalogDocument, ChecksTheCheckCharactersOfIdentifiers) {
  EXPECT_EQ(wrong_columns({{"eidr", "10.5240/7791-8534-2C23-9030-8610-6"}}), Texts{"eidr"});
  EXPECT_EQ(wrong_columns({{"isan", "0000-3BAB-9352-0000-H"}}), Texts{"isan"});
}

TEST_F(CatalogDocument, RefusesFilesThatAreNotThere) {
  EXPECT_EQ(wrong_columns({{"file", "missing.mp4"}}), Texts{"file"});
  EXPECT_EQ(wrong_columns({{"file", "."}}), Texts{"file"}) << "a folder is no file";
}

TEST_F(CatalogDocument, TakesAbsoluteFilesAsTheyAre) {
  EXPECT_TRUE(wrong_columns({{"file", (folder_.path() / "b.mp4").string()}}).empty());
}

TEST_F(CatalogDocument, RefusesControlCharacters) {
  for (const char* text : {"a\nb", "a\tb", "a\x1B[31mb", "a\x7F",
                           "a\xC2\x9B"
                           "b"}) {
    EXPECT_EQ(wrong_columns({{"title", text}}), Texts{"title"}) << testing::PrintToString(text);
  }
}

TEST_F(CatalogDocument, RefusesTextThatIsNotUtf8) {
  for (const char* text : {"\xFF", "\x80", "caf\xE9", "\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80",
                           "\xF4\x90\x80\x80", "\xE7\xAC"}) {
    EXPECT_EQ(wrong_columns({{"title", text}}), Texts{"title"}) << testing::PrintToString(text);
  }
}

TEST_F(CatalogDocument, TakesTextOfAllScripts) {
  for (const char* text : {"naïve", "第七集", "한국", "🎬", "\xED\x9F\xBF", "\xF4\x8F\xBF\xBD"}) {
    EXPECT_TRUE(wrong_columns({{"title", text}}).empty()) << text;
  }
}

TEST_F(CatalogDocument, RefusesValuesOfMoreThan4096Bytes) {
  EXPECT_TRUE(wrong_columns({{"title", std::string(4096, 'x')}}).empty());
  EXPECT_EQ(wrong_columns({{"title", std::string(4097, 'x')}}), Texts{"title"});
}

TEST_F(CatalogDocument, RefusesTheSecondOfTwoRowsForOneCut) {
  const Catalog catalog = validated({row({}, 2), row({{"file", "b.mp4"}, {"title", "again"}}, 3)});
  EXPECT_EQ(catalog.rows.size(), 1U);
  ASSERT_EQ(catalog.problems.size(), 1U);
  EXPECT_EQ(catalog.problems[0].line, 3U);
  EXPECT_EQ(catalog.problems[0].column, "episode");
}

TEST_F(CatalogDocument, TakesTwoCutsLanguagesAndSubtitlesOfOneEpisode) {
  const Catalog catalog =
      validated({row(), row({{"cut", "b"}}), row({{"language", "fr"}}), row({{"subtitles", "en"}}),
                 row({{"season", "2"}}), row({{"episode", "8"}}), row({{"holder", "x"}})});
  EXPECT_EQ(catalog.rows.size(), 7U);
  EXPECT_TRUE(catalog.problems.empty());
}

TEST_F(CatalogDocument, PassesOnTheProblemsOfTheDocumentByLine) {
  const Catalog catalog =
      validate({{row({{"holder", ""}}, 5)}, {{7, "x", "late"}, {1, "y", "early"}}}, folder_.path());
  std::vector<std::size_t> lines;
  for (const RowProblem& problem : catalog.problems) lines.push_back(problem.line);
  EXPECT_EQ(lines, (std::vector<std::size_t>{1, 5, 7}));
}

class CatalogFolder : public testing::Test {
 protected:
  void write(const std::string& name) const {
    fs::create_directories((folder_.path() / name).parent_path());
    folder_.write(name, "x");
  }
  test::ClipFolder folder_;
};

TEST_F(CatalogFolder, MakesARowOfEachFile) {
  for (const char* name : {"The Oath/ep10.mp4", "The Oath/ep2.mp4", "Rain/第7集.mkv"}) write(name);
  const RawCatalog raw = read_folder(folder_.path(), "Lotus");
  EXPECT_TRUE(raw.problems.empty());
  Texts rows;
  for (const RawRow& row : raw.rows) {
    rows.push_back(std::to_string(row.line) + " " + row.fields.at("holder") + " " + row.fields.at("series") +
                   " " + row.fields.at("episode") + " " + row.fields.at("language"));
  }
  EXPECT_EQ(rows, (Texts{"1 Lotus Rain 7 und", "2 Lotus The Oath 2 und", "3 Lotus The Oath 10 und"}));
}

TEST_F(CatalogFolder, IsReadyToRegister) {
  write("The Oath/ep02.mp4");
  const Catalog catalog = validate(read_folder(folder_.path(), "Lotus"), folder_.path());
  EXPECT_TRUE(catalog.problems.empty());
  EXPECT_EQ(catalog.rows.at(0).file, folder_.path() / "The Oath" / "ep02.mp4");
}

TEST_F(CatalogFolder, TakesTheLastNumberOfAName) {
  write("Rain/Rain 2024 S01E07.mp4");
  EXPECT_EQ(read_folder(folder_.path(), "h").rows.at(0).fields.at("episode"), "7");
}

TEST_F(CatalogFolder, TakesTheFirstFolderForTheSeries) {
  write("Rain/disc 1/ep3.mp4");
  EXPECT_EQ(read_folder(folder_.path(), "h").rows.at(0).fields.at("series"), "Rain");
}

TEST_F(CatalogFolder, SaysWhichFilesAreInNoSeries) {
  write("ep1.mp4");
  const RawCatalog raw = read_folder(folder_.path(), "h");
  ASSERT_EQ(raw.problems.size(), 1U);
  EXPECT_EQ(raw.problems[0].column, "series");
  EXPECT_TRUE(raw.rows.empty());
}

TEST_F(CatalogFolder, SaysWhichFilesHaveNoNumber) {
  write("Rain/trailer.mp4");
  const RawCatalog raw = read_folder(folder_.path(), "h");
  ASSERT_EQ(raw.problems.size(), 1U);
  EXPECT_EQ(raw.problems[0].column, "episode");
  EXPECT_NE(raw.problems[0].reason.find("trailer.mp4"), std::string::npos);
}

TEST_F(CatalogFolder, ThatIsMissingIsNotFound) {
  EXPECT_THROW((void)read_folder(folder_.path() / "missing", "h"), Error);
}

}  // namespace
}  // namespace reelprint::pipeline
