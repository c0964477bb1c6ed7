#include "index/live_index.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <fstream>
#include <random>
#include <thread>

#include "core/file_lock.h"
#include "core/files.h"
#include "synthetic.h"
#include "tests/support/temporary_folder.h"

namespace reelprint::index {
namespace {

using test::Random;
using test::to_reference;
using test::video;

constexpr std::uintmax_t kLimit = 1 << 26;

class LiveIndexFolder : public testing::Test {
 protected:
  [[nodiscard]] std::filesystem::path path() const { return folder_.path() / "index"; }

  /// The reference whose video, features and sound are made of `seed`.
  static void add(LiveIndex& live, std::int64_t id, std::uint64_t seed) {
    const Fingerprint print = video(seed, 5);
    Random random(seed);
    std::vector<FeatureTrack> tracks(20);
    for (FeatureTrack& track : tracks)
      for (std::uint64_t& word : track.descriptor) word = random();
    AudioPrint sound{Timestamp{0}, std::chrono::milliseconds(125), {}};
    for (int i = 0; i < 40; ++i) sound.items.push_back(static_cast<std::uint32_t>(random()));
    live.add({to_reference(id, id, id, print), tracks, sound});
  }

  static std::vector<std::int64_t> ids(const auto& index) {
    std::vector<std::int64_t> found;
    for (const ReferenceId id : index.segments().reference_ids()) found.push_back(id.value);
    return found;
  }
  static void expect_ids(const LiveIndex& live, const std::vector<std::int64_t>& expected) {
    const auto content = live.content();
    EXPECT_EQ(ids(content->frames), expected);
    EXPECT_EQ(ids(content->features), expected);
    EXPECT_EQ(ids(content->sounds), expected);
  }
  /// The segments of a family, and what else the folder holds.
  [[nodiscard]] std::vector<std::filesystem::path> files(const std::string& family) const {
    std::vector<std::filesystem::path> found;
    for (const auto& entry : std::filesystem::directory_iterator(path()))
      if (entry.path().filename().string().starts_with(family)) found.push_back(entry.path());
    std::ranges::sort(found);
    return found;
  }
  /// Whether any file of the folder holds these bytes.
  [[nodiscard]] bool is_on_disk(std::span<const std::byte> wanted) const {
    for (const auto& entry : std::filesystem::directory_iterator(path())) {
      const auto bytes = read_file(entry.path(), kLimit);
      if (!std::ranges::search(bytes, wanted).empty()) return true;
    }
    return false;
  }

  reelprint::test::TemporaryFolder folder_;
};

TEST_F(LiveIndexFolder, HoldsWhatWasSavedWhenItIsOpenedAgain) {
  {
    LiveIndex live = LiveIndex(path(), kAlgorithm);
    add(live, 1, 1);
    add(live, 2, 2);
    EXPECT_FALSE(live.is_saved());
    EXPECT_TRUE(live.save());
    EXPECT_TRUE(live.is_saved());
    add(live, 3, 3);  // and is never saved
  }
  LiveIndex again(path(), kAlgorithm);
  EXPECT_TRUE(again.problems().empty());
  expect_ids(again, {1, 2});
  EXPECT_EQ(*again.content()->frames.find({2}), to_reference(2, 2, 2, video(2, 5)));
}

TEST_F(LiveIndexFolder, IsNotMadeByOpeningIt) {
  const LiveIndex live(path(), kAlgorithm);
  EXPECT_TRUE(live.is_saved());
  EXPECT_FALSE(std::filesystem::exists(path()));
}

TEST_F(LiveIndexFolder, KeepsASnapshotAsItWas) {
  LiveIndex live(path(), kAlgorithm);
  add(live, 1, 1);
  const auto before = live.content();
  live.remove({1});
  add(live, 2, 2);
  live.save();
  EXPECT_EQ(ids(before->frames), std::vector<std::int64_t>{1});
  EXPECT_EQ(*before->frames.find({1}), to_reference(1, 1, 1, video(1, 5)));
  expect_ids(live, {2});
}

TEST_F(LiveIndexFolder, HasFewFilesHoweverOftenItIsSaved) {
  LiveIndex live(path(), kAlgorithm);
  for (std::int64_t id = 1; id <= 40; ++id) {
    add(live, id, static_cast<std::uint64_t>(id));
    live.save();
  }
  EXPECT_LE(files("frames-").size(), 5U);
  EXPECT_EQ(ids(LiveIndex(path(), kAlgorithm).content()->frames).size(), 40U);
}

TEST_F(LiveIndexFolder, LeavesNothingOnDiskOfWhatWasPurged) {
  LiveIndex live(path(), kAlgorithm);
  for (std::int64_t id = 1; id <= 20; ++id) add(live, id, static_cast<std::uint64_t>(id));
  live.save();
  Random random(7);
  std::array<std::uint32_t, 4> words{};
  for (int i = 0; i < 80; ++i) (void)random();  // past the features
  for (std::uint32_t& word : words) word = static_cast<std::uint32_t>(random());
  const auto sound = std::as_bytes(std::span(words));
  EXPECT_TRUE(is_on_disk(sound)) << "the items of its sound lie in order";
  EXPECT_TRUE(live.remove({7}));
  live.save();
  EXPECT_TRUE(is_on_disk(sound)) << "one of twenty is not worth a merge";
  live.save({.purge = true});
  EXPECT_FALSE(is_on_disk(sound));
  const auto ids_left = ids(LiveIndex(path(), kAlgorithm).content()->sounds);
  EXPECT_EQ(std::ranges::count(ids_left, 7), 0);
  EXPECT_EQ(ids_left.size(), 19U);
}

TEST_F(LiveIndexFolder, LeavesOutWhatIsDamagedAndSaysSo) {
  LiveIndex live(path(), kAlgorithm);
  add(live, 1, 1);
  live.save();
  const auto file = files("frames-").at(0);
  auto bytes = read_file(file, kLimit);
  bytes[bytes.size() / 2] ^= std::byte{1};
  replace_file(file, bytes);
  LiveIndex damaged(path(), kAlgorithm);
  EXPECT_EQ(damaged.problems().size(), 1U);
  EXPECT_FALSE(damaged.is_saved());
  EXPECT_TRUE(ids(damaged.content()->frames).empty());
  EXPECT_EQ(ids(damaged.content()->features), std::vector<std::int64_t>{1});
  add(damaged, 1, 1);
  damaged.save();
  LiveIndex mended(path(), kAlgorithm);
  EXPECT_TRUE(mended.problems().empty());
  expect_ids(mended, {1});
}

TEST_F(LiveIndexFolder, RemovesWhatAKilledWriterLeft) {
  LiveIndex live(path(), kAlgorithm);
  add(live, 1, 1);
  live.save();
  std::filesystem::copy_file(files("frames-").at(0), path() / "frames-77.rps");
  std::ofstream(path() / "features-78.rps.123.tmp") << "half";
  LiveIndex again(path(), kAlgorithm);
  EXPECT_EQ(again.strays().size(), 2U);
  EXPECT_FALSE(again.is_saved());
  again.save();
  EXPECT_TRUE(again.strays().empty());
  expect_ids(LiveIndex(path(), kAlgorithm), {1});
}

TEST_F(LiveIndexFolder, TakesInWhatAnotherProcessSaved) {
  LiveIndex mine(path(), kAlgorithm);
  add(mine, 1, 1);
  mine.save();
  LiveIndex theirs(path(), kAlgorithm);
  add(theirs, 2, 2);
  theirs.save();
  add(mine, 3, 3);
  mine.save();
  expect_ids(mine, {1, 2, 3});
  expect_ids(LiveIndex(path(), kAlgorithm), {1, 2, 3});
}

TEST_F(LiveIndexFolder, DoesNotSaveWhileAnotherDoes) {
  LiveIndex live(path(), kAlgorithm);
  add(live, 1, 1);
  std::filesystem::create_directories(path());
  const auto lock = FileLock::try_lock(path() / "lock");
  EXPECT_FALSE(live.save());
  expect_ids(live, {1});
  EXPECT_FALSE(live.is_saved());
}

TEST_F(LiveIndexFolder, ForgetsEverythingWhenCleared) {
  LiveIndex live(path(), kAlgorithm);
  add(live, 1, 1);
  live.save();
  live.clear();
  live.save();
  expect_ids(live, {});
  EXPECT_TRUE(files("frames-").empty());
}

TEST_F(LiveIndexFolder, FindsDamageThatItDidNotReadWhenItWasOpened) {
  LiveIndex live(path(), kAlgorithm);
  add(live, 1, 1);
  live.save();
  const auto file = files("features-").at(0);
  EXPECT_TRUE(live.verify(false).empty());
  {  // in place, under the mapping
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekp(static_cast<std::streamoff>(std::filesystem::file_size(file) / 2));
    stream.put('!');
  }
  EXPECT_EQ(live.verify(false).size(), 1U);
  expect_ids(live, {1});
  EXPECT_EQ(live.verify(true).size(), 1U);
  EXPECT_TRUE(ids(live.content()->features).empty());
  add(live, 1, 1);
  live.save();
  EXPECT_TRUE(LiveIndex(path(), kAlgorithm).verify(false).empty());
}

/// Writers add and remove, a saver merges, readers search: each snapshot is consistent, and at the end all is
/// there.
TEST_F(LiveIndexFolder, IsSearchedWhileItChanges) {
  LiveIndex live(path(), kAlgorithm);
  constexpr std::int64_t kStable = 12;
  for (std::int64_t id = 1; id <= kStable; ++id) add(live, id, static_cast<std::uint64_t>(id));
  std::atomic<bool> is_over = false;
  std::jthread writer([&] {
    Random random(1);
    for (int round = 0; round < 60; ++round) {
      const auto id = static_cast<std::int64_t>(100 + random() % 10);
      if (random() % 3 == 0)
        live.remove({id});
      else
        add(live, id, static_cast<std::uint64_t>(id));
    }
    is_over = true;
  });
  std::jthread saver([&] {
    while (!is_over) live.save({.purge = true});
  });
  std::vector<std::jthread> readers;
  std::atomic<int> searches = 0;
  for (int reader = 0; reader < 2; ++reader) {
    readers.emplace_back([&, reader] {
      Random random(static_cast<std::uint64_t>(reader));
      while (!is_over || searches < 20) {
        const auto content = live.content();
        const FrameIndex frames = content->frames;
        const auto id = static_cast<std::int64_t>(1 + random() % kStable);
        const auto hash = video(static_cast<std::uint64_t>(id), 5).keyframes[4].hash;
        const auto found = frames.search(std::span(&hash, 1), 0);
        ASSERT_EQ(found[0].size(), 1U);
        ASSERT_EQ(found[0][0].reference->reference.value, id);
        ASSERT_EQ(ids(content->frames), ids(content->features));
        ++searches;
      }
    });
  }
  readers.clear();
  writer.join();
  saver.join();
  live.save();
  EXPECT_EQ(ids(LiveIndex(path(), kAlgorithm).content()->frames), ids(live.content()->frames));
}

}  // namespace
}  // namespace reelprint::index
