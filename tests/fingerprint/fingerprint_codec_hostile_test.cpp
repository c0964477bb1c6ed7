// Fingerprint files with right checksums and wrong content, as somebody with intent would make them.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <random>
#include <string_view>

#include "core/bytes.h"
#include "core/checksum.h"
#include "small_print.h"

namespace reelprint::fingerprint {
namespace {

using test::error_of_decoding;
using test::small_print;

constexpr std::size_t kHeaderBytes = 15;  ///< magic, version, algorithm, effort

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
  bytes.erase(bytes.end() - 4, bytes.end());
  change(bytes);
  return sealed(bytes);
}

void append(std::vector<std::byte>& bytes, std::initializer_list<int> values) {
  for (const int value : values) bytes.push_back(static_cast<std::byte>(value));
}

void put_section(ByteWriter& out, std::string_view tag, std::span<const std::byte> content) {
  out.put_bytes(std::as_bytes(std::span(tag)));
  out.put(static_cast<std::uint32_t>(content.size()));
  out.put_bytes(content);
}

/// A file that is right but for one section: that of the small print is replaced, or this one added to it.
std::vector<std::byte> with_section(std::string_view tag, const ByteWriter& content) {
  const auto whole = encode(small_print());
  ByteReader in(std::span<const std::byte>(whole).subspan(kHeaderBytes), "a test");
  ByteWriter out;
  out.put_bytes(std::span(whole).first(kHeaderBytes));
  bool is_put = false;
  while (in.left() > sizeof(std::uint32_t)) {
    const auto name = in.take_bytes(4);
    const auto old = in.take_bytes(in.take<std::uint32_t>());
    const bool is_meant = std::ranges::equal(name, std::as_bytes(std::span(tag)));
    put_section(out, {reinterpret_cast<const char*>(name.data()), 4}, is_meant ? content.bytes() : old);
    is_put = is_put || is_meant;
  }
  if (!is_put) put_section(out, tag, content.bytes());
  return sealed(out.bytes());
}

TEST(FingerprintCodec, RefusesAnotherFormatVersion) {
  EXPECT_EQ(error_of_decoding(forged([](auto& bytes) { bytes[8] = std::byte{3}; })), ErrorCode::incompatible);
}

TEST(FingerprintCodec, RefusesAnUnknownEffort) {
  EXPECT_EQ(error_of_decoding(forged([](auto& bytes) { bytes[14] = std::byte{3}; })), ErrorCode::corrupt);
}

TEST(FingerprintCodec, SkipsAnUnknownSectionThatIsOptional) {
  const auto bytes = forged([](auto& body) { append(body, {'x', 'T', 'R', 'A', 2, 0, 0, 0, 1, 2}); });
  EXPECT_EQ(decode(bytes, "a test"), small_print());
}

TEST(FingerprintCodec, RefusesAnUnknownSectionThatIsNot) {
  ByteWriter content;
  EXPECT_EQ(error_of_decoding(with_section("XTRA", content)), ErrorCode::incompatible);
}

TEST(FingerprintCodec, RefusesASectionThatIsLongerThanItsContent) {
  ByteWriter content;
  content.put(std::uint32_t{0});  // no keyframes
  content.put(std::uint8_t{0});   // and one byte more
  EXPECT_EQ(error_of_decoding(with_section("KEYF", content)), ErrorCode::corrupt);
}

TEST(FingerprintCodec, RefusesASectionThatRunsIntoTheChecksum) {
  const auto bytes = forged([](auto& body) { append(body, {'x', 'T', 'R', 'A', 2, 0, 0, 0}); });
  EXPECT_EQ(error_of_decoding(bytes), ErrorCode::corrupt);
}

TEST(FingerprintCodec, RefusesCountsThatTheDataCannotHold) {
  ByteWriter keyframes;
  keyframes.put(std::numeric_limits<std::uint32_t>::max());
  EXPECT_EQ(error_of_decoding(with_section("KEYF", keyframes)), ErrorCode::corrupt);
  ByteWriter audio;
  audio.put(std::int64_t{0});
  audio.put(std::int64_t{123'800});
  audio.put(std::uint32_t{0x40000000});  // times four is nothing in 32 bits
  EXPECT_EQ(error_of_decoding(with_section("AUDI", audio)), ErrorCode::corrupt);
}

TEST(FingerprintCodec, RefusesDurationsOutOfRange) {
  for (const std::int64_t us :
       {std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min(), std::int64_t{-1},
        std::int64_t{367} * 24 * 3600 * 1'000'000}) {
    ByteWriter media;
    for (int i = 0; i < 32; ++i) media.put(std::uint8_t{0});
    media.put(us);
    EXPECT_EQ(error_of_decoding(with_section("MEDI", media)), ErrorCode::corrupt) << us;
  }
}

TEST(FingerprintCodec, RefusesKeyframesOutOfRange) {
  ByteWriter late;
  late.put(std::uint32_t{1});
  late.put_varint(std::uint64_t{366} * 24 * 3600 * 1'000'000);
  late.put_varint(1);
  for (int i = 0; i < 33; ++i) late.put(std::uint8_t{1});
  EXPECT_EQ(error_of_decoding(with_section("KEYF", late)), ErrorCode::corrupt);
  ByteWriter too_good;
  too_good.put(std::uint32_t{1});
  too_good.put_varint(0);
  too_good.put_varint(1);
  too_good.put(std::uint8_t{101});
  for (int i = 0; i < 32; ++i) too_good.put(std::uint8_t{1});
  EXPECT_EQ(error_of_decoding(with_section("KEYF", too_good)), ErrorCode::corrupt);
}

TEST(FingerprintCodec, RefusesSoundOutOfRange) {
  for (const auto& [begin, step] : {std::pair<std::int64_t, std::int64_t>{0, 0},
                                    {0, -5},
                                    {0, 10'000'001},
                                    {std::numeric_limits<std::int64_t>::min(), 123'800}}) {
    Fingerprint print = small_print();
    print.audio.begin = Timestamp{begin};
    print.audio.step = Duration{step};
    EXPECT_EQ(error_of_decoding(encode(print)), ErrorCode::corrupt) << begin << ", " << step;
  }
}

TEST(FingerprintCodec, RefusesKeyframesThatLieBehindTheEndOfTheMedia) {
  Fingerprint print = small_print();
  print.duration = std::chrono::seconds(1);
  EXPECT_EQ(error_of_decoding(encode(print)), ErrorCode::corrupt);
}

TEST(FingerprintCodec, RefusesAFileWithoutTheSectionsThatEveryFingerprintHas) {
  EXPECT_EQ(error_of_decoding(forged([](auto& bytes) { bytes.resize(kHeaderBytes); })), ErrorCode::corrupt);
}

TEST(FingerprintCodec, RefusesASectionThatComesTwice) {
  EXPECT_EQ(error_of_decoding(forged([](auto& bytes) {
              const std::vector<std::byte> sections(bytes.begin() + kHeaderBytes, bytes.end());
              bytes.insert(bytes.end(), sections.begin(), sections.end());
            })),
            ErrorCode::corrupt);
}

// Damage behind a right checksum, as somebody with intent would make it: decoding gives a fingerprint or an
// Error.
TEST(FingerprintCodec, SurvivesForgedBytes) {
  std::mt19937 random(1);
  int read = 0;
  for (int round = 0; round < 20'000; ++round) {
    const auto bytes = forged([&](auto& body) {
      for (auto changes = 1 + random() % 4; changes > 0; --changes) {
        body[8 + random() % (body.size() - 8)] =
            static_cast<std::byte>(random() % 4 == 0 ? 255 : random() % 256);
      }
      if (random() % 4 == 0) body.resize(8 + random() % (body.size() - 8));
    });
    const auto code = error_of_decoding(bytes);
    if (!code) ++read;
    ASSERT_TRUE(!code || *code == ErrorCode::corrupt || *code == ErrorCode::incompatible)
        << "round " << round;
  }
  EXPECT_GT(read, 0) << "nothing got past the first checks";
}

}  // namespace
}  // namespace reelprint::fingerprint
