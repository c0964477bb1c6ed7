// What every command shares: help, exit codes, what goes to which stream.
#include <gtest/gtest.h>

#include "tests/e2e/files.h"
#include "tests/e2e/reelprint.h"

namespace reelprint::e2e {
namespace {

class Usage : public ReelprintTest {};

TEST_F(Usage, EveryCommandExplainsItselfWithExamples) {
  const std::vector<Words> commands = {
      {},
      {"register"},
      {"screen"},
      {"explain"},
      {"coverage"},
      {"fingerprint"},
      {"catalog"},
      {"catalog", "list"},
      {"catalog", "show"},
      {"catalog", "remove"},
      {"catalog", "stats"},
      {"crawl"},
      {"crawl", "run"},
      {"negatives"},
      {"negatives", "add"},
      {"negatives", "list"},
      {"negatives", "remove"},
      {"index"},
      {"index", "verify"},
      {"index", "repair"},
      {"index", "compact"},
      {"index", "rebuild"},
      {"serve"},
      {"openapi"},
      {"backup"},
      {"restore"},
      {"bench"},
      {"bench", "cost"},
      {"doctor"},
      {"version"},
  };
  for (Words words : commands) {
    SCOPED_TRACE(testing::PrintToString(words));
    words.emplace_back("--help");
    const Ended ended = program.run(words);
    EXPECT_EQ(ended.exit_code, 0);
    EXPECT_EQ(ended.err, "");
    EXPECT_NE(ended.out.find("Examples"), std::string::npos) << ended.out;
  }
  EXPECT_FALSE(std::filesystem::exists(program.data()));
}

TEST_F(Usage, IsRefusedWithExitCodeTwoWhenWrong) {
  const std::string clip = write_file(folder() / "clip.mp4", "x").string();
  const std::vector<Words> wrong = {
      {},
      {"protect"},
      {"--nonsense"},
      {"register"},
      {"register", "a.csv", "b.csv"},
      {"register", "--nonsense", "a.csv"},
      {"register", "--jobs", "0", "a.csv"},
      {"register", "--jobs", "-1", "a.csv"},
      {"register", "--jobs", "many", "a.csv"},
      {"register", "--jobs"},
      {"screen"},
      {"screen", "--json"},
      {"screen", "--nonsense", clip},
      {"screen", "--effort", "heroic", clip},
      {"screen", "--effort", "", clip},
      {"screen", "--jobs", "0", clip},
      {"screen", "--flag-score", "1.5", clip},
      {"screen", "--review-score", "high", clip},
      {"screen", "--review-score", "0.95", clip},
      {"explain"},
      {"explain", clip},
      {"explain", "--against", "S/1"},
      {"explain", clip, "--against", "S/1", "--effort", "heroic"},
      {"coverage", clip},
      {"coverage", "--series", "S"},
      {"negatives"},
      {"negatives", "add"},
      {"negatives", "add", "--jobs", "0", clip},
      {"negatives", "list", clip},
      {"negatives", "remove"},
      {"bench"},
      {"bench", "cost"},
      {"bench", "cost", clip},
      {"bench", "cost", "--price-per-vcpu-hour", "cheap", clip},
      {"bench", "cost", "--price-per-vcpu-hour", "-1", clip},
      {"bench", "cost", "--price-per-vcpu-hour", "1", "--rounds", "0", clip},
      {"fingerprint"},
      {"fingerprint", clip},
      {"fingerprint", "--effort", "auto", clip, "-o", "x.rpf"},
      {"catalog"},
      {"catalog", "burn"},
      {"catalog", "show"},
      {"catalog", "remove"},
      {"catalog", "list", "--season", "first"},
      {"index"},
      {"index", "polish"},
      {"index", "verify", "extra"},
      {"serve", "extra"},
      {"serve", "--http.port", "70000"},
      {"serve", "--log.level", "loud"},
      {"openapi", "extra"},
      {"backup"},
      {"restore"},
      {"version", "--nonsense"},
  };
  for (const Words& words : wrong) {
    SCOPED_TRACE(testing::PrintToString(words));
    const Ended ended = program.run(words);
    EXPECT_EQ(ended.exit_code, 2);
    EXPECT_EQ(ended.out, "");
    EXPECT_NE(ended.err, "");
  }
  EXPECT_FALSE(std::filesystem::exists(program.data()));
}

TEST_F(Usage, VersionNamesTheProgramAndWhatResultsDependOn) {
  const Ended ended = program.run({"version"});
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_EQ(ended.err, "");
  EXPECT_TRUE(ended.out.starts_with("reelprint ")) << ended.out;
  const json::object version = only(program.json({"version"}));
  EXPECT_NE(text_of(version, "reelprint"), "");
  EXPECT_GT(version.size(), 4U) << json::serialize(version);
}

TEST_F(Usage, DoctorFindsNothingWrongWithASoundMachine) {
  const json::object found = only(program.json({"doctor"}));
  EXPECT_EQ(texts_of(found, "problems"), std::vector<std::string>{});
  const Ended ended = program.run({"doctor"});
  EXPECT_EQ(ended.exit_code, 0) << ended.out;
  EXPECT_EQ(ended.err, "");
  for (const char* topic : {"reelprint", "codec", "disk", "data"})
    EXPECT_NE(ended.out.find(topic), std::string::npos) << "no '" << topic << "' in\n" << ended.out;
  EXPECT_FALSE(std::filesystem::exists(program.data()));
}

TEST_F(Usage, DoctorSaysWhatIsWrongWithTheDataFolder) {
  write_file(program.data(), "a file where the folder should be");
  const Ended json_run = program.run({"doctor", "--json"});
  EXPECT_EQ(json_run.exit_code, 1);
  EXPECT_FALSE(texts_of(only(read_json_lines(json_run.out)), "problems").empty()) << json_run.out;
}

TEST_F(Usage, TheDataFolderMayComeFromTheEnvironment) {
  Command command{{REELPRINT_BINARY, "catalog", "list"}, folder(), {"REELPRINT_DATA=elsewhere"}};
  const Ended ended = run(command);
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_NE(ended.err.find("elsewhere"), std::string::npos) << ended.err;
}

TEST_F(Usage, ADataFolderThatDoesNotExistIsAClearFailure) {
  const std::string clip = write_file(folder() / "clip.mp4", "x").string();
  const std::vector<Words> commands = {
      {"screen", clip},
      {"screen", "--json", clip},
      {"catalog", "list", "--json"},
      {"catalog", "show", "#1"},
      {"catalog", "stats"},
      {"catalog", "remove", "S"},
      {"index", "verify"},
      {"index", "repair"},
      {"index", "compact"},
      {"index", "rebuild"},
      {"explain", clip, "--against", "S"},
      {"coverage", clip, "--series", "S"},
  };
  for (const Words& words : commands) {
    SCOPED_TRACE(testing::PrintToString(words));
    const Ended ended = program.run(words);
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_EQ(ended.out, "");
    EXPECT_NE(ended.err.find(program.data().string()), std::string::npos) << ended.err;
  }
  EXPECT_FALSE(std::filesystem::exists(program.data()));
}

TEST_F(Usage, ADataFolderThatIsAFileIsAClearFailure) {
  write_file(program.data(), "not a folder");
  const std::string clip = write_file(folder() / "clip.mp4", "x").string();
  const std::string catalog = write_catalog("catalog.csv", {catalog_line("S", 1, clip)});
  for (const Words& words : {Words{"screen", clip}, Words{"register", catalog}, Words{"catalog", "list"}}) {
    SCOPED_TRACE(testing::PrintToString(words));
    const Ended ended = program.run(words);
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_EQ(ended.out, "");
    EXPECT_NE(ended.err.find(program.data().string()), std::string::npos) << ended.err;
  }
  EXPECT_EQ(read_file(program.data()), "not a folder");
}

}  // namespace
}  // namespace reelprint::e2e
