// kill -9 in the middle of a bulk export: what is made again is what was in the making.
#include <gtest/gtest.h>

#include <csignal>
#include <set>

#include "tests/e2e/filed_uploads.h"
#include "tests/e2e/reelprint.h"

namespace reelprint::e2e {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kCases = 12;
constexpr std::int64_t kJobs = 2;

class BulkKilled : public ReelprintTest {
 protected:
  BulkKilled() {
    FiledUploads uploads(program.data());
    for (std::uint8_t i = 1; i <= kCases; ++i)
      uploads.add("https://videos.example/" + std::to_string(i), i, "account" + std::to_string(i));
    (void)program.json({"evidence", "key", "create"});
  }
  [[nodiscard]] std::set<std::string> files() const {
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder() / "all"))
      names.insert(entry.path().filename().string());
    return names;
  }

  const Words bulk{"evidence", "bulk", "-o", "all", "--jobs", std::to_string(kJobs), "--json"};
};

TEST_F(BulkKilled, MakesAgainOnlyWhatWasInTheMaking) {
  std::int64_t told = 0, begun = 0;
  for (int kill = 0; kill < 3; ++kill) {
    ChildProcess child(program.command(bulk));
    for (int lines = 0; lines < 3;) {
      const auto line = child.next_line(60s);
      if (!line) break;
      if (line->find("\"bundle\"") == std::string::npos) continue;
      ++lines;
      ++told;
    }
    child.send(SIGKILL);
    (void)child.wait(60s);
    begun += 4 * kJobs;  // what may be whole and not told of yet
  }
  const auto last = program.json(bulk);
  const std::int64_t made = integer_of(last.back(), "made");
  EXPECT_EQ(integer_of(last.back(), "failed"), 0);
  EXPECT_EQ(made + integer_of(last.back(), "skipped"), kCases);
  EXPECT_LE(made, kCases - told);
  EXPECT_GE(made, kCases - told - begun);
  std::set<std::string> wanted{"journal.tsv"};
  for (std::int64_t i = 1; i <= kCases; ++i) wanted.insert("case-" + std::to_string(i) + ".en.zip");
  EXPECT_EQ(files(), wanted) << "nothing half made is left";
  wanted.erase("journal.tsv");
  for (const std::string& name : wanted)
    EXPECT_EQ(program.run({"evidence", "verify", "all/" + name}).exit_code, 0) << name;
  EXPECT_EQ(integer_of(program.json(bulk).back(), "skipped"), kCases);
}

TEST_F(BulkKilled, NarrowsToTheMonthAndGivesSomeFailedItsOwnExitCode) {
  EXPECT_EQ(integer_of(program.json({"evidence", "bulk", "--month", "2020-01", "-o", "all"}).back(), "made"),
            0);
  std::filesystem::create_directories(folder() / "all" / "case-2.en.zip" / "in the way");
  const auto lines = program.json({"evidence", "bulk", "--platform", "videos.example", "-o", "all"}, 3);
  EXPECT_EQ(integer_of(lines.back(), "failed"), 1);
  EXPECT_EQ(integer_of(lines.back(), "made"), kCases - 1);
  const auto failed = only(those_with(lines, "event", "failed"));
  EXPECT_EQ(integer_of(failed, "case"), 2);
  EXPECT_EQ(text_of(failed, "code"), "io");
  EXPECT_EQ(program.run({"evidence", "bulk", "--month", "2026-1", "-o", "all"}).exit_code, 1);
  EXPECT_EQ(
      program.run({"evidence", "bulk", "--month", "2026-11", "--from", "2026-11-01", "-o", "all"}).exit_code,
      2);
}

}  // namespace
}  // namespace reelprint::e2e
