// `reelprint register` with catalogs and media that are not in order.
#include <gtest/gtest.h>

#include "tests/e2e/clips.h"
#include "tests/e2e/files.h"
#include "tests/e2e/reelprint.h"

namespace reelprint::e2e {
namespace {

namespace fs = std::filesystem;

class Registration : public ReelprintTest {
 protected:
  void SetUp() override {
    write_copy(episode_clip(1), folder() / "a.mp4");
    write_copy(episode_clip(2), folder() / "b.mp4");
  }

  [[nodiscard]] std::size_t registered() const {
    if (!fs::exists(program.data())) return 0;
    return program.json({"catalog", "list"}).size();
  }

  /// Line 3, 5 and 6 are bad, line 6 twice.
  [[nodiscard]] std::string catalog_with_bad_rows() const {
    return write_catalog("bad.csv", {
                                        "H,S,1,zh,a.mp4",
                                        "H,S,2,zh,missing.mp4",
                                        "H,S,3,zh,b.mp4",
                                        "H,S,-4,zh,a.mp4",
                                        ",S,5,,a.mp4",
                                    });
  }
};

struct Problem {
  std::int64_t line;
  std::string column;
  bool operator==(const Problem&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Problem& problem) {
  return out << problem.line << ':' << problem.column;
}

/// Expects a reason for each.
std::vector<Problem> problems_in(const std::vector<json::object>& lines) {
  std::vector<Problem> problems;
  for (const json::object& line : those_with(lines, "event", "problem")) {
    const bool has_column = !member(line, "column").is_null();
    problems.push_back({integer_of(line, "line"), has_column ? text_of(line, "column") : ""});
    EXPECT_NE(text_of(line, "reason"), "");
  }
  return problems;
}

const std::vector<Problem> kBadRows = {{3, "file"}, {5, "episode"}, {6, "holder"}, {6, "language"}};

TEST_F(Registration, NamesEveryBadRowAndRegistersNothing) {
  const auto lines = program.json({"register", catalog_with_bad_rows()}, 1);
  EXPECT_EQ(problems_in(lines), kBadRows);
  EXPECT_TRUE(those_with(lines, "event", "reference").empty());
  EXPECT_EQ(registered(), 0U);
}

TEST_F(Registration, TellsPeopleTheLineTheColumnAndTheReason) {
  const Ended ended = program.run({"register", catalog_with_bad_rows()});
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_NE(ended.err.find("bad.csv:3: column 'file': "), std::string::npos) << ended.err;
  EXPECT_NE(ended.err.find("missing.mp4"), std::string::npos) << ended.err;
  EXPECT_NE(ended.err.find("bad.csv:6: column 'language': "), std::string::npos) << ended.err;
}

TEST_F(Registration, KeepsGoingWithTheGoodRowsWhenAsked) {
  const auto lines = program.json({"register", "--keep-going", catalog_with_bad_rows()}, 3);
  EXPECT_EQ(problems_in(lines), kBadRows);
  EXPECT_EQ(those_with(lines, "status", "added").size(), 2U);
  EXPECT_EQ(registered(), 2U);
}

TEST_F(Registration, KeepsGoingToNowhereWithoutAGoodRow) {
  const std::string catalog = write_catalog("bad.csv", {"H,S,2,zh,missing.mp4"});
  program.json({"register", "--keep-going", catalog}, 1);
  EXPECT_EQ(registered(), 0U);
}

TEST_F(Registration, WantsAHeaderThatNamesEveryColumnOnce) {
  const char* good_row = "H,S,1,zh,a.mp4";
  const std::vector<std::pair<std::string, std::string>> headers = {
      {"holder,series,episode,file", "language"},
      {"holder,series,episode,language,file,colour", "colour"},
      {"holder,series,episode,language,file,file", "file"},
  };
  for (const auto& [header, column] : headers) {
    SCOPED_TRACE(header);
    const auto lines = program.json({"register", write_catalog("bad.csv", {good_row}, header)}, 1);
    const auto problems = problems_in(lines);
    ASSERT_FALSE(problems.empty());
    EXPECT_EQ(problems.front(), (Problem{1, column}));
  }
  EXPECT_EQ(registered(), 0U);
}

TEST_F(Registration, RefusesCatalogsThatListNothing) {
  write_file(folder() / "empty.csv", "");
  write_catalog("header.csv", {});
  write_file(folder() / "empty.json", "");
  write_file(folder() / "array.json", "[]");
  write_file(folder() / "number.json", "7");
  fs::create_directories(folder() / "tree");
  for (const char* name : {"empty.csv", "header.csv", "empty.json", "array.json", "number.json", "tree"}) {
    SCOPED_TRACE(name);
    program.json({"register", name}, 1);
  }
  EXPECT_EQ(registered(), 0U);
}

TEST_F(Registration, RefusesACatalogThatIsNotThere) {
  const Ended ended = program.run({"register", "--json", "nowhere.csv"});
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_EQ(ended.out, "");
  EXPECT_NE(ended.err.find("nowhere.csv"), std::string::npos) << ended.err;
  EXPECT_EQ(registered(), 0U);
}

TEST_F(Registration, RefusesControlCharacters) {
  // The last is a control sequence introducer to terminals that know the C1 set.
  for (const char* series : {"a\x1b[31mb", "a\tb", "a\x7f", "\x01", "\xC2\x9B[31m"}) {
    SCOPED_TRACE(testing::PrintToString(series));
    const std::string catalog = write_catalog("bad.csv", {catalog_line(series, 1, "a.mp4")});
    const Ended ended = program.run({"register", "--json", catalog});
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_EQ(problems_in(read_json_lines(ended.out)), (std::vector<Problem>{{2, "series"}}));
    EXPECT_EQ(ended.err.find('\x1b'), std::string::npos);
  }
  EXPECT_EQ(registered(), 0U);
}

TEST_F(Registration, RefusesTextThatIsNotUtf8) {
  // A cut sequence, a surrogate, three overlong forms, and what lies behind the last code point (RFC 3629).
  for (const char* series : {"\xC3\x28", "\xE7\x81", "\xED\xA0\x80", "\xC0\xAF", "\xE0\x80\xAF",
                             "\xF0\x80\x80\xAF", "\xF4\x90\x80\x80"}) {
    SCOPED_TRACE(testing::PrintToString(series));
    const std::string catalog = write_catalog("bad.csv", {catalog_line(series, 1, "a.mp4")});
    const Ended ended = program.run({"register", "--json", catalog});
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_EQ(problems_in(read_json_lines(ended.out)), (std::vector<Problem>{{2, "series"}}));
  }
  EXPECT_EQ(registered(), 0U);
}

TEST_F(Registration, RefusesTheSameEpisodeAndCutTwice) {
  const std::string catalog = write_catalog("bad.csv", {"H,S,1,zh,a.mp4", "H,S,1,zh,b.mp4"});
  EXPECT_EQ(problems_in(program.json({"register", catalog}, 1)), (std::vector<Problem>{{3, "episode"}}));
  EXPECT_EQ(registered(), 0U);
}

TEST_F(Registration, OfABrokenFileFailsThatRowAlone) {
  write_file(folder() / "broken.mp4", "this is a text\n");
  const std::string catalog = write_catalog(
      "catalog.csv",
      {catalog_line("S", 1, "a.mp4"), catalog_line("S", 2, "broken.mp4"), catalog_line("S", 3, "b.mp4")});
  const auto lines = program.json({"register", catalog}, 3);
  EXPECT_EQ(those_with(those_with(lines, "event", "reference"), "status", "added").size(), 2U);
  const json::object failed = only(those_with(those_with(lines, "event", "reference"), "status", "failed"));
  EXPECT_EQ(integer_of(failed, "line"), 3);
  EXPECT_NE(text_of(object_of(failed, "error"), "message").find("broken.mp4"), std::string::npos);
  EXPECT_EQ(registered(), 2U);
}

TEST_F(Registration, OfNothingButBrokenFilesFails) {
  write_file(folder() / "text.mp4", "this is a text\n");
  write_file(folder() / "empty.mp4", "");
  const fs::path sound = clip("sound.m4a", {"-f", "lavfi", "-i", "sine=f=440", "-t", "2", "-c:a", "aac"});
  write_copy(sound, folder() / "sound.mp4");
  for (const char* name : {"text.mp4", "empty.mp4", "sound.mp4"}) {
    SCOPED_TRACE(name);
    const Ended ended = program.run({"register", write_catalog("c.csv", {catalog_line("S", 1, name)})});
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_NE(ended.err.find(name), std::string::npos) << ended.err;
  }
  EXPECT_EQ(registered(), 0U);
}

TEST_F(Registration, OfATruncatedFileTakesWhatIsThereAndCountsTheDamage) {
  const std::string source = episode_clip(1).string();
  const fs::path mp4 = clip("front.mp4", {"-i", source, "-c", "copy", "-movflags", "+faststart"});
  const fs::path mkv = clip("whole.mkv", {"-i", source, "-c", "copy"});
  for (const fs::path& whole : {mp4, mkv}) {
    SCOPED_TRACE(whole.filename());
    const std::string bytes = read_file(whole);
    const std::string name = "cut" + whole.extension().string();
    write_file(folder() / name, bytes.substr(0, bytes.size() / 2));
    const Ended ended =
        program.run({"register", "--json", write_catalog("c.csv", {catalog_line(name, 1, name)})});
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    const json::object line = read_json_lines(ended.out).at(0);
    EXPECT_EQ(text_of(line, "status"), "added");
    EXPECT_GT(number_of(line, "duration"), 2);
    EXPECT_LT(number_of(line, "duration"), 9);
    EXPECT_GT(integer_of(line, "damaged"), 0);
    EXPECT_NE(ended.err.find(name), std::string::npos) << ended.err;
  }
}

}  // namespace
}  // namespace reelprint::e2e
