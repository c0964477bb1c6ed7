#include "index/mirror_scan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "core/frame_hash.h"
#include "index/descriptor_model.h"

namespace reelprint::index {
namespace {

class EachMirrorScanPath : public testing::TestWithParam<ScanPath> {};

INSTANTIATE_TEST_SUITE_P(Available, EachMirrorScanPath, testing::ValuesIn(available_scan_paths()),
                         [](const auto& test) { return std::string(to_string(test.param)); });

std::vector<Code> made_up_codes(std::size_t count, std::uint64_t seed) {
  ModelCodes model(seed);
  std::vector<Code> codes;
  while (codes.size() < count) codes.push_back(model.next());
  return codes;
}

MirrorDistances of_hashes(const Code& a, const Code& b) {
  return {hamming_distance({a}, {b}), hamming_distance({a}, mirrored(FrameHash{b}))};
}

/// Of codes that are not split.
std::vector<ScanHit> one_by_one(const std::vector<Code>& codes, const Code& query, int radius) {
  std::vector<ScanHit> hits;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const auto [plain, mirrored] = of_hashes(codes[i], query);
    const int least = std::min(plain, mirrored);
    if (least <= radius) hits.push_back(static_cast<ScanHit>(least) << 32 | i);
  }
  return hits;
}

std::vector<ScanHit> scan(ScanPath path, const std::vector<Code>& codes, const Code& query, int radius) {
  CodeBlocks blocks;
  for (const Code& code : codes) blocks.append(split_code(code));
  std::vector<ScanHit> hits(codes.size() + kScanSlack);
  hits.resize(mirror_scan_kernel(path)(blocks.all(), split_code(query), radius, hits.data()));
  return hits;
}

TEST_P(EachMirrorScanPath, FindsWhatComparingBothOrientationsOneByOneFinds) {
  for (const std::size_t count : {0, 1, 3, 7, 8, 9, 16, 100, 513}) {
    auto codes = made_up_codes(count, 8);
    const Code query = made_up_codes(1, 7).front();
    if (count > 3) codes[3] = mirrored(FrameHash{query}).words;
    for (const int radius : {-1, 0, 60, 100, 118, 128, 192, 256}) {
      EXPECT_EQ(scan(GetParam(), codes, query, radius), one_by_one(codes, query, radius))
          << count << " codes, radius " << radius;
    }
  }
}

TEST_P(EachMirrorScanPath, FindsTheMirrorImageOfTheQueryAtDistanceZero) {
  const Code query = made_up_codes(1, 5).front();
  const auto hits = scan(GetParam(), {query, mirrored(FrameHash{query}).words}, query, 0);
  EXPECT_EQ(hits, (std::vector<ScanHit>{0, 1}));
}

TEST_P(EachMirrorScanPath, IncludesTheRadiusItselfInBothOrientations) {
  const Code zero{};
  const Code three{0b1, 0, 0b11, 0};
  const Code three_of_mirror = mirrored(FrameHash{three}).words;
  EXPECT_TRUE(scan(GetParam(), {three, three_of_mirror}, zero, 2).empty());
  EXPECT_EQ(scan(GetParam(), {three, three_of_mirror}, zero, 3).size(), 2U);
}

TEST_P(EachMirrorScanPath, FindsNothingNearerThanTheOddBitsAllow) {
  const Code zero{};
  Code odd_bits;
  odd_bits.fill(0xAAAA'AAAA'AAAA'AAAAU);
  EXPECT_TRUE(scan(GetParam(), {odd_bits}, zero, 127).empty());
  EXPECT_EQ(distance_of(scan(GetParam(), {odd_bits}, zero, 128).at(0)), 128);
}

TEST(SplitCode, GathersEvenBitsBeforeOddOnesInOrder) {
  for (std::size_t bit = 0; bit < 256; ++bit) {
    Code code{};
    code[bit / 64] = std::uint64_t{1} << (bit % 64);
    Code expected{};
    const std::size_t to = bit / 2 + (bit % 2) * 128;
    expected[to / 64] = std::uint64_t{1} << (to % 64);
    EXPECT_EQ(split_code(code), expected) << "bit " << bit;
    EXPECT_EQ(joined_code(expected), code) << "bit " << bit;
  }
}

TEST(SplitCode, IsUndoneByJoining) {
  for (const Code& code : made_up_codes(100, 3)) EXPECT_EQ(joined_code(split_code(code)), code);
}

TEST(MirrorDistances, AreThoseOfTheHashes) {
  const auto codes = made_up_codes(50, 4);
  for (const Code& a : codes) {
    for (const Code& b : codes) EXPECT_EQ(mirror_distances(split_code(a), split_code(b)), of_hashes(a, b));
  }
}

}  // namespace
}  // namespace reelprint::index
