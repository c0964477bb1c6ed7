#include "fingerprint/fingerprint_codec.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstring>
#include <fstream>
#include <functional>
#include <limits>
#include <optional>
#include <random>

#include "core/bytes.h"
#include "core/checksum.h"
#include "core/error.h"

namespace reelprint::fingerprint {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kHeaderBytes = 15;  ///< magic, version, algorithm, effort

/// Two keyframes and three sound items.
Fingerprint small_print() {
  Fingerprint print;
  print.effort = Effort::deep;
  for (std::size_t i = 0; i < 32; ++i) print.media.bytes[i] = static_cast<std::uint8_t>(i);
  print.duration = std::chrono::microseconds(2'500'000);
  print.keyframes = {{{Timestamp{0}, Timestamp{400'000}}, {{1, 2, 3, 4}, 100}, true},
                     {{Timestamp{400'000}, Timestamp{2'500'000}}, {{~0ULL, 0, 0x0123456789ABCDEFULL, 7}, 0}, false}};
  print.audio = {Timestamp{-23'000}, std::chrono::microseconds(123'800), {0xDEADBEEF, 0, 0xFFFFFFFF}};
  return print;
}

std::string to_hex(std::span<const std::byte> bytes) {
  std::string hex;
  for (const std::byte b : bytes) {
    hex += "0123456789abcdef"[std::to_integer<unsigned>(b) >> 4];
    hex += "0123456789abcdef"[std::to_integer<unsigned>(b) & 15];
  }
  return hex;
}

/// The code of the Error that decoding throws; nothing if it succeeds. Any other exception fails the test.
std::optional<ErrorCode> error_of(std::span<const std::byte> bytes) {
  try {
    (void)decode(bytes, "a test");
  } catch (const Error& error) {
    return error.code();
  }
  return std::nullopt;
}

bool is_refused(std::span<const std::byte> bytes) {
  const auto code = error_of(bytes);
  return code == ErrorCode::corrupt || code == ErrorCode::incompatible;
}

/// `bytes` with a right checksum behind them.
std::vector<std::byte> sealed(std::span<const std::byte> bytes) {
  ByteWriter out;
  out.put_bytes(bytes);
  out.put(crc32c(bytes));
  return out.take();
}

/// The encoded small print without its checksum, changed by somebody who can make checksums.
std::vector<std::byte> forged(const std::function<void(std::vector<std::byte>&)>& change) {
  auto bytes = encode(small_print());
  bytes.resize(bytes.size() - 4);
  change(bytes);
  return sealed(bytes);
}

void append(std::vector<std::byte>& bytes, std::initializer_list<int> values) {
  for (const int value : values) bytes.push_back(static_cast<std::byte>(value));
}

/// A file of one section.
std::vector<std::byte> with_section(const char* tag, const ByteWriter& content) {
  const auto whole = encode(small_print());
  ByteWriter out;
  out.put_bytes(std::span(whole).first(kHeaderBytes));
  out.put_bytes(std::as_bytes(std::span(tag, 4)));
  out.put(static_cast<std::uint32_t>(content.bytes().size()));
  out.put_bytes(content.bytes());
  return sealed(out.bytes());
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
            "5250465052494e5401000100000002"
            "4d45444928000000"
            "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
            "a025260000000000"
            "4b4559464f00000002000000"
            "0080b518e40100000000000000020000000000000003000000000000000400000000000000"
            "00a096800100ffffffffffffffff0000000000000000efcdab896745230107000000000000004155"
            "44492000000028a6ffffffffffff98e301000000000003000000efbeadde00000000ffffffff1865"
            "d965");
}

TEST(FingerprintCodec, RefusesEveryTruncation) {
  const auto bytes = encode(small_print());
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    EXPECT_EQ(error_of(std::span(bytes).first(length)), ErrorCode::corrupt) << length << " bytes";
  }
}

TEST(FingerprintCodec, RefusesEveryFlippedBit) {
  auto bytes = encode(small_print());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      const auto mask = static_cast<std::byte>(1 << bit);
      bytes[i] ^= mask;
      EXPECT_TRUE(is_refused(bytes)) << "byte " << i << " bit " << bit;
      bytes[i] ^= mask;
    }
  }
}

TEST(FingerprintCodec, RefusesBytesBehindTheEnd) {
  auto bytes = encode(small_print());
  bytes.push_back(std::byte{0});
  EXPECT_EQ(error_of(bytes), ErrorCode::corrupt);
}

TEST(FingerprintCodec, RefusesAnotherFormatVersion) {
  EXPECT_EQ(error_of(forged([](auto& bytes) { bytes[8] = std::byte{2}; })), ErrorCode::incompatible);
}

TEST(FingerprintCodec, RefusesAnotherAlgorithm) {
  Fingerprint print = small_print();
  print.algorithm = AlgorithmId{static_cast<std::uint32_t>(kAlgorithm) + 1};
  EXPECT_EQ(error_of(encode(print)), ErrorCode::incompatible);
}

TEST(FingerprintCodec, RefusesAnUnknownEffort) {
  EXPECT_EQ(error_of(forged([](auto& bytes) { bytes[14] = std::byte{3}; })), ErrorCode::corrupt);
}

TEST(FingerprintCodec, SkipsAnUnknownSectionThatIsOptional) {
  const auto bytes = forged([](auto& body) { append(body, {'x', 'T', 'R', 'A', 2, 0, 0, 0, 1, 2}); });
  EXPECT_EQ(decode(bytes, "a test"), small_print());
}

TEST(FingerprintCodec, RefusesAnUnknownSectionThatIsNot) {
  ByteWriter content;
  EXPECT_EQ(error_of(with_section("XTRA", content)), ErrorCode::incompatible);
}

TEST(FingerprintCodec, RefusesASectionThatIsLongerThanItsContent) {
  ByteWriter content;
  content.put(std::uint32_t{0});  // no keyframes
  content.put(std::uint8_t{0});   // and one byte more
  EXPECT_EQ(error_of(with_section("KEYF", content)), ErrorCode::corrupt);
}

TEST(FingerprintCodec, RefusesASectionThatRunsIntoTheChecksum) {
  const auto bytes = forged([](auto& body) { append(body, {'x', 'T', 'R', 'A', 2, 0, 0, 0}); });
  EXPECT_EQ(error_of(bytes), ErrorCode::corrupt);
}

TEST(FingerprintCodec, RefusesCountsThatTheDataCannotHold) {
  ByteWriter keyframes;
  keyframes.put(std::numeric_limits<std::uint32_t>::max());
  EXPECT_EQ(error_of(with_section("KEYF", keyframes)), ErrorCode::corrupt);
  ByteWriter audio;
  audio.put(std::int64_t{0});
  audio.put(std::int64_t{123'800});
  audio.put(std::uint32_t{0x40000000});  // times four is nothing in 32 bits
  EXPECT_EQ(error_of(with_section("AUDI", audio)), ErrorCode::corrupt);
}

TEST(FingerprintCodec, RefusesDurationsOutOfRange) {
  for (const std::int64_t us : {std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min(),
                                std::int64_t{-1}, std::int64_t{367} * 24 * 3600 * 1'000'000}) {
    ByteWriter media;
    for (int i = 0; i < 32; ++i) media.put(std::uint8_t{0});
    media.put(us);
    EXPECT_EQ(error_of(with_section("MEDI", media)), ErrorCode::corrupt) << us;
  }
}

TEST(FingerprintCodec, RefusesKeyframesOutOfRange) {
  ByteWriter late;
  late.put(std::uint32_t{1});
  late.put_varint(std::uint64_t{366} * 24 * 3600 * 1'000'000);
  late.put_varint(1);
  for (int i = 0; i < 33; ++i) late.put(std::uint8_t{1});
  EXPECT_EQ(error_of(with_section("KEYF", late)), ErrorCode::corrupt);
  ByteWriter too_good;
  too_good.put(std::uint32_t{1});
  too_good.put_varint(0);
  too_good.put_varint(1);
  too_good.put(std::uint8_t{101});
  for (int i = 0; i < 32; ++i) too_good.put(std::uint8_t{1});
  EXPECT_EQ(error_of(with_section("KEYF", too_good)), ErrorCode::corrupt);
}

TEST(FingerprintCodec, RefusesSoundOutOfRange) {
  for (const auto& [begin, step] : {std::pair<std::int64_t, std::int64_t>{0, 0}, {0, -5}, {0, 10'000'001},
                                    {std::numeric_limits<std::int64_t>::min(), 123'800}}) {
    Fingerprint print = small_print();
    print.audio.begin = Timestamp{begin};
    print.audio.step = Duration{step};
    EXPECT_EQ(error_of(encode(print)), ErrorCode::corrupt) << begin << ", " << step;
  }
}

TEST(FingerprintCodec, RefusesKeyframesThatLieBehindTheEndOfTheMedia) {
  Fingerprint print = small_print();
  print.duration = std::chrono::seconds(1);
  EXPECT_EQ(error_of(encode(print)), ErrorCode::corrupt);
}

TEST(FingerprintCodec, RefusesAFileWithoutTheSectionsThatEveryFingerprintHas) {
  EXPECT_EQ(error_of(forged([](auto& bytes) { bytes.resize(kHeaderBytes); })), ErrorCode::corrupt);
}

TEST(FingerprintCodec, RefusesASectionThatComesTwice) {
  EXPECT_EQ(error_of(forged([](auto& bytes) {
              const std::vector<std::byte> sections(bytes.begin() + kHeaderBytes, bytes.end());
              bytes.insert(bytes.end(), sections.begin(), sections.end());
            })),
            ErrorCode::corrupt);
}

// Damage behind a right checksum, as somebody with intent would make it: decoding gives a fingerprint or an Error.
TEST(FingerprintCodec, SurvivesForgedBytes) {
  std::mt19937 random(1);
  int read = 0;
  for (int round = 0; round < 20'000; ++round) {
    const auto bytes = forged([&](auto& body) {
      for (auto changes = 1 + random() % 4; changes > 0; --changes) {
        body[8 + random() % (body.size() - 8)] = static_cast<std::byte>(random() % 4 == 0 ? 255 : random() % 256);
      }
      if (random() % 4 == 0) body.resize(8 + random() % (body.size() - 8));
    });
    const auto code = error_of(bytes);
    if (!code) ++read;
    ASSERT_TRUE(!code || *code == ErrorCode::corrupt || *code == ErrorCode::incompatible) << "round " << round;
  }
  EXPECT_GT(read, 0) << "nothing got past the first checks";
}

TEST(FingerprintCodec, NamesTheSourceOfItsErrors) {
  try {
    (void)decode({}, "fingerprint 'a.rpf'");
    FAIL() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(std::string(error.what()).find("read fingerprint 'a.rpf': "), 0U) << error.what();
  }
}

class FingerprintFile : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "fingerprint_XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { fs::remove_all(folder_); }
  fs::path folder_;
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
