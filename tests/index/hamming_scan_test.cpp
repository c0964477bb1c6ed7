#include "index/hamming_scan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <set>
#include <string>

#include "index/codebook.h"
#include "index/descriptor_model.h"

namespace reelprint::index {
namespace {

class EachScanPath : public testing::TestWithParam<ScanPath> {};

INSTANTIATE_TEST_SUITE_P(Available, EachScanPath, testing::ValuesIn(available_scan_paths()),
                         [](const auto& test) { return std::string(to_string(test.param)); });

int distance(const Code& a, const Code& b) {
  int sum = 0;
  for (std::size_t w = 0; w < a.size(); ++w) sum += std::popcount(a[w] ^ b[w]);
  return sum;
}

std::vector<Code> model_codes(std::size_t count, std::uint64_t seed) {
  ModelCodes model(seed);
  std::vector<Code> codes;
  while (codes.size() < count) codes.push_back(model.next());
  return codes;
}

std::vector<ScanHit> scan(ScanPath path, const std::vector<Code>& codes, const Code& query, int radius) {
  CodeBlocks blocks;
  for (const Code& code : codes) blocks.append(code);
  std::vector<ScanHit> hits(codes.size() + kScanSlack);
  hits.resize(scan_kernel(path)(blocks.all(), query, radius, hits.data()));
  return hits;
}

std::vector<ScanHit> one_by_one(const std::vector<Code>& codes, const Code& query, int radius) {
  std::vector<ScanHit> hits;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const int bits = distance(codes[i], query);
    if (bits <= radius) hits.push_back(static_cast<ScanHit>(bits) << 32 | i);
  }
  return hits;
}

std::set<std::uint32_t> nearest(CodebookFinder& finder, const Code& code, std::size_t count) {
  const auto found = finder.find_nearest(code, count);
  return {found.begin(), found.end()};
}

TEST_P(EachScanPath, FindsWhatComparingOneByOneFinds) {
  const Code query = ModelCodes(7).next();
  for (const std::size_t count : {0, 1, 3, 7, 8, 9, 16, 100, 513}) {
    const auto codes = model_codes(count, 8);
    for (const int radius : {0, 60, 100, 125, 255, 256}) {
      EXPECT_EQ(scan(GetParam(), codes, query, radius), one_by_one(codes, query, radius))
          << count << " " << radius;
    }
  }
}

TEST_P(EachScanPath, IncludesTheRadiusItself) {
  const Code zero{};
  const Code three{0b1, 0, 0b11, 0};
  EXPECT_TRUE(scan(GetParam(), {three}, zero, 2).empty());
  EXPECT_EQ(scan(GetParam(), {three}, zero, 3).size(), 1U);
}

TEST_P(EachScanPath, FindsAllAtTheGreatestDistanceAndNothingAtANegativeRadius) {
  const Code zero{};
  Code ones;
  ones.fill(~std::uint64_t{0});
  const auto hits = scan(GetParam(), std::vector<Code>(5, ones), zero, 256);
  ASSERT_EQ(hits.size(), 5U);
  EXPECT_EQ(distance_of(hits[4]), 256);
  EXPECT_EQ(position_of(hits[4]), 4U);
  EXPECT_TRUE(scan(GetParam(), {zero}, zero, -1).empty());
}

TEST_P(EachScanPath, GathersAroundTheSameCodeWords) {
  const Codebook portable(ScanPath::portable);
  const Codebook other(GetParam());
  CodebookFinder expected(portable);
  CodebookFinder found(other);
  for (const Code& code : model_codes(20, 9)) {
    EXPECT_EQ(nearest(expected, code, 300), nearest(found, code, 300));
  }
}

TEST(Codebook, GivesTheSameNearestWordsAmongMore) {
  const Codebook codebook(fastest_scan_path());
  CodebookFinder finder(codebook);
  for (const Code& code : model_codes(20, 11)) {
    const auto few = nearest(finder, code, 5);
    const auto more = nearest(finder, code, 50);
    EXPECT_TRUE(std::ranges::includes(more, few));
  }
}

TEST(Codebook, NeverChanges) {
  // Lists that were written to disk would not be found again.
  const Codebook codebook(fastest_scan_path());
  CodebookFinder finder(codebook);
  std::vector<std::uint32_t> nearest;
  for (const Code& code : model_codes(4, 10)) nearest.push_back(finder.find_nearest(code, 1).front());
  EXPECT_EQ(nearest, (std::vector<std::uint32_t>{40422, 42702, 57739, 10433}));
}

TEST(Codebook, GivesAllWordsWhenAskedForAllAndNoneForNone) {
  const Codebook codebook(fastest_scan_path());
  CodebookFinder finder(codebook);
  EXPECT_EQ(nearest(finder, Code{}, Codebook::kWords).size(), Codebook::kWords);
  EXPECT_EQ(nearest(finder, Code{}, Codebook::kWords + 1).size(), Codebook::kWords);
  EXPECT_TRUE(finder.find_nearest(Code{}, 0).empty());
}

}  // namespace
}  // namespace reelprint::index
