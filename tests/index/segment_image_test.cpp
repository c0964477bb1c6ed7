#include "index/segment_image.h"

#include <gtest/gtest.h>

#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/files.h"
#include "index/segment_writer.h"
#include "tests/support/temporary_folder.h"

namespace reelprint::index {
namespace {

constexpr SegmentKind kKind{section_tag("TEST"), kAlgorithm};
constexpr SectionTag kNumbers = section_tag("NUMS");
constexpr SectionTag kText = section_tag("TEXT");

class SegmentFile : public testing::Test {
 protected:
  static void write_sections(SegmentWriter& out) {
    out.begin(kNumbers);
    out.put_items(std::span<const std::uint32_t>(kSome));
    out.begin(kText);
    out.put(std::as_bytes(std::span("hello", 5)));
    out.begin(section_tag("NONE"));
  }
  [[nodiscard]] std::vector<std::byte> written() const {
    SegmentWriter out(kKind, file_);
    write_sections(out);
    (void)out.finish();
    return read_file(file_, 1 << 20);
  }
  /// The code of the Error that opening these bytes throws; nothing if it succeeds.
  [[nodiscard]] std::optional<ErrorCode> error_of(std::span<const std::byte> bytes,
                                                  SegmentKind kind = kKind) const {
    std::filesystem::remove(file_);
    std::ofstream(file_, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    try {
      (void)SegmentImage::open(file_, kind);
    } catch (const Error& error) {
      return error.code();
    }
    return std::nullopt;
  }

  static constexpr std::uint32_t kSome[] = {1, 2, 0xFFFFFFFF};
  reelprint::test::TemporaryFolder folder_;
  std::filesystem::path file_ = folder_.path() / "test-1.rps";
};

TEST_F(SegmentFile, HoldsItsSectionsInMemoryAndMapped) {
  SegmentWriter in_memory(kKind);
  write_sections(in_memory);
  (void)written();
  for (const SegmentImage& image : {in_memory.finish(), SegmentImage::open(file_, kKind)}) {
    const auto numbers = image.items<std::uint32_t>(kNumbers);
    EXPECT_EQ(std::vector(numbers.begin(), numbers.end()), (std::vector<std::uint32_t>{1, 2, 0xFFFFFFFF}));
    EXPECT_EQ(image.section(kText).size(), 5U);
    EXPECT_TRUE(image.section(section_tag("NONE")).empty());
    EXPECT_TRUE(image.section(section_tag("MISS")).empty());
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(image.section(kText).data()) % 64, 0U);
    EXPECT_NO_THROW(image.verify());
  }
}

TEST_F(SegmentFile, HasTheBytesOfTheSegmentInMemory) {
  SegmentWriter in_memory(kKind);
  write_sections(in_memory);
  const SegmentImage image = in_memory.finish();
  EXPECT_EQ(written(), std::vector(image.bytes().begin(), image.bytes().end()));
}

TEST_F(SegmentFile, IsSoundWithEmptySectionsAnywhere) {
  for (int empty = 0; empty < 8; ++empty) {  // bit i: section i is empty
    SegmentWriter out(kKind);
    for (int i = 0; i < 3; ++i) {
      out.begin({'S', 'E', 'C', static_cast<char>('C' - i)});
      if ((empty >> i & 1) == 0) out.put(std::as_bytes(std::span("something", 9)));
    }
    EXPECT_NO_THROW(out.finish().verify()) << empty;
  }
}

TEST_F(SegmentFile, StaysReadableWhenItIsRemoved) {
  (void)written();
  const SegmentImage image = SegmentImage::open(file_, kKind);
  std::filesystem::remove(file_);
  EXPECT_NO_THROW(image.verify());
}

TEST_F(SegmentFile, IsNotThereUntilItIsFinished) {
  {
    SegmentWriter out(kKind, file_);
    write_sections(out);
    EXPECT_FALSE(std::filesystem::exists(file_));
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path())) << "and leaves nothing when it never is";
}

TEST_F(SegmentFile, IsRefusedAtEveryTruncation) {
  const auto bytes = written();
  for (std::size_t length = 0; length < bytes.size(); ++length)
    ASSERT_EQ(error_of(std::span(bytes).first(length)), ErrorCode::corrupt) << length << " bytes";
}

TEST_F(SegmentFile, IsRefusedWithAnyBitFlipped) {
  auto bytes = written();
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto mask = static_cast<std::byte>(1 << (i % 8));
    bytes[i] ^= mask;
    const auto code = error_of(bytes);
    ASSERT_TRUE(code == ErrorCode::corrupt || code == ErrorCode::incompatible) << "byte " << i;
    bytes[i] ^= mask;
  }
}

TEST_F(SegmentFile, OfAnotherKindIsIncompatible) {
  const auto bytes = written();
  EXPECT_EQ(error_of(bytes, {section_tag("ELSE"), kAlgorithm}), ErrorCode::incompatible);
  EXPECT_EQ(error_of(bytes, {kKind.content, AlgorithmId{77}}), ErrorCode::incompatible);
}

TEST_F(SegmentFile, SaysWhereASectionEndsWithinAnItem) {
  (void)written();
  const SegmentImage image = SegmentImage::open(file_, kKind);
  EXPECT_THROW((void)image.items<std::uint64_t>(kText), Error);
}

TEST_F(SegmentFile, IsNotFoundWhereThereIsNone) {
  try {
    (void)SegmentImage::open(file_, kKind);
    FAIL() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::not_found);
  }
}

}  // namespace
}  // namespace reelprint::index
