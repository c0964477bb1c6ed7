#include "core/checksum.h"

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

namespace reelprint {
namespace {

std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text));
}

/// The definition, bit by bit: the oracle of the fast one.
std::uint32_t slow_crc32c(std::span<const std::byte> bytes) {
  std::uint32_t crc = ~0U;
  for (const std::byte byte : bytes) {
    crc ^= std::to_integer<std::uint32_t>(byte);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0x82F63B78U : 0U);
  }
  return ~crc;
}

TEST(Crc32c, OfTheCheckStringIsItsPublishedValue) {
  EXPECT_EQ(crc32c(bytes_of("123456789")), 0xE3069283U);
}

TEST(Crc32c, OfNothingIsZero) {
  EXPECT_EQ(crc32c({}), 0U);
}

// RFC 3720, appendix B.4.
TEST(Crc32c, AgreesWithTheExamplesOfItsRfc) {
  std::vector<std::byte> bytes(32, std::byte{0x00});
  EXPECT_EQ(crc32c(bytes), 0x8A9136AAU);
  bytes.assign(32, std::byte{0xFF});
  EXPECT_EQ(crc32c(bytes), 0x62A8AB43U);
  for (std::size_t i = 0; i < 32; ++i) bytes[i] = static_cast<std::byte>(i);
  EXPECT_EQ(crc32c(bytes), 0x46DD794EU);
  for (std::size_t i = 0; i < 32; ++i) bytes[i] = static_cast<std::byte>(31 - i);
  EXPECT_EQ(crc32c(bytes), 0x113FDB5CU);
}

TEST(Crc32c, AgreesWithItsDefinitionAtEveryLength) {
  std::vector<std::byte> bytes;
  for (std::size_t length = 0; length < 70; ++length) {
    EXPECT_EQ(crc32c(bytes), slow_crc32c(bytes)) << length << " bytes";
    bytes.push_back(static_cast<std::byte>(length * 37 + 11));
  }
}

std::vector<std::byte> made_up_bytes(std::size_t count) {
  std::vector<std::byte> bytes;
  for (std::size_t i = 0; i < count; ++i) bytes.push_back(static_cast<std::byte>(i * i * 37 + i / 251 + 11));
  return bytes;
}

TEST(Crc32c, ByTablesAgreesWithItsDefinitionAtEveryLength) {
  const auto bytes = made_up_bytes(70);
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    const auto part = std::span(bytes).first(length);
    EXPECT_EQ(crc32c_by_tables(part), slow_crc32c(part)) << length << " bytes";
  }
}

TEST(Crc32c, OfThisProcessorAgreesWithTheTablesAtEveryLengthAndAlignment) {
  const auto bytes = made_up_bytes(310);
  for (std::size_t offset = 0; offset < 9; ++offset) {
    for (std::size_t length = 0; length <= 300; ++length) {
      const auto part = std::span(bytes).subspan(offset, length);
      EXPECT_EQ(crc32c(part, 5), crc32c_by_tables(part, 5)) << length << " bytes from " << offset;
    }
  }
}

TEST(Crc32c, OfThisProcessorAgreesWithTheTablesAroundWholeStreams) {
  const auto bytes = made_up_bytes(5000);
  for (const std::size_t length : {1535, 1536, 1537, 1543, 1544, 3071, 3072, 3073, 4607, 4608, 4999}) {
    const auto part = std::span(bytes).subspan(1, length);
    EXPECT_EQ(crc32c(part), crc32c_by_tables(part)) << length << " bytes";
  }
}

TEST(Crc32c, GoesOnFromWhatCameBefore) {
  const auto whole = bytes_of("a fingerprint that is written in two pieces");
  for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
    EXPECT_EQ(crc32c(whole.subspan(cut), crc32c(whole.first(cut))), crc32c(whole)) << "cut at " << cut;
  }
}

TEST(Crc32c, NoticesEverySingleFlippedBit) {
  std::vector<std::byte> bytes(24, std::byte{0x5A});
  const std::uint32_t intact = crc32c(bytes);
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    const std::byte flip = std::byte{1} << (bit % 8);
    bytes[bit / 8] ^= flip;
    EXPECT_NE(crc32c(bytes), intact) << "bit " << bit;
    bytes[bit / 8] ^= flip;
  }
}

}  // namespace
}  // namespace reelprint
