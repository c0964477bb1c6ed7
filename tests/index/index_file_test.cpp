#include "index/index_file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <optional>

#include "core/bytes.h"
#include "core/checksum.h"
#include "core/error.h"
#include "core/files.h"
#include "synthetic.h"

namespace reelprint::index {
namespace {

namespace fs = std::filesystem;
using test::to_reference;
using test::video;

constexpr std::uintmax_t kLimit = 1 << 20;

AudioPrint some_sound() {
  return {Timestamp{-23'000}, std::chrono::microseconds(123'800), {0xDEADBEEF, 0, 0xFFFFFFFF}};
}

/// One reference of one keyframe and one sound item.
FrameIndex small_index() {
  IndexedReference reference{{1}, {2}, {3}, Duration{500'000}, {}, {Timestamp{4}, Duration{5}, {6}}, {0}};
  reference.keyframes = {{{Timestamp{0}, Timestamp{500'000}}, {{7, 8, 9, 10}, 100}, true}};
  FrameIndex index;
  index.add(reference);
  return index;
}

class IndexFile : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "index_file_XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    file_ = folder_ / "frames.rpi";
  }
  void TearDown() override { fs::remove_all(folder_); }

  [[nodiscard]] std::vector<std::byte> saved(const FrameIndex& index) const {
    save_index(index, kAlgorithm, file_);
    return read_file(file_, kLimit);
  }
  /// The code of the Error that loading these bytes throws; nothing if it succeeds.
  [[nodiscard]] std::optional<ErrorCode> error_of(std::span<const std::byte> bytes) const {
    std::ofstream(file_, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    return error_of_loading(file_);
  }
  [[nodiscard]] static std::optional<ErrorCode> error_of_loading(const fs::path& file,
                                                                 AlgorithmId algorithm = kAlgorithm) {
    try {
      (void)load_index(file, algorithm);
    } catch (const Error& error) {
      return error.code();
    }
    return std::nullopt;
  }
  /// The bytes of small_index() with the four at `offset` replaced, under a right checksum.
  [[nodiscard]] std::vector<std::byte> forged(std::size_t offset, std::uint32_t value) const {
    auto bytes = saved(small_index());
    bytes.erase(bytes.end() - 4, bytes.end());
    for (std::size_t i = 0; i < 4; ++i) bytes[offset + i] = static_cast<std::byte>(value >> (8 * i));
    ByteWriter out;
    out.put_bytes(bytes);
    out.put(crc32c(bytes));
    return out.take();
  }

  fs::path folder_;
  fs::path file_;
};

TEST_F(IndexFile, IsLoadedAsItWasSaved) {
  FrameIndex index;
  for (const std::int64_t id : {3, 1, 2}) {
    IndexedReference reference =
        to_reference(id, 10 + id, 100 + id, video(static_cast<std::uint64_t>(id), 30));
    if (id != 2) reference.audio = some_sound();
    index.add(reference);
  }
  save_index(index, kAlgorithm, file_);
  const FrameIndex loaded = load_index(file_, kAlgorithm);
  ASSERT_EQ(loaded.size(), 3U);
  for (const IndexedReference* reference : index.references()) {
    EXPECT_EQ(*loaded.find(reference->reference), *reference);
  }
}

TEST_F(IndexFile, FindsAfterLoadingWhatItFoundBefore) {
  const FrameIndex index = test::index_of({video(1, 30), video(2, 30)});
  save_index(index, kAlgorithm, file_);
  const FrameIndex loaded = load_index(file_, kAlgorithm);
  EXPECT_EQ(loaded.searchable(), index.searchable());
  const FrameHash query = index.find({2})->keyframes[9].hash;
  const auto found = loaded.search(std::span(&query, 1), 0);
  ASSERT_EQ(found.at(0).size(), 1U);
  EXPECT_EQ(found[0][0].reference->reference, ReferenceId{2});
}

TEST_F(IndexFile, OfAnEmptyIndexIsLoaded) {
  save_index({}, kAlgorithm, file_);
  EXPECT_EQ(load_index(file_, kAlgorithm).size(), 0U);
}

TEST_F(IndexFile, HasTheSameBytesInWhateverOrderReferencesCame) {
  FrameIndex forwards;
  FrameIndex backwards;
  for (std::int64_t id = 1; id <= 5; ++id)
    forwards.add(to_reference(id, id, id, video(static_cast<std::uint64_t>(id), 9)));
  for (std::int64_t id = 5; id >= 1; --id)
    backwards.add(to_reference(id, id, id, video(static_cast<std::uint64_t>(id), 9)));
  backwards.remove({3});
  backwards.add(to_reference(3, 3, 3, video(3, 9)));
  EXPECT_EQ(saved(forwards), saved(backwards));
}

TEST_F(IndexFile, KeepsTheBytesOfItsFormat) {
  ByteWriter out;
  out.put_bytes(std::as_bytes(std::span("RPINDEX\n", 8)));
  out.put(std::uint16_t{2});  // format version
  out.put(std::uint32_t{2});  // algorithm
  out.put(std::uint32_t{1});  // references
  for (const std::int64_t value : {1, 2, 3, 500'000})
    out.put(value);           // ids of reference, episode, series; duration
  out.put(std::uint32_t{1});  // keyframes
  for (const std::int64_t value : {0, 500'000}) out.put(value);                // span
  for (const int value : {100, 1}) out.put(static_cast<std::uint8_t>(value));  // quality, starts a shot
  for (const std::uint64_t word : {7, 8, 9, 10}) out.put(word);                // hash
  for (const std::int64_t value : {4, 5}) out.put(value);                      // sound: begin, step
  for (const std::uint32_t value : {1, 6}) out.put(value);                     // one item, 6
  for (const std::uint32_t value : {1, 0}) out.put(value);                     // one detail, of keyframe 0
  out.put(crc32c(out.bytes()));
  EXPECT_EQ(saved(small_index()), out.take());
}

TEST_F(IndexFile, IsRefusedAtEveryTruncation) {
  const auto bytes = saved(small_index());
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    EXPECT_EQ(error_of(std::span(bytes).first(length)), ErrorCode::corrupt) << length << " bytes";
  }
}

TEST_F(IndexFile, IsRefusedWithAnyBitFlipped) {
  auto bytes = saved(small_index());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto mask = static_cast<std::byte>(1 << (i % 8));
    bytes[i] ^= mask;
    const auto code = error_of(bytes);
    EXPECT_TRUE(code == ErrorCode::corrupt || code == ErrorCode::incompatible) << "byte " << i;
    bytes[i] ^= mask;
  }
}

TEST_F(IndexFile, IsRefusedWithBytesBehindItsEnd) {
  auto bytes = saved(small_index());
  bytes.push_back(std::byte{0});
  EXPECT_EQ(error_of(bytes), ErrorCode::corrupt);
}

TEST_F(IndexFile, OfAnotherAlgorithmIsIncompatible) {
  save_index(small_index(), AlgorithmId{77}, file_);
  EXPECT_EQ(error_of_loading(file_), ErrorCode::incompatible);
  EXPECT_FALSE(error_of_loading(file_, AlgorithmId{77}).has_value());
}

TEST_F(IndexFile, OfAnotherFormatIsIncompatible) {
  EXPECT_EQ(error_of(forged(8, 0x00020001)), ErrorCode::incompatible);
}

TEST_F(IndexFile, IsRefusedWithCountsThatItCannotHold) {
  constexpr std::size_t kReferences = 14;
  constexpr std::size_t kKeyframes = kReferences + 4 + 32;
  constexpr std::size_t kSound = kKeyframes + 4 + 50 + 16;
  constexpr std::size_t kDetails = kSound + 4 + 4;
  for (const std::size_t offset : {kReferences, kKeyframes, kSound, kDetails}) {
    EXPECT_EQ(error_of(forged(offset, 3)), ErrorCode::corrupt) << offset;
    EXPECT_EQ(error_of(forged(offset, 0xFFFFFFFF)), ErrorCode::corrupt) << offset;
    EXPECT_EQ(error_of(forged(offset, 0)), ErrorCode::corrupt) << offset << ": it is longer than its content";
  }
}

TEST_F(IndexFile, IsRefusedWithADetailOfNoKeyframe) {
  constexpr std::size_t kPosition = 14 + 4 + 32 + 4 + 50 + 16 + 4 + 4 + 4;
  EXPECT_EQ(error_of(forged(kPosition, 1)), ErrorCode::corrupt);
}

TEST_F(IndexFile, ThatIsMissingIsNotFound) {
  EXPECT_EQ(error_of_loading(folder_ / "missing.rpi"), ErrorCode::not_found);
}

TEST_F(IndexFile, LeavesTheOldOneWhenItCannotBeWritten) {
  EXPECT_THROW(save_index(small_index(), kAlgorithm, folder_ / "no" / "frames.rpi"), Error);
  fs::create_directory(file_);
  EXPECT_THROW(save_index(small_index(), kAlgorithm, file_), Error);
  EXPECT_TRUE(fs::is_directory(file_));
}

}  // namespace
}  // namespace reelprint::index
