#include "index/frame_codebook.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <span>
#include <vector>

#include "core/frame_hash.h"
#include "core/split_mix.h"

namespace reelprint::index {
namespace {

std::vector<Code> made_hashes(std::size_t count, std::uint64_t seed) {
  SplitMix random(seed);
  std::vector<Code> hashes(count);
  for (Code& hash : hashes) std::ranges::generate(hash, [&] { return random.next(); });
  return hashes;
}

Code mirror_image(const Code& hash) {
  return reelprint::mirrored(FrameHash{hash, 100}).words;
}

Code with_bits_flipped(Code hash, int count, SplitMix& random) {
  for (int i = 0; i < count; ++i) {
    const std::uint64_t bit = random.next() % kCodeBits;
    hash[bit / 64] ^= std::uint64_t{1} << (bit % 64);
  }
  return hash;
}

TEST(FrameCodebook, NeverChanges) {
  // Lists that were written to disk would not be found again.
  const FrameCodebook codebook;
  std::vector<std::uint32_t> nearest;
  for (const Code& hash : made_hashes(4, 10)) nearest.push_back(codebook.nearest(hash));
  EXPECT_EQ(nearest, (std::vector<std::uint32_t>{55905, 150356, 157006, 66821}));
}

TEST(FrameCodebook, GivesTheNearestFirstAndTheSameOnesAmongMore) {
  const FrameCodebook codebook;
  for (const Code& hash : made_hashes(20, 11)) {
    const auto few = codebook.nearest(hash, 5);
    const auto more = codebook.nearest(hash, 5000);
    EXPECT_EQ(few.front(), codebook.nearest(hash));
    EXPECT_TRUE(std::ranges::equal(few, std::span(more).first(5)));
  }
}

TEST(FrameCodebook, GivesEveryWordOnceWhenAskedForAllAndNoneForNone) {
  const FrameCodebook codebook;
  const auto all = codebook.nearest(Code{}, FrameCodebook::kWords + 1);
  EXPECT_EQ(all.size(), FrameCodebook::kWords);
  EXPECT_EQ(std::set(all.begin(), all.end()).size(), FrameCodebook::kWords);
  EXPECT_EQ(*std::ranges::max_element(all), FrameCodebook::kWords - 1);
  EXPECT_TRUE(codebook.nearest(Code{}, 0).empty());
}

TEST(FrameCodebook, MirroredWordsAreAsNearToTheMirrorImage) {
  const FrameCodebook codebook;
  for (const Code& hash : made_hashes(20, 12)) {
    // More are asked for than compared: of equally near ones the mirror image may be given others.
    std::set<std::uint32_t> mirrored;
    for (const std::uint32_t word : codebook.nearest(hash, 1000))
      mirrored.insert(FrameCodebook::mirrored(word));
    const auto nearest = codebook.nearest(mirror_image(hash), 4000);
    const std::set<std::uint32_t> of_mirror_image(nearest.begin(), nearest.end());
    EXPECT_TRUE(std::ranges::includes(of_mirror_image, mirrored));
  }
}

TEST(FrameCodebook, DependsOnTheLowestFrequenciesAlone) {
  const FrameCodebook codebook;
  for (Code hash : made_hashes(20, 13)) {
    const std::uint32_t word = codebook.nearest(hash);
    hash[0] ^= 0xff00'ff00'ff00'ff00U;
    hash[1] ^= 0xff00'ff00'ff00'ff00U;
    hash[2] = hash[3] = 0;
    EXPECT_EQ(codebook.nearest(hash), word);
  }
}

TEST(FrameCodebook, FindsMostCopiesInAThirtySecondOfTheLists) {
  const FrameCodebook codebook;
  SplitMix random(15);
  int found = 0;
  for (const Code& hash : made_hashes(200, 14)) {
    const auto probed = codebook.nearest(with_bits_flipped(hash, 32, random), FrameCodebook::kWords / 32);
    if (std::ranges::find(probed, codebook.nearest(hash)) != probed.end()) ++found;
  }
  EXPECT_GE(found, 190);
}

TEST(FrameCodebook, SpreadsUnrelatedHashesEvenlyEnoughToScanWhatItSays) {
  const FrameCodebook codebook;
  const auto queries = made_hashes(50, 16);
  const auto catalog = made_hashes(2000, 17);
  std::vector<std::uint32_t> lists;
  for (const Code& hash : catalog) lists.push_back(codebook.nearest(hash));
  std::ptrdiff_t scanned = 0;
  for (const Code& query : queries) {
    auto probed = codebook.nearest(query, FrameCodebook::kWords / 32);
    std::ranges::sort(probed);
    scanned += std::ranges::count_if(
        lists, [&](std::uint32_t list) { return std::ranges::binary_search(probed, list); });
  }
  const double share = static_cast<double>(scanned) / static_cast<double>(queries.size() * catalog.size());
  EXPECT_NEAR(share, 1.0 / 32, 0.2 / 32);
}

}  // namespace
}  // namespace reelprint::index
