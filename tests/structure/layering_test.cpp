// The tree against its own rules, and the checker against small made-up files.
#include "tests/structure/layering.h"

#include <gtest/gtest.h>

#include <map>
#include <regex>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace reelprint::structure {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

/// Every file of the tree whose name ends in one of `endings`, sorted; neither what was built nor hidden
/// folders.
std::vector<fs::path> files_of_tree(const std::vector<std::string>& endings) {
  const fs::path root(REELPRINT_SOURCE_ROOT);
  std::vector<fs::path> files;
  for (const auto& top : fs::directory_iterator(root)) {
    const std::string name = top.path().filename().string();
    if (!top.is_directory() || name.starts_with('.') || name == "build") continue;
    for (const auto& entry : fs::recursive_directory_iterator(top)) {
      const std::string path = entry.path().lexically_relative(root).generic_string();
      const bool wanted = std::any_of(endings.begin(), endings.end(),
                                      [&](const std::string& ending) { return path.ends_with(ending); });
      if (wanted && entry.is_regular_file()) files.emplace_back(path);
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<SourceFile> sources_of_tree() {
  const fs::path root(REELPRINT_SOURCE_ROOT);
  std::vector<SourceFile> sources;
  for (const fs::path& path : files_of_tree({".h", ".cpp"})) {
    const bool has_own_header =
        path.extension() == ".cpp" && fs::exists(root / fs::path(path).replace_extension(".h"));
    sources.push_back({path.generic_string(), text_of(root / path), has_own_header});
  }
  return sources;
}

std::string report(const std::vector<Violation>& violations) {
  std::string text;
  for (const Violation& violation : violations) text += "\n" + to_string(violation);
  return text;
}

/// The faults of one include line in a file at `path`.
std::vector<Violation> including(const std::string& path, const std::string& include) {
  return check_includes({path, "// A file.\n#include " + include + "\n"});
}

TEST(Tree, IncludesOnlyWhatItsLayerMay) {
  std::size_t files = 0;
  for (const SourceFile& source : sources_of_tree()) {
    const auto violations = check_includes(source);
    EXPECT_TRUE(violations.empty()) << report(violations);
    ++files;
  }
  EXPECT_GT(files, 30U) << "the tree was not read from " << REELPRINT_SOURCE_ROOT;
}

TEST(Tree, LeavesInternalHeadersToTheirOwners) {
  const auto violations = check_internal_headers(sources_of_tree());
  EXPECT_TRUE(violations.empty()) << report(violations);
}

TEST(Tree, SaysOnEachFirstLineWhatTheFileIsForAndKeepsFilesShort) {
  for (const SourceFile& source : sources_of_tree()) {
    const auto violations = check_shape(source);
    EXPECT_TRUE(violations.empty()) << report(violations);
  }
}

TEST(Tree, LinksOnlyWhatItsLayerMay) {
  for (const fs::path& path : files_of_tree({"CMakeLists.txt"})) {
    const auto violations = check_links(path.generic_string(), text_of(REELPRINT_SOURCE_ROOT / path));
    EXPECT_TRUE(violations.empty()) << report(violations);
  }
}

// Two inline constants of one name in one namespace are one constant to the linker, whichever it meets first.
TEST(Tree, NamesEachConstantOfTheStoreOnce) {
  const std::regex constant(R"(inline constexpr [\w:]+ (k\w+))");
  std::map<std::string, std::string> homes;
  for (const SourceFile& source : sources_of_tree()) {
    if (!source.path.starts_with("store/") || !source.path.ends_with(".h")) continue;
    for (std::sregex_iterator it(source.text.begin(), source.text.end(), constant), end; it != end; ++it) {
      const auto [home, is_new] = homes.emplace((*it)[1], source.path);
      EXPECT_TRUE(is_new) << home->first << " is in " << home->second << " and in " << source.path;
    }
  }
  EXPECT_GT(homes.size(), 100U);
}

TEST(Layering, LetsEachLayerUseTheOnesBelow) {
  EXPECT_TRUE(including("index/score.cpp", "\"core/match.h\"").empty());
  EXPECT_TRUE(including("index/score.cpp", "\"index/score.h\"").empty());
  EXPECT_TRUE(including("pipeline/screen.cpp", "\"index/score.h\"").empty());
  EXPECT_TRUE(including("app/main.cpp", "\"api/to_json.h\"").empty());
  EXPECT_TRUE(including("tests/index/score_test.cpp", "\"index/score.h\"").empty());
}

TEST(Layering, KeepsStagesStrangers) {
  const auto violations = including("fingerprint/pdq.cpp", "\"index/score.h\"");
  ASSERT_EQ(violations.size(), 1U);
  EXPECT_EQ(to_string(violations[0]),
            "fingerprint/pdq.cpp:2: fingerprint/ may not use index/ (it may use: core)");
}

TEST(Layering, RefusesToLookUpwards) {
  EXPECT_EQ(including("core/time.h", "\"store/store.h\"").size(), 1U);
  EXPECT_EQ(including("pipeline/screen.cpp", "\"api/routes.h\"").size(), 1U);
  EXPECT_EQ(including("api/routes.cpp", "\"index/score.h\"").size(), 1U);
  EXPECT_EQ(including("app/main.cpp", "\"fingerprint/pdq.h\"").size(), 1U);
  EXPECT_EQ(including("demo/main.cpp", "\"index/score.h\"").size(), 1U);
  EXPECT_EQ(including("index/score.cpp", "\"tests/support/clip.h\"").size(), 1U);
}

TEST(Layering, SeesOurOwnHeadersInAngleBracketsAndOddSpacing) {
  EXPECT_EQ(including("index/score.cpp", "<store/store.h>").size(), 1U);
  EXPECT_EQ(check_includes({"index/score.cpp", "  #  include\t\"store/store.h\""}).size(), 1U);
  EXPECT_EQ(including("index/score.cpp", "\"../store/store.h\"").size(), 1U);
  EXPECT_EQ(including("index/score.cpp", "STORE_HEADER").size(), 1U);
}

TEST(Layering, IgnoresIncludesInComments) {
  EXPECT_TRUE(check_includes({"index/score.cpp", "// #include \"store/store.h\"\n"}).empty());
}

TEST(Layering, GivesEachLibraryItsHome) {
  EXPECT_TRUE(including("fingerprint/media_decoder.cpp", "<libavformat/avformat.h>").empty());
  EXPECT_EQ(including("fingerprint/pdq.cpp", "<libavutil/frame.h>").size(), 1U);
  EXPECT_EQ(including("fingerprint/pdq.cpp", "<libswresample/swresample.h>").size(), 1U);
  EXPECT_TRUE(including("index/flat.cpp", "<faiss/IndexBinaryFlat.h>").empty());
  EXPECT_EQ(including("pipeline/screen.cpp", "<faiss/IndexBinaryFlat.h>").size(), 1U);
  EXPECT_EQ(including("pipeline/screen.cpp", "<sqlite3.h>").size(), 1U);
  EXPECT_EQ(including("core/hex.cpp", "<openssl/evp.h>").size(), 1U);
  EXPECT_TRUE(including("evidence/frame_png.cpp", "<png.h>").empty());
  EXPECT_EQ(including("evidence/time_plot.cpp", "<png.h>").size(), 1U);
  EXPECT_EQ(including("app/main.cpp", "<boost/json.hpp>").size(), 1U);
  EXPECT_EQ(including("api/routes.cpp", "<CLI/CLI.hpp>").size(), 1U);
  EXPECT_TRUE(including("tests/index/flat_test.cpp", "<faiss/IndexBinaryFlat.h>").empty());
}

TEST(Layering, AsksForAHomeForEachNewLibrary) {
  EXPECT_EQ(including("crawler/fetch.cpp", "<lzma.h>").size(), 1U);
  EXPECT_EQ(including("crawler/fetch.cpp", "<boost/regex.hpp>").size(), 1U);
  EXPECT_EQ(including("parser/tokens.cpp", "<vector>").size(), 1U) << "a folder that no table knows";
}

TEST(Layering, KeepsLibrariesAndTheOperatingSystemOutOfHeaders) {
  EXPECT_TRUE(including("store/store.cpp", "<sqlite3.h>").empty());
  EXPECT_EQ(including("store/store.h", "<sqlite3.h>").size(), 1U);
  EXPECT_TRUE(including("api/to_json.h", "<boost/json/value.hpp>").empty());
  EXPECT_EQ(including("api/session.h", "<boost/beast.hpp>").size(), 1U);
  EXPECT_TRUE(including("demo/brush.h", "<opencv2/core.hpp>").empty());
  EXPECT_TRUE(including("demo/encoder.h", "<sys/types.h>").empty());
  EXPECT_TRUE(including("store/folder.cpp", "<sys/file.h>").empty());
  EXPECT_EQ(including("store/folder.h", "<unistd.h>").size(), 1U);
  EXPECT_TRUE(including("core/time.h", "<chrono>").empty());
}

TEST(Layering, LetsAnInternalHeaderShowALibraryOfItsHome) {
  const std::string text = "// Internal to store: statements.\n#include <sqlite3.h>\n";
  EXPECT_TRUE(check_includes({"store/statement.h", text}).empty());
  EXPECT_EQ(check_includes({"index/statement.h", text}).size(), 1U) << "the library still has one home";
}

TEST(Layering, LeavesAnInternalHeaderToItsOwnerAndItsOwnSource) {
  const std::string include = "#include \"store/statement.h\"\n";
  const auto violations =
      check_internal_headers({{"store/statement.h", "// Internal to store: statements.\n"},
                              {"store/statement.cpp", include},
                              {"store/store.cpp", include},
                              {"store/schema.cpp", include},
                              {"tests/store/statement_test.cpp", include}});
  ASSERT_EQ(violations.size(), 2U);
  EXPECT_EQ(to_string(violations[0]),
            "store/schema.cpp:1: \"store/statement.h\" is internal to store/store.cpp");
}

TEST(Layering, LeavesAHeaderThatIsInternalToAFolderToThatFolder) {
  const std::string include = "#include \"api/http/link.h\"\n";
  const auto violations = check_internal_headers({{"api/http/link.h", "// Internal to http/: a link.\n"},
                                                  {"api/http/server.cpp", include},
                                                  {"api/http/other.h", include},
                                                  {"api/router.cpp", include}});
  ASSERT_EQ(violations.size(), 1U);
  EXPECT_EQ(to_string(violations[0]), "api/router.cpp:1: \"api/http/link.h\" is internal to api/http/");
}

TEST(Shape, AsksForAFirstLineThatSaysWhatTheFileIsFor) {
  EXPECT_TRUE(check_shape({"core/time.h", "// Media time.\n#pragma once\n"}).empty());
  EXPECT_EQ(check_shape({"core/time.h", "#pragma once\n// Media time.\n"}).size(), 1U);
  EXPECT_EQ(check_shape({"app/main.cpp", "int main() {}\n"}).size(), 1U);
  EXPECT_EQ(check_shape({"app/main.cpp", ""}).size(), 1U);
  EXPECT_TRUE(check_shape({"core/clock.cpp", "#include \"core/clock.h\"\n", true}).empty());
  EXPECT_TRUE(check_shape({"tests/core/clock_test.cpp", "#include \"core/clock.h\"\n"}).empty());
}

TEST(Shape, AsksForPragmaOnceInHeaders) {
  EXPECT_EQ(check_shape({"core/time.h", "// Media time.\n"}).size(), 1U);
  EXPECT_TRUE(check_shape({"app/main.cpp", "// The program.\n"}).empty());
}

TEST(Shape, CallsAFileOfOver500LinesTwoFiles) {
  std::string text = "// Long.\n";
  for (int line = 2; line <= 500; ++line) text += "\n";
  EXPECT_TRUE(check_shape({"app/main.cpp", text}).empty());
  const auto violations = check_shape({"app/main.cpp", text + "\n"});
  ASSERT_EQ(violations.size(), 1U);
  EXPECT_EQ(violations[0].line, 501U);
}

TEST(Links, FollowTheSameTableAsIncludes) {
  EXPECT_TRUE(check_links("index/CMakeLists.txt",
                          "reelprint_folder(index\n  SOURCES a.cpp\n  DEPENDS core\n  PRIVATE faiss)\n")
                  .empty());
  const auto violations =
      check_links("index/CMakeLists.txt", "reelprint_folder(index\n  SOURCES a.cpp\n  DEPENDS core store)\n");
  ASSERT_EQ(violations.size(), 1U);
  EXPECT_EQ(to_string(violations[0]), "index/CMakeLists.txt:3: index/ may not use store/ (it may use: core)");
  EXPECT_EQ(check_links("api/CMakeLists.txt", "target_link_libraries(x PRIVATE reelprint_index)").size(), 1U);
  EXPECT_TRUE(check_links("api/CMakeLists.txt", "# reelprint_index is not for us\n").empty());
  EXPECT_TRUE(check_links("tests/index/CMakeLists.txt", "reelprint_test(index DEPENDS index store)").empty());
}

}  // namespace
}  // namespace reelprint::structure
