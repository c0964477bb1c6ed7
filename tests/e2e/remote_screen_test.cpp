// `reelprint screen --server` against a running `reelprint serve`.
#include <gtest/gtest.h>

#include <csignal>
#include <memory>

#include "tests/e2e/clips.h"
#include "tests/e2e/files.h"
#include "tests/e2e/reelprint.h"

namespace reelprint::e2e {
namespace {

using namespace std::chrono_literals;

class RemoteScreen : public ReelprintTest {
 protected:
  void SetUp() override {
    program.json({"register", write_catalog("catalog.csv", {catalog_line("S", 1, episode_clip(1))})});
    program.json({"tenant", "create", "ShowTube", "--kind", "platform"});
    const Ended key = program.run({"key", "create", "ingest", "--role", "platform", "--tenant", "ShowTube"});
    key_ = write_file(folder() / "key", key.out).string();
    service_ = std::make_unique<ChildProcess>(program.command({"serve", "--http.port", "0"}));
    const std::string line = service_->next_line(30s).value_or("");
    ASSERT_TRUE(line.starts_with("listening on ")) << line;
    server_ = line.substr(line.find("http"));
    write_copy(copy_of_episode_clip(1), folder() / "copy.mp4");
    write_copy(stranger_clip(), folder() / "stranger.mp4");
  }
  /// In a folder without data: what it knows it has from the service.
  [[nodiscard]] Ended screen(Words words) const {
    const Words at{"screen", "--server", server_, "--key-file", key_, "--account", "amy"};
    words.insert(words.begin(), at.begin(), at.end());
    Command command = Reelprint(folder(), folder() / "nothing").command(words);
    command.settings.emplace_back("no_proxy=*");
    return run(command);
  }

  std::string key_;
  std::string server_;
  std::unique_ptr<ChildProcess> service_;
};

TEST_F(RemoteScreen, SaysWhatTheLocalCommandSays) {
  const Ended ended = screen({"--json", "copy.mp4", "stranger.mp4"});
  EXPECT_EQ(ended.exit_code, 0) << ended.err;
  const auto said = read_json_lines(ended.out);
  const auto local = program.json({"screen", "copy.mp4", "stranger.mp4"});
  ASSERT_EQ(said.size(), 2U) << ended.out;
  for (std::size_t i = 0; i < 2; ++i) {
    for (const char* name :
         {"query", "sha256", "duration", "verdict", "matches", "effort", "audio", "damaged"})
      EXPECT_EQ(member(said[i], name), member(local[i], name)) << name;
    for (const auto& [name, value] : local[i]) EXPECT_TRUE(said[i].contains(name)) << name;
  }
  EXPECT_EQ(text_of(said[0], "verdict"), "infringing");
}

TEST_F(RemoteScreen, ShowsAPersonATable) {
  const Ended ended = screen({"copy.mp4"});
  EXPECT_EQ(ended.exit_code, 0) << ended.err;
  EXPECT_NE(ended.out.find("copy.mp4"), std::string::npos) << ended.out;
  EXPECT_NE(ended.out.find("S, episode 1"), std::string::npos) << ended.out;
}

TEST_F(RemoteScreen, TellsTheFilesThatCannotBeScreened) {
  write_file(folder() / "text.mp4", "no video at all");
  const Ended some = screen({"--json", "text.mp4", "missing.mp4", "stranger.mp4"});
  EXPECT_EQ(some.exit_code, 3) << some.err;
  const auto said = read_json_lines(some.out);
  ASSERT_EQ(said.size(), 3U) << some.out;
  EXPECT_EQ(text_of(object_of(said[0], "error"), "code"), "unreadable");
  EXPECT_EQ(text_of(object_of(said[1], "error"), "code"), "not_found");
  EXPECT_EQ(text_of(said[2], "verdict"), "clear");
}

TEST_F(RemoteScreen, FailsWithAKeyThatIsNoGood) {
  write_file(key_, "rp_nosuchke_nosuchkeynosuchkeynosuchkeynosuchkeyno");
  const Ended ended = screen({"copy.mp4"});
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_NE(ended.err.find("401"), std::string::npos) << ended.err;
}

TEST_F(RemoteScreen, IsUsedWithAServerAndItsKey) {
  EXPECT_EQ(program.run({"screen", "--server", server_, "copy.mp4"}).exit_code, 2);
  EXPECT_EQ(program.run({"screen", "--account", "amy", "copy.mp4"}).exit_code, 2);
  EXPECT_EQ(screen({"--flag-score", "0.95", "copy.mp4"}).exit_code, 2);
}

}  // namespace
}  // namespace reelprint::e2e
