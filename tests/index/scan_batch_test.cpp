#include "index/scan_batch.h"

#include <gtest/gtest.h>

#include <string>

#include "core/frame_hash.h"
#include "index/descriptor_model.h"
#include "index/mirror_scan.h"

namespace reelprint::index {
namespace {

class EachBatchScanPath : public testing::TestWithParam<ScanPath> {};

INSTANTIATE_TEST_SUITE_P(Available, EachBatchScanPath, testing::ValuesIn(available_scan_paths()),
                         [](const auto& test) { return std::string(to_string(test.param)); });

std::vector<Code> made_up_codes(std::size_t count, std::uint64_t seed) {
  ModelCodes model(seed);
  std::vector<Code> codes;
  while (codes.size() < count) codes.push_back(model.next());
  return codes;
}

/// Near each of `queries` in turn, plain or mirrored, at every distance from 0 to 129.
std::vector<Code> codes_near(const std::vector<Code>& queries, std::size_t count) {
  std::vector<Code> codes;
  for (std::size_t i = 0; i < count; ++i) {
    FrameHash hash{queries[i % queries.size()]};
    for (std::size_t bit = 0; bit < i % 130; ++bit) {
      const std::size_t flipped = (bit * 77 + i) % 256;
      hash.words[flipped / 64] ^= std::uint64_t{1} << (flipped % 64);
    }
    codes.push_back(i % 3 == 0 ? mirrored(hash).words : hash.words);
  }
  return codes;
}

std::vector<BatchHit> one_by_one(ScanKernel scan, CodeSpan codes, const std::vector<Code>& queries,
                                 const std::vector<int>& radii) {
  std::vector<BatchHit> all;
  std::vector<ScanHit> hits(codes.size() + kScanSlack);
  for (std::size_t q = 0; q < queries.size(); ++q) {
    const std::size_t found = scan(codes, queries[q], radii[q], hits.data());
    for (std::size_t i = 0; i < found; ++i) all.push_back({static_cast<std::uint32_t>(q), hits[i]});
  }
  return all;
}

/// Narrow and wide ones, none and all.
std::vector<int> mixed_radii(std::size_t count) {
  const std::vector<int> some{60, -1, 70, 71, 0, 100, 68, 256};
  std::vector<int> radii;
  for (std::size_t i = 0; i < count; ++i) radii.push_back(some[i % some.size()]);
  return radii;
}

TEST_P(EachBatchScanPath, FindsWhatEachQueryFindsAlone) {
  for (const std::size_t batch : {1, 3, 4, 5, 64, 260}) {
    const auto queries = made_up_codes(batch, 3);
    const auto radii = mixed_radii(batch);
    for (const std::size_t count : {0, 1, 7, 8, 9, 511, 513, 1100}) {
      CodeBlocks blocks;
      for (const Code& code : codes_near(queries, count)) blocks.append(code);
      std::vector<BatchHit> found;
      scan_batch(GetParam(), blocks.all(), queries, radii, found);
      EXPECT_EQ(found, one_by_one(scan_kernel(ScanPath::portable), blocks.all(), queries, radii))
          << batch << " queries, " << count << " codes";
    }
  }
}

TEST_P(EachBatchScanPath, FindsWhatEachQueryAndItsMirrorImageFindAlone) {
  for (const std::size_t batch : {1, 3, 4, 5, 64, 260}) {
    std::vector<Code> split_queries;
    const auto queries = made_up_codes(batch, 4);
    for (const Code& query : queries) split_queries.push_back(split_code(query));
    const auto radii = mixed_radii(batch);
    for (const std::size_t count : {0, 1, 7, 8, 9, 511, 513, 1100}) {
      CodeBlocks blocks;
      for (const Code& code : codes_near(queries, count)) blocks.append(split_code(code));
      std::vector<BatchHit> found;
      scan_mirrored_batch(GetParam(), blocks.all(), split_queries, radii, found);
      EXPECT_EQ(found, one_by_one(mirror_scan_kernel(ScanPath::portable), blocks.all(), split_queries, radii))
          << batch << " queries, " << count << " codes";
    }
  }
}

TEST_P(EachBatchScanPath, KeepsTheHitsThatWereThere) {
  CodeBlocks blocks;
  blocks.append(Code{});
  std::vector<BatchHit> found{{7, 7}};
  scan_batch(GetParam(), blocks.all(), std::vector<Code>{Code{}}, std::vector<int>{0}, found);
  EXPECT_EQ(found, (std::vector<BatchHit>{{7, 7}, {0, 0}}));
}

TEST_P(EachBatchScanPath, FindsNothingForNoQueries) {
  CodeBlocks blocks;
  blocks.append(Code{});
  std::vector<BatchHit> found;
  scan_mirrored_batch(GetParam(), blocks.all(), {}, {}, found);
  EXPECT_TRUE(found.empty());
}

}  // namespace
}  // namespace reelprint::index
