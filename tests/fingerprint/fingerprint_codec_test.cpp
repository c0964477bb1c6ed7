#include "fingerprint/fingerprint_codec.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "small_print.h"
#include "tests/support/media_clips.h"

namespace reelprint::fingerprint {
namespace {

using test::error_of_decoding;
using test::small_print;

std::string to_hex(std::span<const std::byte> bytes) {
  std::string hex;
  for (const std::byte b : bytes) {
    hex += "0123456789abcdef"[std::to_integer<unsigned>(b) >> 4];
    hex += "0123456789abcdef"[std::to_integer<unsigned>(b) & 15];
  }
  return hex;
}

TEST(FingerprintCodec, ReadsBackWhatItWrote) {
  EXPECT_EQ(decode(encode(small_print()), "a test"), small_print());
}

TEST(FingerprintCodec, ReadsBackAnEmptyFingerprint) {
  EXPECT_EQ(decode(encode(Fingerprint{}), "a test"), Fingerprint{});
}

TEST(FingerprintCodec, ReadsBackGapsAndLongSpans) {
  Fingerprint print;
  print.duration = std::chrono::hours(24 * 300);
  print.keyframes = {{{Timestamp{5}, Timestamp{128}}, {{9, 9, 9, 9}, 50}, false},
                     {{Timestamp{200'000'000'000}, Timestamp{25'920'000'000'000}}, {{8, 8, 8, 8}, 99}, true}};
  EXPECT_EQ(decode(encode(print), "a test"), print);
}

TEST(FingerprintCodec, KeepsTheBytesOfItsFormat) {
  EXPECT_EQ(to_hex(encode(small_print())),
            "5250465052494e54020002000000024d45444930000000"
            "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1fa025260000000000d002000000050000"
            "4b4559464f00000002000000"
            "0080b518e40100000000000000020000000000000003000000000000000400000000000000"
            "00a096800100ffffffffffffffff0000000000000000efcdab89674523010700000000000000"
            "4445544c32000000010000000100000001000000"
            "0100000000000000020000000000000003000000000000001032547698badcfe3412ffff04c8"
            "415544492000000028a6ffffffffffff98e301000000000003000000efbeadde00000000ffffffff8d75fd8f");
}

TEST(FingerprintCodec, RefusesEveryTruncation) {
  const auto bytes = encode(small_print());
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    EXPECT_EQ(error_of_decoding(std::span(bytes).first(length)), ErrorCode::corrupt) << length << " bytes";
  }
}

TEST(FingerprintCodec, RefusesEveryFlippedBit) {
  auto bytes = encode(small_print());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      const auto mask = static_cast<std::byte>(1 << bit);
      bytes[i] ^= mask;
      const auto code = error_of_decoding(bytes);
      EXPECT_TRUE(code == ErrorCode::corrupt || code == ErrorCode::incompatible)
          << "byte " << i << " bit " << bit;
      bytes[i] ^= mask;
    }
  }
}

TEST(FingerprintCodec, RefusesBytesBehindTheEnd) {
  auto bytes = encode(small_print());
  bytes.push_back(std::byte{0});
  EXPECT_EQ(error_of_decoding(bytes), ErrorCode::corrupt);
}

TEST(FingerprintCodec, RefusesAnotherAlgorithm) {
  Fingerprint print = small_print();
  print.algorithm = AlgorithmId{static_cast<std::uint32_t>(kAlgorithm) + 1};
  EXPECT_EQ(error_of_decoding(encode(print)), ErrorCode::incompatible);
}

TEST(FingerprintCodec, NamesTheSourceOfItsErrors) {
  try {
    (void)decode({}, "fingerprint 'a.rpf'");
    FAIL() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "read fingerprint 'a.rpf': it ends too early");
  }
}

class FingerprintFile : public testing::Test {
 protected:
  const test::ClipFolder clips_;
  const std::filesystem::path folder_ = clips_.path();
};

TEST_F(FingerprintFile, IsReadBack) {
  write_fingerprint(small_print(), folder_ / "a.rpf");
  EXPECT_EQ(read_fingerprint(folder_ / "a.rpf"), small_print());
}

TEST_F(FingerprintFile, IsKnownByItsContentAndNotByItsName) {
  write_fingerprint(small_print(), folder_ / "a.mp4");
  std::ofstream(folder_ / "b.rpf") << "RPFPRIN?";
  std::ofstream(folder_ / "c.rpf") << "RPF";
  EXPECT_TRUE(is_fingerprint_file(folder_ / "a.mp4"));
  EXPECT_FALSE(is_fingerprint_file(folder_ / "b.rpf"));
  EXPECT_FALSE(is_fingerprint_file(folder_ / "c.rpf"));
}

TEST_F(FingerprintFile, IsNoneWhereNothingCanBeRead) {
  EXPECT_FALSE(is_fingerprint_file(folder_ / "missing.rpf"));
  EXPECT_FALSE(is_fingerprint_file(folder_));
}

}  // namespace
}  // namespace reelprint::fingerprint
