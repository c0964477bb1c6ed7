// `make demo`: its copies are found where its own notes say that they are.
#include <gtest/gtest.h>

#include <map>
#include <sstream>

#include "tests/e2e/files.h"
#include "tests/e2e/reelprint.h"
#include "tests/e2e/truth.h"

namespace reelprint::e2e {
namespace {

namespace fs = std::filesystem;

struct Expected {
  std::string verdict;
  std::vector<Truth> truths;
};

/// The begin and the end in "12.000-22.000".
std::pair<double, double> span_of(const std::string& text) {
  const std::size_t dash = text.find('-');
  return {std::stod(text.substr(0, dash)), std::stod(text.substr(dash + 1))};
}

/// By upload. Columns: upload, verdict, series, episode, seconds of the upload, seconds of the episode.
std::map<std::string, Expected> read_expected(const fs::path& file) {
  std::map<std::string, Expected> expected;
  std::istringstream lines(read_file(file));
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    std::istringstream fields(line);
    std::vector<std::string> row;
    for (std::string field; std::getline(fields, field, '\t');) row.push_back(field);
    Expected& upload = expected[row.at(0)];
    upload.verdict = row.at(1);
    if (row.at(2) == "-") continue;
    const auto [query_start, query_end] = span_of(row.at(4));
    const auto [reference_start, reference_end] = span_of(row.at(5));
    upload.truths.push_back({row.at(2), std::stoi(row.at(3)), query_start, query_end, reference_start,
                             reference_end, std::nullopt, std::nullopt});
  }
  return expected;
}

TEST(Demo, FindsEveryCopyAndAccusesNobodyElse) {
  const fs::path work = fs::path(REELPRINT_TEST_CACHE) / "demo";  // it renders nothing twice
  const fs::path binaries = fs::path(REELPRINT_BINARY).parent_path();
  const Ended shown = run(
      {{REELPRINT_SOURCE_ROOT "/demo/run", binaries.string()}, {}, {"REELPRINT_DEMO_DIR=" + work.string()}},
      std::chrono::minutes(14));
  ASSERT_EQ(shown.exit_code, 0) << shown.err;

  const Reelprint program(work, work / "data");
  const auto expected = read_expected(work / "expected.tsv");
  EXPECT_GE(expected.size(), 9U);
  for (const auto& [upload, truth] : expected) {
    SCOPED_TRACE(upload);
    EXPECT_NE(shown.out.find(upload), std::string::npos) << "it is not in the table";
    const json::object said = only(program.json({"screen", (work / "uploads" / upload).string()}));
    EXPECT_EQ(text_of(said, "verdict"), truth.verdict);
    expect_truths(said, truth.truths);
  }
}

}  // namespace
}  // namespace reelprint::e2e
