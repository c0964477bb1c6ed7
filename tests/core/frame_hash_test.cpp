#include "core/frame_hash.h"

#include <gtest/gtest.h>

#include "core/sha256.h"

namespace reelprint {
namespace {

FrameHash with_bit(int bit) {
  FrameHash hash;
  hash.words[static_cast<std::size_t>(bit / 64)] = std::uint64_t{1} << (bit % 64);
  return hash;
}

TEST(HammingDistance, CountsTheDifferingBits) {
  const FrameHash zero;
  FrameHash ones;
  ones.words.fill(~std::uint64_t{0});
  EXPECT_EQ(hamming_distance(zero, zero), 0);
  EXPECT_EQ(hamming_distance(zero, ones), 256);
  for (const int bit : {0, 63, 64, 127, 128, 255}) EXPECT_EQ(hamming_distance(zero, with_bit(bit)), 1);
  EXPECT_EQ(hamming_distance(with_bit(3), with_bit(200)), 2);
}

TEST(HammingDistance, DoesNotLookAtTheQuality) {
  FrameHash dull;
  FrameHash sharp;
  sharp.quality = 100;
  EXPECT_EQ(hamming_distance(dull, sharp), 0);
  EXPECT_NE(dull, sharp);
}

TEST(Mirrored, FlipsEverySecondBitAndIsItsOwnInverse) {
  const FrameHash hash = with_bit(77);
  EXPECT_EQ(hamming_distance(hash, mirrored(hash)), 128);
  EXPECT_EQ(mirrored(mirrored(hash)), hash);
  EXPECT_EQ(to_hex(mirrored(FrameHash{})),
            "55555555555555555555555555555555"
            "55555555555555555555555555555555");
}

TEST(Mirrored, KeepsDistancesAndTheQuality) {
  FrameHash a = with_bit(1);
  a.quality = 42;
  const FrameHash b = with_bit(250);
  EXPECT_EQ(hamming_distance(mirrored(a), mirrored(b)), hamming_distance(a, b));
  EXPECT_EQ(mirrored(a).quality, 42);
}

TEST(FrameHashHex, PutsBit255First) {
  EXPECT_EQ(to_hex(with_bit(255)), "8" + std::string(63, '0'));
  EXPECT_EQ(to_hex(with_bit(0)), std::string(63, '0') + "1");
  EXPECT_EQ(to_hex(with_bit(64)), std::string(47, '0') + "1" + std::string(16, '0'));
}

TEST(FrameHashHex, IsReadBack) {
  const std::string hex = "0123456789abcdeffedcba98765432100f1e2d3c4b5a69788796a5b4c3d2e1f0";
  const auto hash = frame_hash_of(hex);
  ASSERT_TRUE(hash.has_value());
  EXPECT_EQ(to_hex(*hash), hex);
  EXPECT_EQ(hash->quality, 0);
}

TEST(FrameHashHex, TakesCapitalsToo) {
  EXPECT_EQ(frame_hash_of(std::string(64, 'F')), frame_hash_of(std::string(64, 'f')));
}

TEST(FrameHashHex, RefusesAnythingButSixtyFourDigits) {
  EXPECT_FALSE(frame_hash_of("").has_value());
  EXPECT_FALSE(frame_hash_of(std::string(63, '0')).has_value());
  EXPECT_FALSE(frame_hash_of(std::string(65, '0')).has_value());
  EXPECT_FALSE(frame_hash_of(std::string(63, '0') + "g").has_value());
  EXPECT_FALSE(frame_hash_of("0x" + std::string(62, '0')).has_value());
  EXPECT_FALSE(frame_hash_of(std::string(63, '0') + '\0').has_value());
}

TEST(Sha256Hex, PrintsBytesInOrder) {
  Sha256 digest;
  digest.bytes[0] = 0xAB;
  digest.bytes[31] = 0x01;
  EXPECT_EQ(to_hex(digest), "ab" + std::string(60, '0') + "01");
}

}  // namespace
}  // namespace reelprint
