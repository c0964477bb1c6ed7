#include "store/aligned_pairs.h"

#include <gtest/gtest.h>

#include <limits>

#include "samples.h"

namespace reelprint::store {
namespace {

std::vector<AlignedPair> sample_pairs() {
  return {{{1'000'000}, {2'500'000}, 256, true, 0, {}},
          {{-1}, {std::numeric_limits<std::int64_t>::max()}, 0, false, 65535, {0.5, -0.25, 3, -4}}};
}

std::optional<ErrorCode> decoding_error(std::span<const std::byte> bytes) {
  return error_of([&] { std::ignore = decode_pairs(bytes); });
}

TEST(AlignedPairs, ComeBackAsTheyWere) {
  const auto pairs = decode_pairs(encode_pairs(sample_pairs()));
  ASSERT_EQ(pairs.size(), 2U);
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    EXPECT_EQ(pairs[i].query, sample_pairs()[i].query);
    EXPECT_EQ(pairs[i].reference, sample_pairs()[i].reference);
    EXPECT_EQ(pairs[i].distance, sample_pairs()[i].distance);
    EXPECT_EQ(pairs[i].distinctive, sample_pairs()[i].distinctive);
    EXPECT_EQ(pairs[i].inliers, sample_pairs()[i].inliers);
    EXPECT_EQ(pairs[i].transform, sample_pairs()[i].transform);
  }
  EXPECT_TRUE(decode_pairs(encode_pairs({})).empty());
}

TEST(AlignedPairs, AreWrittenInTheBytesThatTheHeaderLists) {
  const std::vector<AlignedPair> one{{{0x0102}, {-2}, 256, true, 0x0304, {0, 1, 0, 0}}};
  const auto golden = std::vector<std::uint8_t>{
      1,    0,    0,    0x80, 0x02, 0x01, 0, 0, 0, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
      0xFF, 0,    1,    1,    4,    3,    0, 0, 0, 0, 0, 0, 0,    0,    0,    0,    0,    0,    0,
      0,    0xF0, 0x3F, 0,    0,    0,    0, 0, 0, 0, 0, 0, 0,    0,    0,    0,    0,    0,    0};
  const auto bytes = std::as_bytes(std::span(golden));
  EXPECT_EQ(encode_pairs(one), std::vector(bytes.begin(), bytes.end()));
}

TEST(AlignedPairs, OfSchemaVersion1AreStillRead) {
  const auto old = std::vector<std::uint8_t>{1,    0,    0,    0,    0x02, 0x01, 0,    0,    0, 0, 0, 0,
                                             0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 5, 0, 1};
  const auto pairs = decode_pairs(std::as_bytes(std::span(old)));
  ASSERT_EQ(pairs.size(), 1U);
  EXPECT_EQ(pairs[0].distance, 5);
  EXPECT_TRUE(pairs[0].distinctive);
  EXPECT_EQ(pairs[0].inliers, 0U);
}

TEST(AlignedPairs, AreRefusedWithATransformThatIsNotFinite) {
  const std::vector<AlignedPair> one{
      {{}, {}, 0, false, 9, {std::numeric_limits<double>::quiet_NaN(), 0, 0, 0}}};
  EXPECT_EQ(error_of([&] { std::ignore = encode_pairs(one); }), ErrorCode::invalid_input);
}

TEST(AlignedPairs, AreCorruptWhenCutShortAnywhere) {
  const auto bytes = encode_pairs(sample_pairs());
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    EXPECT_EQ(decoding_error(std::span(bytes).first(length)), ErrorCode::corrupt) << length;
  }
}

TEST(AlignedPairs, AreCorruptWhenSomethingFollows) {
  auto bytes = encode_pairs(sample_pairs());
  bytes.push_back(std::byte{0});
  EXPECT_EQ(decoding_error(bytes), ErrorCode::corrupt);
}

TEST(AlignedPairs, AreCorruptWithACountBeyondTheBytes) {
  auto bytes = encode_pairs(sample_pairs());
  for (std::size_t i = 0; i < 4; ++i) bytes[i] = std::byte{0xFF};
  EXPECT_EQ(decoding_error(bytes), ErrorCode::corrupt);
}

TEST(AlignedPairs, AreCorruptWithADistanceOrFlagOutOfRange) {
  auto far = encode_pairs(sample_pairs());
  far[20] = std::byte{1};  // 256 becomes 257
  EXPECT_EQ(decoding_error(far), ErrorCode::corrupt);
  auto flag = encode_pairs(sample_pairs());
  flag[22] = std::byte{2};
  EXPECT_EQ(decoding_error(flag), ErrorCode::corrupt);
}

TEST(AlignedPairs, AreRefusedWithADistanceOutOfRange) {
  for (const int distance : {-1, 257, 65536}) {
    const std::vector<AlignedPair> one{{{}, {}, distance, false, 0, {}}};
    EXPECT_EQ(error_of([&] { std::ignore = encode_pairs(one); }), ErrorCode::invalid_input) << distance;
  }
}

}  // namespace
}  // namespace reelprint::store
