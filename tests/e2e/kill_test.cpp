// kill -9 at fifty moments: what was reported as done stays done.
#include <gtest/gtest.h>

#include <array>
#include <csignal>
#include <set>
#include <thread>

#include "tests/e2e/clips.h"
#include "tests/e2e/reelprint.h"

namespace reelprint::e2e {
namespace {

using namespace std::chrono_literals;

constexpr int kFiles = 40;
constexpr int kKills = 25;  ///< of registrations, and as many of screenings

class KillNine : public ReelprintTest {
 protected:
  void SetUp() override {
    Words lines;
    int episode = 0;
    for (const auto& file : write_variants(tiny_clip(), folder() / "media", kFiles))
      lines.push_back(catalog_line("S", ++episode, file));
    catalog = write_catalog("catalog.csv", lines);
  }

  /// Kills the command a moment after it has printed `count` lines, and returns all lines that it finished.
  [[nodiscard]] std::vector<json::object> killed_after(const Words& words, int count,
                                                       std::chrono::microseconds moment) const {
    ChildProcess child(program.command(words));
    std::string said;
    for (int i = 0; i < count; ++i) {
      const auto line = child.next_line(60s);
      if (!line) break;
      said += *line + '\n';
    }
    std::this_thread::sleep_for(moment);  // so that each kill falls at another point of the work
    child.send(SIGKILL);
    const Ended ended = child.wait(60s);
    EXPECT_TRUE(ended.signal == SIGKILL || ended.exit_code == 0) << ended.err;
    said += ended.out.substr(0, ended.out.rfind('\n') + 1);
    return read_json_lines(said);
  }

  /// Opens, has all that was acknowledged, searches, and is sound.
  void expect_sound_folder() const {
    std::set<std::int64_t> listed;
    for (const json::object& reference : program.json({"catalog", "list"}))
      listed.insert(integer_of(reference, "reference"));
    for (const std::int64_t id : acknowledged_references)
      EXPECT_TRUE(listed.contains(id)) << "reference " << id;
    program.json({"screen", (folder() / "media/1.mp4").string()});
    const json::object stats = only(program.json({"catalog", "stats"}));
    EXPECT_GE(integer_of(stats, "screenings"), static_cast<std::int64_t>(acknowledged_screenings.size()) + 1);
    const json::object report = only(program.json({"index", "verify"}));
    EXPECT_TRUE(flag_of(report, "ok")) << json::serialize(report);
  }

  void start_over() {
    if (!acknowledged_references.empty()) program.json({"catalog", "remove", "S"});
    acknowledged_references.clear();
    std::filesystem::remove(program.index_file());
  }

  void expect_last_run_to_finish() const {
    const json::object summary = program.json({"register", catalog}).back();
    EXPECT_EQ(integer_of(summary, "added") + integer_of(summary, "unchanged"), kFiles);
    EXPECT_EQ(program.json({"catalog", "list", "S"}).size(), static_cast<std::size_t>(kFiles));
    EXPECT_TRUE(flag_of(only(program.json({"index", "verify"})), "ok"));
  }

  std::string catalog;
  std::set<std::int64_t> acknowledged_references;
  std::set<std::int64_t> acknowledged_screenings;
};

std::chrono::microseconds moment_of(int kill) {
  return std::chrono::microseconds(kill * 1'700 % 12'000);
}

TEST_F(KillNine, DuringRegistrationsLosesNothingThatWasAcknowledged) {
  // Lines said before the kill: early, in the middle twice, and when only the index is left to write.
  constexpr std::array<int, 5> kLines{1, 5, 14, 27, kFiles};
  for (int kill = 0; kill < kKills; ++kill) {
    SCOPED_TRACE("kill " + std::to_string(kill));
    const auto round = static_cast<std::size_t>(kill) % kLines.size();
    if (round == 0) start_over();
    for (const json::object& line :
         killed_after({"register", "--json", "--jobs", "2", catalog}, kLines[round], moment_of(kill))) {
      if (text_of(line, "event") == "reference")
        acknowledged_references.insert(integer_of(line, "reference"));
    }
    EXPECT_GE(acknowledged_references.size(), static_cast<std::size_t>(kLines[round]));
    expect_sound_folder();
  }
  expect_last_run_to_finish();
}

TEST_F(KillNine, DuringScreeningsLosesNothingThatWasAcknowledged) {
  program.json({"register", write_catalog("some.csv", {catalog_line("S", 1, folder() / "media/1.mp4"),
                                                       catalog_line("T", 1, episode_clip(1))})});
  constexpr std::array<int, 5> kLines{0, 1, 7, 19, 33};
  for (int kill = 0; kill < kKills; ++kill) {
    SCOPED_TRACE("kill " + std::to_string(kill));
    const int lines = kLines[static_cast<std::size_t>(kill) % kLines.size()];
    const auto moment = lines == 0 ? std::chrono::microseconds(kill * 4'000) : moment_of(kill);
    for (const json::object& screening :
         killed_after({"screen", "--json", "--jobs", "2", "media"}, lines, moment)) {
      EXPECT_TRUE(acknowledged_screenings.insert(integer_of(screening, "screening")).second);
    }
    expect_sound_folder();
  }
  expect_last_run_to_finish();
}

TEST_F(KillNine, DuringAdditionsToTheNegativeBankLosesNothingThatWasAcknowledged) {
  constexpr std::array<int, 4> kLines{1, 7, 19, 33};
  std::set<std::int64_t> acknowledged;
  for (int kill = 0; kill < 8; ++kill) {
    SCOPED_TRACE("kill " + std::to_string(kill));
    const auto round = static_cast<std::size_t>(kill) % kLines.size();
    if (round == 0 && kill > 0) {
      Words remove{"negatives", "remove"};
      for (const std::int64_t id : acknowledged) remove.push_back(std::to_string(id));
      program.json(remove);
      acknowledged.clear();
    }
    for (const json::object& line : killed_after({"negatives", "add", "--json", "--jobs", "2", "media"},
                                                 kLines[round], moment_of(kill))) {
      if (text_of(line, "event") == "negative") acknowledged.insert(integer_of(line, "negative"));
    }
    EXPECT_GE(acknowledged.size(), static_cast<std::size_t>(kLines[round]));
    std::set<std::int64_t> listed;
    for (const json::object& negative : program.json({"negatives", "list"}))
      listed.insert(integer_of(negative, "negative"));
    for (const std::int64_t id : acknowledged) EXPECT_TRUE(listed.contains(id)) << "negative " << id;
    EXPECT_TRUE(flag_of(only(program.json({"index", "verify"})), "ok"));
  }
  program.json({"negatives", "add", "media"});
  EXPECT_EQ(program.json({"negatives", "list"}).size(), static_cast<std::size_t>(kFiles));
}

TEST_F(KillNine, OfAFirstRunLeavesAFolderThatAnotherRunCanUse) {
  for (int kill = 0; kill < 10; ++kill) {
    SCOPED_TRACE("kill " + std::to_string(kill));
    std::filesystem::remove_all(program.data());
    static_cast<void>(killed_after({"register", "--json", catalog}, 0, kill * 9ms));
    expect_last_run_to_finish();
  }
}

}  // namespace
}  // namespace reelprint::e2e
