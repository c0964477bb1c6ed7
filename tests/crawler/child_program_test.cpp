#include "crawler/child_program.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>

#include "tests/support/eventually.h"
#include "tests/support/temporary_folder.h"

namespace reelprint::crawler {
namespace {

using namespace std::chrono_literals;
using End = ChildOutcome::End;

class ChildProgramTest : public testing::Test {
 protected:
  ChildProgramTest() {
    std::filesystem::create_directory(work());
    std::filesystem::create_directory(folder_.path() / "data");
    std::ofstream(secret()) << "secret";
  }
  [[nodiscard]] std::filesystem::path work() const { return folder_.path() / "work"; }
  [[nodiscard]] std::filesystem::path secret() const { return folder_.path() / "data" / "secret"; }
  [[nodiscard]] ChildProgram shell(const std::string& script) const {
    return {.program = "/bin/sh", .arguments = {"-c", script}, .folder = work(), .time_limit = 60s};
  }
  [[nodiscard]] ChildOutcome run(const std::string& script) const { return run_program(shell(script), {}); }

  test::TemporaryFolder folder_;
};

TEST_F(ChildProgramTest, BringsOutputAndExitCode) {
  const ChildOutcome outcome = run("echo out; echo err >&2; exit 3");
  EXPECT_EQ(outcome.end, End::exited);
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_EQ(outcome.output, "out\n");
}

TEST_F(ChildProgramTest, TakesArgumentsAsTheyAre) {
  ChildProgram echo{.program = "/bin/echo", .arguments = {"$HOME; `id` && x", "-n"}, .folder = work()};
  EXPECT_EQ(run_program(echo, {}).output, "$HOME; `id` && x -n\n");
}

TEST_F(ChildProgramTest, HandsOnNoEnvironmentInputOrFiles) {
  ::setenv("REELPRINT_TEST_SECRET", "1", 1);
  const std::ifstream open(secret());
  const ChildOutcome outcome = run("env | sort | cut -d= -f1; cat; ls /proc/self/fd | wc -l; pwd");
  ::unsetenv("REELPRINT_TEST_SECRET");
  // descriptors of ls: 0, 1, 2 and the folder that it lists
  EXPECT_EQ(outcome.output, "HOME\nLANG\nPATH\nPWD\nTMPDIR\n4\n" + work().string() + "\n");
}

TEST_F(ChildProgramTest, ShowsNoFilesButItsOwn) {
  const ChildOutcome outcome = run("echo a > mine && cat mine; cat '" + secret().string() +
                                   "'; echo b > ../data/new; cat /proc/1/environ");
  if (!outcome.was_fenced) GTEST_SKIP() << "this kernel has no landlock";
  EXPECT_EQ(outcome.output, "a\n");
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "data" / "new"));
}

TEST_F(ChildProgramTest, HasNoNetworkUnlessItIsGivenOne) {
  const ChildOutcome outcome =
      run("ls /sys/class/net; cat /proc/net/route | wc -l; cat /proc/net/dev | wc -l");
  if (!outcome.was_without_network) GTEST_SKIP() << "namespaces are not permitted here";
  EXPECT_EQ(outcome.output.substr(outcome.output.size() - 4),
            "0\n3\n");  // no route; two lines of head, and lo
}

TEST_F(ChildProgramTest, EndsWhatTakesTooLongWithAllThatItStarted) {
  ChildProgram slow = shell("sleep 1000 & echo $!; sleep 1000");
  slow.time_limit = 300ms;
  const ChildOutcome outcome = run_program(slow, {});
  EXPECT_EQ(outcome.end, End::timed_out);
  ASSERT_FALSE(outcome.output.empty());
  const std::string process = "/proc/" + outcome.output.substr(0, outcome.output.size() - 1) + "/exe";
  EXPECT_TRUE(test::eventually([&] {
    std::error_code gone;
    return std::filesystem::read_symlink(process, gone).empty() && gone;
  }));
}

TEST_F(ChildProgramTest, EndsWhatWritesTooMuch) {
  ChildProgram loud = shell("while :; do echo 0123456789012345678901234567890123456789; done");
  loud.most_output_bytes = 100'000;
  const ChildOutcome outcome = run_program(loud, {});
  EXPECT_EQ(outcome.end, End::too_much_output);
  EXPECT_LT(outcome.output.size(), 300'000U);
}

TEST_F(ChildProgramTest, LimitsFilesAndMemory) {
  ChildProgram large = shell("head -c 2000000 /dev/zero > file; wc -c < file");
  large.most_file_bytes = 1'000'000;
  EXPECT_EQ(run_program(large, {}).output, "1000000\n");
  ChildProgram hungry = shell("ulimit -v");
  hungry.most_memory_bytes = std::uint64_t{1} << 30;
  EXPECT_EQ(run_program(hungry, {}).output, "1048576\n");
}

TEST_F(ChildProgramTest, StopsOnRequest) {
  std::stop_source source;
  source.request_stop();
  EXPECT_EQ(run_program(shell("sleep 1000"), source.get_token()).end, End::stopped);
}

TEST_F(ChildProgramTest, SaysThatItCouldNotBeStarted) {
  EXPECT_EQ(run_program({.program = "/no/such/program", .folder = work()}, {}).end, End::not_started);
  EXPECT_EQ(run("kill -SEGV $$").end, End::crashed);
}

}  // namespace
}  // namespace reelprint::crawler
