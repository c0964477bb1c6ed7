#include "core/bytes.h"

#include <gtest/gtest.h>

#include <limits>

namespace reelprint {
namespace {

std::vector<std::byte> bytes_of(std::initializer_list<int> values) {
  std::vector<std::byte> bytes;
  for (const int value : values) bytes.push_back(static_cast<std::byte>(value));
  return bytes;
}

/// The code of the Error that `read` throws; nothing if it throws none.
template <class Read>
std::optional<ErrorCode> error_of(Read read) {
  try {
    read();
  } catch (const Error& error) {
    return error.code();
  }
  return std::nullopt;
}

TEST(ByteWriter, PutsTheLowestByteFirst) {
  ByteWriter writer;
  writer.put(std::uint8_t{0x01});
  writer.put(std::uint16_t{0x0203});
  writer.put(std::uint32_t{0x04050607});
  EXPECT_EQ(writer.take(), bytes_of({0x01, 0x03, 0x02, 0x07, 0x06, 0x05, 0x04}));
}

TEST(ByteWriter, PutsNegativeNumbersInTwosComplement) {
  ByteWriter writer;
  writer.put(std::int16_t{-2});
  EXPECT_EQ(writer.take(), bytes_of({0xFE, 0xFF}));
}

TEST(ByteReader, ReadsBackWhatWasWritten) {
  ByteWriter writer;
  writer.put(std::numeric_limits<std::int64_t>::min());
  writer.put(std::numeric_limits<std::uint64_t>::max());
  writer.put(std::int8_t{-1});
  writer.put_bytes(bytes_of({7, 8, 9}));
  const auto bytes = writer.take();
  ByteReader reader(bytes, "a test");
  EXPECT_EQ(reader.take<std::int64_t>(), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(reader.take<std::uint64_t>(), std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(reader.take<std::int8_t>(), -1);
  EXPECT_EQ(reader.take_bytes(3).size(), 3U);
  EXPECT_EQ(reader.left(), 0U);
}

TEST(ByteReader, NeverReadsPastTheEnd) {
  const auto bytes = bytes_of({1, 2, 3});
  ByteReader reader(bytes, "a test");
  EXPECT_EQ(error_of([&] { (void)reader.take<std::uint32_t>(); }), ErrorCode::corrupt);
  EXPECT_EQ(reader.left(), 3U) << "a refused read takes nothing";
  EXPECT_EQ(error_of([&] { (void)reader.take_bytes(4); }), ErrorCode::corrupt);
  EXPECT_EQ(error_of([&] { (void)reader.take_bytes(std::numeric_limits<std::size_t>::max()); }),
            ErrorCode::corrupt);
  EXPECT_EQ(reader.take<std::uint16_t>(), 0x0201);
  EXPECT_EQ(reader.take_bytes(0).size(), 0U);
}

TEST(ByteReader, RefusesACountThatTheDataCannotHold) {
  ByteWriter writer;
  writer.put(std::uint32_t{3});
  writer.put(std::uint64_t{0});
  writer.put(std::uint64_t{0});
  const auto bytes = writer.take();
  EXPECT_EQ(error_of([&] { (void)ByteReader(bytes, "a test").take_count(8); }), ErrorCode::corrupt);
  EXPECT_EQ(ByteReader(bytes, "a test").take_count(5), 3U);
}

TEST(ByteReader, RefusesTheLargestCountWithoutOverflow) {
  ByteWriter writer;
  writer.put(std::numeric_limits<std::uint32_t>::max());
  writer.put(std::uint64_t{0});
  const auto bytes = writer.take();
  for (const std::size_t item_bytes : {std::size_t{1}, std::size_t{41}, std::size_t{1} << 62}) {
    EXPECT_EQ(error_of([&] { (void)ByteReader(bytes, "a test").take_count(item_bytes); }),
              ErrorCode::corrupt);
  }
}

TEST(ByteReader, AllowsACountOfZeroAtTheEnd) {
  const auto bytes = bytes_of({0, 0, 0, 0});
  EXPECT_EQ(ByteReader(bytes, "a test").take_count(41), 0U);
}

TEST(ByteReader, NamesItsSourceInErrors) {
  try {
    (void)ByteReader({}, "fingerprint 'a.rpf'").take<std::uint8_t>();
    FAIL() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "read fingerprint 'a.rpf': it ends too early");
  }
}

}  // namespace
}  // namespace reelprint
