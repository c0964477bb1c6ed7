#include "index/feature_index_file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <functional>
#include <optional>

#include "core/bytes.h"
#include "core/checksum.h"
#include "core/error.h"
#include "core/files.h"
#include "feature_synthetic.h"

namespace reelprint::index {
namespace {

namespace fs = std::filesystem;
using test::add;
using test::copies_of;
using test::empty_index;
using test::Features;
using test::kFeaturesOfEach;
using test::kListsFrom;
using test::kManyReferences;
using test::large_index;
using test::made_up_features;
using test::made_up_reference;

constexpr std::uintmax_t kLimit = 1 << 20;
constexpr std::size_t kHead = 18;  ///< bytes before the count of references

/// Two references, one without features.
FeatureIndex small_index() {
  FeatureIndex index;
  add(index, 9, {});
  LocalFeature feature;
  feature.descriptor = {5, 6, 7, 8};
  add(index, 4, {{}, {LocalFeature{}, feature}});
  return index;
}

class FeatureIndexFileTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "feature_index_file_XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    file_ = folder_ / "features.rpi";
  }
  void TearDown() override { fs::remove_all(folder_); }

  [[nodiscard]] std::vector<std::byte> saved(const FeatureIndex& index) const {
    save_feature_index(index, kAlgorithm, file_);
    return read_file(file_, kLimit);
  }
  [[nodiscard]] FeatureIndex reloaded(const FeatureIndex& index) const {
    save_feature_index(index, kAlgorithm, file_);
    return load_feature_index(file_, kAlgorithm, {.exhaustive_below = kListsFrom});
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
      (void)load_feature_index(file, algorithm);
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

  [[nodiscard]] const fs::path& folder() const { return folder_; }
  [[nodiscard]] const fs::path& file() const { return file_; }

 private:
  fs::path folder_;
  fs::path file_;
};

TEST_F(FeatureIndexFileTest, FindsAfterLoadingWhatWasFoundBefore) {
  const Features queries = copies_of(made_up_features(kFeaturesOfEach, 1003), 40);
  FeatureIndex few;
  add(few, 3, made_up_reference(3, kFeaturesOfEach));
  const FeatureIndex many = large_index();
  for (const FeatureIndex& index : {std::cref(few), std::cref(many)}) {
    const FeatureIndex loaded = reloaded(index);
    EXPECT_EQ(loaded.size(), index.size());
    EXPECT_EQ(loaded.references(), index.references());
    EXPECT_EQ(loaded.search(queries, {90, 30, 64}), index.search(queries, {90, 30, 64}));
  }
}

TEST_F(FeatureIndexFileTest, IsAddedToAndRemovedFromAfterLoadingAsBefore) {
  FeatureIndex index = large_index();
  FeatureIndex loaded = reloaded(index);
  for (FeatureIndex* each : {&index, &loaded}) {
    each->remove({2});
    add(*each, 5, made_up_reference(50, 300));
    add(*each, 13, made_up_reference(13, 300));
  }
  const Features queries = copies_of(made_up_features(300, 1050), 30);
  EXPECT_EQ(loaded.search(queries, {90, 30}), index.search(queries, {90, 30}));
  EXPECT_EQ(loaded.size(), index.size());
  EXPECT_EQ(loaded.dead_rows(), index.dead_rows());
  EXPECT_FALSE(loaded.contains({2}));
}

TEST_F(FeatureIndexFileTest, TakesNoMoreMemoryThanBefore) {
  const FeatureIndex index = large_index();
  EXPECT_LE(reloaded(index).memory_bytes(), index.memory_bytes());
}

TEST_F(FeatureIndexFileTest, OfAnEmptyIndexIsLoaded) {
  EXPECT_EQ(reloaded(FeatureIndex()).references(), 0U);
}

TEST_F(FeatureIndexFileTest, HasTheSameBytesInWhateverOrderReferencesCameAndWhicheverWereRemoved) {
  FeatureIndex backwards = empty_index();
  for (std::int64_t r = kManyReferences + 2; r > 0; --r)
    add(backwards, r, made_up_reference(r, kFeaturesOfEach));
  backwards.remove({kManyReferences + 1});
  backwards.remove({kManyReferences + 2});
  ASSERT_GT(backwards.dead_rows() + backwards.size(), 0U);
  EXPECT_EQ(saved(backwards), saved(large_index()));
}

TEST_F(FeatureIndexFileTest, KeepsTheBytesOfItsFormat) {
  ByteWriter out;
  out.put_bytes(std::as_bytes(std::span("RPFEATS\n", 8)));
  out.put(std::uint16_t{1});                                    // format version
  for (const std::uint32_t value : {2, 1, 2}) out.put(value);   // algorithm, lists, references
  for (const std::int64_t value : {4, 9}) out.put(value);       // ids of references
  out.put(std::uint32_t{2});                                    // rows of the list
  out.put(std::uint64_t{1} << 12);                              // reference 0, detail 1, feature 0
  for (const std::uint64_t word : {0, 0, 0, 0}) out.put(word);  // its descriptor
  out.put(std::uint64_t{1} << 12 | 1);                          // reference 0, detail 1, feature 1
  for (const std::uint64_t word : {5, 6, 7, 8}) out.put(word);
  out.put(crc32c(out.bytes()));
  EXPECT_EQ(saved(small_index()), out.take());
}

TEST_F(FeatureIndexFileTest, IsRefusedAtEveryTruncation) {
  const auto bytes = saved(small_index());
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    EXPECT_EQ(error_of(std::span(bytes).first(length)), ErrorCode::corrupt) << length << " bytes";
  }
}

TEST_F(FeatureIndexFileTest, IsRefusedWithAnyBitFlipped) {
  auto bytes = saved(small_index());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto mask = static_cast<std::byte>(1 << (i % 8));
    bytes[i] ^= mask;
    const auto code = error_of(bytes);
    EXPECT_TRUE(code == ErrorCode::corrupt || code == ErrorCode::incompatible) << "byte " << i;
    bytes[i] ^= mask;
  }
}

TEST_F(FeatureIndexFileTest, IsRefusedWithBytesBehindItsEnd) {
  auto bytes = saved(small_index());
  bytes.push_back(std::byte{0});
  EXPECT_EQ(error_of(bytes), ErrorCode::corrupt);
}

TEST_F(FeatureIndexFileTest, IsRefusedWithCountsAndRowsThatCannotBe) {
  constexpr std::size_t kLists = kHead - 4;
  constexpr std::size_t kReferences = kHead;
  constexpr std::size_t kFirstReference = kHead + 4;
  constexpr std::size_t kRows = kFirstReference + 16;
  constexpr std::size_t kFirstRow = kRows + 4;
  for (const std::size_t offset : {kLists, kReferences, kRows}) {
    for (const std::uint32_t value : {0U, 3U, 65'536U, 0xFFFF'FFFFU})
      EXPECT_EQ(error_of(forged(offset, value)), ErrorCode::corrupt) << offset << " " << value;
  }
  EXPECT_EQ(error_of(forged(kFirstReference, 9)), ErrorCode::corrupt) << "the same reference twice";
  EXPECT_EQ(error_of(forged(kFirstReference, 10)), ErrorCode::corrupt) << "references not in order";
  EXPECT_EQ(error_of(forged(kFirstRow, 1U << 12 | 1)), ErrorCode::corrupt) << "the same row twice";
  EXPECT_EQ(error_of(forged(kFirstRow + 4, 0x8000'0000)), ErrorCode::corrupt) << "a negative row";
  EXPECT_EQ(error_of(forged(kFirstRow + 44, 8)), ErrorCode::corrupt) << "a row of no reference";
}

TEST_F(FeatureIndexFileTest, SaysWhatIsWrong) {
  save_feature_index(small_index(), AlgorithmId{77}, file());
  EXPECT_EQ(error_of_loading(file()), ErrorCode::incompatible);
  EXPECT_FALSE(error_of_loading(file(), AlgorithmId{77}).has_value());
  EXPECT_EQ(error_of(forged(8, 0x00010002)), ErrorCode::incompatible) << "another format";
  EXPECT_EQ(error_of_loading(folder() / "missing.rpi"), ErrorCode::not_found);
  EXPECT_EQ(error_of_loading(folder()), ErrorCode::io) << "a folder";
}

TEST_F(FeatureIndexFileTest, LeavesTheOldOneWhenItCannotBeWritten) {
  EXPECT_THROW(save_feature_index(small_index(), kAlgorithm, folder() / "no" / "features.rpi"), Error);
  fs::create_directory(file());
  EXPECT_THROW(save_feature_index(small_index(), kAlgorithm, file()), Error);
  EXPECT_TRUE(fs::is_directory(file()));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder()), fs::directory_iterator()), 1);
}

}  // namespace
}  // namespace reelprint::index
