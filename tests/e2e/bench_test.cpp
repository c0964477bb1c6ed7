// `reelprint bench cost`: what it says, and what it refuses to measure.
#include <gtest/gtest.h>

#include "tests/e2e/clips.h"
#include "tests/e2e/files.h"
#include "tests/e2e/reelprint.h"

namespace reelprint::e2e {
namespace {

namespace fs = std::filesystem;

class Bench : public ReelprintTest {
 protected:
  void SetUp() override {
    program.json({"register", write_catalog("catalog.csv", {catalog_line("S", 1, episode_clip(1))})});
    stranger_ = write_copy(stranger_clip(), folder() / "stranger.mp4").string();
    copy_ = write_copy(copy_of_episode_clip(1), folder() / "copy.mp4").string();
  }

  [[nodiscard]] static Words cost(const Words& rest) {
    Words words{"bench", "cost", "--price-per-vcpu-hour", "0.04", "--rounds", "1"};
    words.insert(words.end(), rest.begin(), rest.end());
    return words;
  }

  std::string stranger_;
  std::string copy_;
};

TEST_F(Bench, SaysAllThatTheContractNames) {
  const json::object said = only(program.json(cost({stranger_, copy_})));
  EXPECT_EQ(number_of(said, "price_per_vcpu_hour"), 0.04);
  EXPECT_EQ(integer_of(said, "references"), 1);
  EXPECT_EQ(integer_of(said, "uploads"), 1);
  EXPECT_EQ(integer_of(said, "not_clear"), 1);
  EXPECT_NEAR(number_of(said, "media_s"), 6, 0.3);
  const auto efforts = objects_of(said, "efforts");
  ASSERT_EQ(efforts.size(), 3U);
  const char* names[] = {"fast", "standard", "auto"};
  for (std::size_t i = 0; i < efforts.size(); ++i) {
    EXPECT_EQ(text_of(efforts[i], "effort"), names[i]);
    const double cpu_s = number_of(efforts[i], "cpu_s_per_upload");
    EXPECT_GT(cpu_s, 0);
    EXPECT_NEAR(number_of(efforts[i], "dollars_per_million_uploads"), cpu_s * 1e6 / 3600 * 0.04, 0.01);
    EXPECT_NEAR(number_of(efforts[i], "cores_at_12_per_second"), cpu_s * 12, 0.02);
  }
  const json::object& registering = object_of(said, "registering");
  const double cpu_s = number_of(registering, "cpu_s_per_episode");
  EXPECT_GT(cpu_s, 0);
  EXPECT_NEAR(number_of(registering, "dollars_per_thousand_episodes"), cpu_s * 1e3 / 3600 * 0.04, 1e-5);
}

TEST_F(Bench, ChangesNothingInTheDataFolder) {
  const auto before = program.json({"catalog", "stats"});
  program.json(cost({stranger_}));
  EXPECT_EQ(program.json({"catalog", "stats"}), before);
}

TEST_F(Bench, PrintsATableForPeople) {
  const Ended ended = program.run(cost({stranger_}));
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_EQ(ended.err, "");
  for (const char* word :
       {"screen, fast", "screen, standard", "screen, auto", "register", "a million uploads of 60 s"})
    EXPECT_NE(ended.out.find(word), std::string::npos) << "no '" << word << "' in\n" << ended.out;
}

TEST_F(Bench, FailsWhereNothingIsClear) {
  const Ended ended = program.run(cost({copy_}));
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_EQ(ended.out, "");
  EXPECT_NE(ended.err.find("no file is clear"), std::string::npos) << ended.err;
}

TEST_F(Bench, FailsOnAFingerprintAndOnAMissingFile) {
  const std::string print = (folder() / "stranger.rpf").string();
  program.json({"fingerprint", stranger_, "-o", print});
  EXPECT_EQ(program.run(cost({print})).exit_code, 1);
  EXPECT_EQ(program.run(cost({(folder() / "none.mp4").string()})).exit_code, 1);
}

TEST_F(Bench, MeasuresTheDemosUploadsWhereNoneAreNamed) {
  fs::create_directories(folder() / "demo" / "uploads");
  write_copy(stranger_clip(), folder() / "demo" / "uploads" / "unrelated.mp4");
  Command command = program.command(cost({"--json"}));
  command.settings.push_back("REELPRINT_DEMO_DIR=" + (folder() / "demo").string());
  const Ended ended = run(command);
  EXPECT_EQ(ended.exit_code, 0) << ended.err;
  EXPECT_EQ(integer_of(only(read_json_lines(ended.out)), "uploads"), 1);
}

}  // namespace
}  // namespace reelprint::e2e
