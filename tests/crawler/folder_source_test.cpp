#include "crawler/folder_source.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <random>
#include <string>

#include "core/error.h"

namespace reelprint::crawler {
namespace {

namespace fs = std::filesystem;
using Names = std::vector<std::string>;

Names sorted(Names names) {
  std::ranges::sort(names, is_naturally_before);
  return names;
}

TEST(NaturalOrder, ComparesRunsOfDigitsAsNumbers) {
  EXPECT_EQ(sorted({"ep10", "ep2", "ep1", "ep100"}), (Names{"ep1", "ep2", "ep10", "ep100"}));
}

TEST(NaturalOrder, ComparesTextAsText) {
  EXPECT_EQ(sorted({"b", "a", "", "ab"}), (Names{"", "a", "ab", "b"}));
}

TEST(NaturalOrder, SeesThroughLeadingZeros) {
  EXPECT_EQ(sorted({"ep010", "ep9", "ep08"}), (Names{"ep08", "ep9", "ep010"}));
}

TEST(NaturalOrder, ComparesNumbersOfAnyLength) {
  EXPECT_TRUE(is_naturally_before("x99999999999999999999998", "x99999999999999999999999"));
  EXPECT_TRUE(is_naturally_before("x99999999999999999999999", "x100000000000000000000000"));
}

TEST(NaturalOrder, GoesOnBehindEqualNumbers) {
  EXPECT_EQ(sorted({"s1/ep2", "s1/ep1", "s01/ep1b"}), (Names{"s1/ep1", "s01/ep1b", "s1/ep2"}));
}

TEST(NaturalOrder, TellsDifferentNamesApart) {
  EXPECT_NE(is_naturally_before("ep1", "ep01"), is_naturally_before("ep01", "ep1"));
  EXPECT_FALSE(is_naturally_before("ep1", "ep1"));
}

TEST(NaturalOrder, IsAnOrder) {
  std::mt19937 random(1);
  Names names;
  for (int i = 0; i < 60; ++i) {
    std::string name;
    for (auto length = random() % 5; length > 0; --length) name += "01a"[random() % 3];
    names.push_back(name);
  }
  for (const auto& a : names) {
    for (const auto& b : names) {
      ASSERT_FALSE(is_naturally_before(a, b) && is_naturally_before(b, a)) << a << ", " << b;
      for (const auto& c : names) {
        if (!is_naturally_before(a, b) || !is_naturally_before(b, c)) continue;
        ASSERT_TRUE(is_naturally_before(a, c)) << a << ", " << b << ", " << c;
      }
    }
  }
}

TEST(NaturalOrder, PutsEveryLetterBehindTheDigits) {
  EXPECT_TRUE(is_naturally_before("7", "第"));
  EXPECT_TRUE(is_naturally_before("z", "é")) << "bytes compare without a sign, on every machine alike";
}

TEST(MediaExtension, IsWhatVideoComesIn) {
  for (const char* name : {"a.mp4", "a.MKV", "a.b.Webm", "第7集.ts", "a.rpf"})
    EXPECT_TRUE(has_media_extension(name)) << name;
}

TEST(MediaExtension, IsNoOther) {
  for (const char* name : {"a.txt", "a", "mp4", ".mp4", "a.mp4.part", "a.srt", "a.jpg", ""}) {
    EXPECT_FALSE(has_media_extension(name)) << name;
  }
}

class MediaFolder : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "media_folder_XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::string& name, std::string_view content = "x") const {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << content;
  }
  /// Names below the folder, in the order given.
  [[nodiscard]] Names found() const {
    Names names;
    for (const Sighting& media : media_in_folder(folder_)) {
      names.push_back(fs::path(media.location).lexically_relative(folder_).string());
    }
    return names;
  }
  fs::path folder_;
};

TEST_F(MediaFolder, IsListedInNaturalOrder) {
  for (const char* name : {"b/ep10.mp4", "b/ep2.mp4", "a/ep3.mkv", "c.ts"}) write(name);
  EXPECT_EQ(found(), (Names{"a/ep3.mkv", "b/ep2.mp4", "b/ep10.mp4", "c.ts"}));
}

TEST_F(MediaFolder, IsListedAtAnyDepth) {
  write("a/b/c/d/e.mp4");
  EXPECT_EQ(found(), (Names{"a/b/c/d/e.mp4"}));
}

TEST_F(MediaFolder, TellsTheSizeOfItsFiles) {
  write("a.mp4", "12345");
  EXPECT_EQ(media_in_folder(folder_).at(0).bytes, 5U);
}

TEST_F(MediaFolder, LeavesOutWhatIsNoVideo) {
  for (const char* name : {"a.txt", "a.mp4.part", "README", "b.mp4"}) write(name);
  fs::create_directory(folder_ / "folder.mp4");
  EXPECT_EQ(found(), (Names{"b.mp4"}));
}

TEST_F(MediaFolder, LeavesOutHiddenFilesAndFolders) {
  for (const char* name : {".a.mp4", ".trash/b.mp4", "c/.d/e.mp4", "f.mp4"}) write(name);
  EXPECT_EQ(found(), (Names{"f.mp4"}));
}

TEST_F(MediaFolder, IsListedThoughItsOwnNameIsHidden) {
  write(".cache/a.mp4");
  EXPECT_EQ(media_in_folder(folder_ / ".cache").size(), 1U);
}

TEST_F(MediaFolder, DoesNotFollowLinksToFolders) {
  write("outside/a.mp4");
  fs::create_directory(folder_ / "inside");
  fs::create_directory_symlink(folder_ / "outside", folder_ / "inside" / "link");
  EXPECT_TRUE(media_in_folder(folder_ / "inside").empty());
}

TEST_F(MediaFolder, DoesNotFollowLinksToFiles) {
  write("outside/a.mp4");
  fs::create_directory(folder_ / "inside");
  fs::create_symlink(folder_ / "outside" / "a.mp4", folder_ / "inside" / "link.mp4");
  EXPECT_TRUE(media_in_folder(folder_ / "inside").empty());
}

TEST_F(MediaFolder, IsListedInSpiteOfLinksThatLeadNowhere) {
  for (const char* name : {"a.mp4", "z.mp4"}) write(name);
  fs::create_symlink(folder_ / "missing", folder_ / "m.mp4");
  fs::create_symlink(folder_ / "round", folder_ / "round");
  EXPECT_EQ(found(), (Names{"a.mp4", "z.mp4"}));
}

TEST_F(MediaFolder, IsListedInSpiteOfFoldersThatMayNotBeRead) {
  if (geteuid() == 0) GTEST_SKIP() << "root may read everything";
  for (const char* name : {"a.mp4", "locked/b.mp4"}) write(name);
  fs::permissions(folder_ / "locked", fs::perms::none);
  EXPECT_EQ(found(), (Names{"a.mp4"}));
  fs::permissions(folder_ / "locked", fs::perms::owner_all);
}

TEST_F(MediaFolder, MayBeEmpty) {
  EXPECT_TRUE(found().empty());
}

TEST_F(MediaFolder, ThatIsNoneIsNotFound) {
  write("a.mp4");
  for (const char* name : {"a.mp4", "missing"}) {
    try {
      (void)media_in_folder(folder_ / name);
      ADD_FAILURE() << name << ": nothing was thrown";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::not_found) << name;
    }
  }
}

}  // namespace
}  // namespace reelprint::crawler
