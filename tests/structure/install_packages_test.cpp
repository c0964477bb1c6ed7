// tools/install-packages, with made-up dpkg and apt commands in front of the real ones.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace reelprint::structure {
namespace {

namespace fs = std::filesystem;

struct Outcome {
  int exit_code = -1;
  std::string said;   ///< by the script
  std::string calls;  ///< of apt-get, one a line
};

/// A machine where every package is installed except those in `absent`, until apt-get installs them.
class InstallPackages : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "install_packages_XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    fs::create_directories(folder_ / "bin");
    fs::create_directories(folder_ / "lists");
    write("os-release", "ID=debian\nVERSION_ID=\"12\"\n");
    write("lists/deb_main_binary-amd64_Packages", "");
    write("absent", "");
    write("plan", "");
    command("id", "echo 0");
    command("apt-config", "echo \"folder='$FAKE/lists/'\"");
    command("dpkg-query",
            "for word; do case $word in -*) ;; *)\n"
            "  grep -qxF \"$word\" \"$FAKE/absent\" || echo \"installed $word\";; esac; done");
    command("apt-get",
            "echo \"$*\" >>\"$FAKE/calls\"\n"
            "case \" $* \" in\n"
            "  *' -s '*) cat \"$FAKE/plan\"; [ ! -e \"$FAKE/cannot\" ];;\n"
            "  *' install '*) : >\"$FAKE/absent\";;\n"
            "esac");
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) { std::ofstream(folder_ / name) << text; }
  void command(const std::string& name, const std::string& body) {
    write("bin/" + name, "#!/bin/sh\n" + body + "\n");
    fs::permissions(folder_ / "bin" / name, fs::perms::owner_all);
  }

  [[nodiscard]] const fs::path& folder() const { return folder_; }

  /// Runs the script with `options`.
  [[nodiscard]] Outcome run(const std::string& options = "") const {
    const std::string fake = folder_.string();
    const std::string line = "FAKE='" + fake + "' OS_RELEASE='" + fake + "/os-release' PATH='" + fake +
                             "/bin':/usr/bin:/bin '" REELPRINT_SOURCE_ROOT "/tools/install-packages' " +
                             options + " >'" + fake + "/said' 2>&1 </dev/null";
    const int status = std::system(line.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, text_of("said"), text_of("calls")};
  }

 private:
  [[nodiscard]] std::string text_of(const std::string& name) const {
    std::ifstream stream(folder_ / name);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  }

  fs::path folder_;
};

TEST_F(InstallPackages, SaysNothingAndLeavesAptAloneWhenAllAreThere) {
  const Outcome outcome = run();
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.said, "");
  EXPECT_EQ(outcome.calls, "");
}

TEST_F(InstallPackages, InstallsExactlyWhatIsMissing) {
  write("absent", "ninja-build\nlibfaiss-dev\nclang-tidy\n");
  const Outcome outcome = run();
  EXPECT_EQ(outcome.exit_code, 0) << outcome.said;
  EXPECT_NE(outcome.said.find("libfaiss-dev ninja-build"), std::string::npos) << outcome.said;
  EXPECT_NE(outcome.calls.find("--no-remove --no-install-recommends"), std::string::npos) << outcome.calls;
  EXPECT_NE(outcome.calls.find("libfaiss-dev ninja-build\n"), std::string::npos) << outcome.calls;
  EXPECT_EQ(outcome.calls.find("clang-tidy"), std::string::npos) << "only make lint needs it";
  EXPECT_EQ(outcome.calls.find("update"), std::string::npos) << "the lists are there and recent";
}

TEST_F(InstallPackages, AddsWhatItsOptionsAskFor) {
  write("absent", "clang-tidy\nlibbenchmark-dev\n");
  EXPECT_EQ(run("--lint --bench").exit_code, 0);
  const Outcome outcome = run();
  EXPECT_NE(outcome.calls.find("clang-tidy libbenchmark-dev\n"), std::string::npos) << outcome.calls;
}

TEST_F(InstallPackages, FetchesPackageListsOnlyWhenThereAreNone) {
  write("absent", "cmake\n");
  fs::remove(folder() / "lists/deb_main_binary-amd64_Packages");
  const Outcome outcome = run();
  EXPECT_EQ(outcome.exit_code, 0) << outcome.said;
  EXPECT_TRUE(outcome.calls.starts_with("update")) << outcome.calls;
}

TEST_F(InstallPackages, NeverRemovesAPackageAndNamesTheOnesInTheWay) {
  write("absent", "libboost1.81-dev\n");
  write("plan",
        "Remv libboost1.74-dev [1.74.0+ds1-21]\nInst libboost1.81-dev (1.81.0-5 Debian:12 [amd64])\n");
  const Outcome outcome = run();
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_NE(outcome.said.find("nothing was changed"), std::string::npos) << outcome.said;
  EXPECT_NE(outcome.said.find("apt-get remove libboost1.74-dev"), std::string::npos) << outcome.said;
  EXPECT_EQ(outcome.calls.find("-y"), std::string::npos) << outcome.calls;
}

TEST_F(InstallPackages, PassesOnWhyAptCannotInstall) {
  write("absent", "libboost1.81-dev\n");
  write("plan", "E: Unable to correct problems, you have held broken packages.\n");
  write("cannot", "");
  const Outcome outcome = run();
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_NE(outcome.said.find("you have held broken packages"), std::string::npos) << outcome.said;
  EXPECT_EQ(outcome.calls.find("-y"), std::string::npos) << outcome.calls;
}

TEST_F(InstallPackages, OnlyNamesThePackagesOnAnotherSystem) {
  write("absent", "libfaiss-dev\n");
  write("os-release", "ID=fedora\nVERSION_ID=40\n");
  const Outcome outcome = run();
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_NE(outcome.said.find("libfaiss-dev"), std::string::npos) << outcome.said;
  EXPECT_EQ(outcome.calls, "");
}

TEST_F(InstallPackages, RefusesAnUnknownOption) {
  EXPECT_EQ(run("--everything").exit_code, 2);
}

}  // namespace
}  // namespace reelprint::structure
