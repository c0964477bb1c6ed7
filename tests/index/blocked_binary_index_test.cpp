#include "index/blocked_binary_index.h"

#include <faiss/IndexBinaryFlat.h>
#include <faiss/impl/AuxIndexStructures.h>
#include <faiss/impl/FaissException.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <tuple>
#include <utility>

namespace reelprint::index {
namespace {

using Label = faiss::IndexBinary::idx_t;
using Bytes = std::vector<std::uint8_t>;
using Found = std::vector<std::pair<int, Label>>;  ///< distance, label

constexpr std::array<std::size_t, 9> kSizes{0, 1, 7, 8, 9, 511, 512, 513, 5000};
constexpr std::size_t kQueries = 9;

class EachBlockedScanPath : public testing::TestWithParam<ScanPath> {};

INSTANTIATE_TEST_SUITE_P(Available, EachBlockedScanPath, testing::ValuesIn(available_scan_paths()),
                         [](const auto& test) { return std::string(to_string(test.param)); });

/// Codes around a few centres: near and equal ones, so that there are ties.
Bytes made_up_codes(std::size_t count, std::uint32_t seed) {
  std::mt19937 centres(1);
  std::array<Bytes, 5> centre;
  for (Bytes& bytes : centre) {
    bytes.resize(kCodeBytes);
    std::ranges::generate(bytes, [&] { return static_cast<std::uint8_t>(centres()); });
  }
  std::mt19937 random(seed);
  Bytes codes;
  for (std::size_t i = 0; i < count; ++i) {
    Bytes code = centre[random() % centre.size()];
    for (auto flips = random() % 50; flips > 0; --flips) {
      const auto bit = random() % kCodeBits;
      code[bit / 8] = static_cast<std::uint8_t>(code[bit / 8] ^ (1U << (bit % 8)));
    }
    codes.insert(codes.end(), code.begin(), code.end());
  }
  return codes;
}

Label count_of(const Bytes& codes) {
  return static_cast<Label>(codes.size() / kCodeBytes);
}

Found search(const faiss::IndexBinary& index, const Bytes& queries, Label k) {
  const auto results = static_cast<std::size_t>(count_of(queries) * k);
  std::vector<std::int32_t> distances(results);
  std::vector<Label> labels(results);
  index.search(count_of(queries), queries.data(), k, distances.data(), labels.data());
  Found found;
  for (std::size_t i = 0; i < results; ++i) found.emplace_back(distances[i], labels[i]);
  return found;
}

std::vector<Found> range_search(const faiss::IndexBinary& index, const Bytes& queries, int radius) {
  faiss::RangeSearchResult result(count_of(queries));
  index.range_search(count_of(queries), queries.data(), radius, &result);
  std::vector<Found> found(result.nq);
  for (std::size_t q = 0; q < found.size(); ++q) {
    for (std::size_t i = result.lims[q]; i < result.lims[q + 1]; ++i) {
      found[q].emplace_back(static_cast<int>(result.distances[i]), result.labels[i]);
    }
  }
  return found;
}

/// FAISS's own, whose counting search orders ties by label as ours does.
faiss::IndexBinaryFlat oracle(const Bytes& codes) {
  faiss::IndexBinaryFlat flat(kCodeBits);
  flat.use_heap = false;
  flat.add(count_of(codes), codes.data());
  return flat;
}

TEST_P(EachBlockedScanPath, FindsTheNearestThatFaissFinds) {
  const Bytes queries = made_up_codes(kQueries, 2);
  for (const std::size_t size : kSizes) {
    const Bytes codes = made_up_codes(size, 3);
    const auto index = make_blocked_binary_index(GetParam());
    index->add(count_of(codes), codes.data());
    const auto flat = oracle(codes);
    for (const Label k : {1, 5, 100, 600}) {
      EXPECT_EQ(search(*index, queries, k), search(flat, queries, k)) << size << " codes, k " << k;
    }
  }
}

TEST_P(EachBlockedScanPath, FindsWithinTheRadiusWhatFaissFinds) {
  const Bytes queries = made_up_codes(kQueries, 4);
  for (const std::size_t size : kSizes) {
    const Bytes codes = made_up_codes(size, 5);
    const auto index = make_blocked_binary_index(GetParam());
    index->add(count_of(codes), codes.data());
    const auto flat = oracle(codes);
    for (const int radius : {-1, 0, 1, 40, 60, 128, 256, 257}) {
      EXPECT_EQ(range_search(*index, queries, radius), range_search(flat, queries, radius))
          << size << " codes, radius " << radius;
    }
  }
}

TEST_P(EachBlockedScanPath, FindsTheSameInCodesThatItBorrows) {
  const Bytes codes = made_up_codes(1000, 6);
  const Bytes queries = made_up_codes(kQueries, 7);
  CodeBlocks blocks;
  blocks.append(codes);
  const auto index = make_blocked_binary_index(blocks.all(), GetParam());
  EXPECT_EQ(index->ntotal, 1000);
  EXPECT_EQ(search(*index, queries, 10), search(oracle(codes), queries, 10));
}

TEST(BlockedBinaryIndex, SharesManyCodesAndQueriesOutAmongThreads) {
  const Bytes codes = made_up_codes(70'001, 8);
  const Bytes queries = made_up_codes(300, 9);
  const auto index = make_blocked_binary_index();
  index->add(count_of(codes), codes.data());
  const auto flat = oracle(codes);
  EXPECT_EQ(search(*index, queries, 20), search(flat, queries, 20));
  EXPECT_EQ(range_search(*index, queries, 20), range_search(flat, queries, 20));
}

TEST(BlockedBinaryIndex, GoesOnAfterACodeAddedInTheMiddleOfABlock) {
  const Bytes codes = made_up_codes(30, 10);
  const auto index = make_blocked_binary_index();
  index->add(3, codes.data());
  index->add(27, codes.data() + 3 * kCodeBytes);
  EXPECT_EQ(search(*index, codes, 3), search(oracle(codes), codes, 3));
}

TEST(BlockedBinaryIndex, GivesBackTheCodesThatWereAdded) {
  const Bytes codes = made_up_codes(20, 11);
  const auto index = make_blocked_binary_index();
  index->add(count_of(codes), codes.data());
  Bytes all(codes.size());
  index->reconstruct_n(0, 20, all.data());
  EXPECT_EQ(all, codes);
  EXPECT_THROW(index->reconstruct(20, all.data()), faiss::FaissException);
  EXPECT_THROW(index->reconstruct(-1, all.data()), faiss::FaissException);
}

TEST(BlockedBinaryIndex, IsEmptyAfterAReset) {
  const Bytes codes = made_up_codes(20, 12);
  const auto index = make_blocked_binary_index();
  index->add(count_of(codes), codes.data());
  index->reset();
  EXPECT_EQ(index->ntotal, 0);
  EXPECT_EQ(search(*index, codes, 1).front().second, -1);
}

TEST(BlockedBinaryIndex, RefusesToChangeCodesThatItBorrows) {
  const Bytes codes = made_up_codes(1, 13);
  CodeBlocks blocks;
  blocks.append(codes);
  const auto index = make_blocked_binary_index(blocks.all());
  EXPECT_THROW(index->add(1, codes.data()), faiss::FaissException);
  EXPECT_THROW(index->reset(), faiss::FaissException);
}

}  // namespace
}  // namespace reelprint::index
