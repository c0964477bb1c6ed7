#include "index/frame_probe.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "index/frame_codebook.h"
#include "index/segment_writer.h"
#include "synthetic.h"

namespace reelprint::index {
namespace {

using test::flipped;
using test::Random;
using test::to_reference;
using test::video;

constexpr int kRadius = 60;
constexpr std::size_t kSomeProbes = 2048;

/// Query, reference, keyframe, distance, whether mirrored.
using Found = std::tuple<std::uint32_t, std::int64_t, std::uint32_t, int, bool>;

std::set<Found> found(std::span<const Segment<FramePart>> segments, const std::vector<FrameHit>& hits) {
  std::set<Found> all;
  for (const FrameHit& hit : hits) {
    all.emplace(hit.query, segments[hit.segment].part->reference(hit.slot).value, hit.keyframe, hit.distance,
                hit.is_mirrored);
  }
  EXPECT_EQ(all.size(), hits.size());
  return all;
}

/// References 1 to 12, the first of which is removed, in segments of four.
std::vector<Segment<FramePart>> some_segments() {
  std::vector<Segment<FramePart>> segments;
  for (std::int64_t first = 1; first <= 9; first += 4) {
    std::vector<IndexedReference> references;
    for (std::int64_t id = first; id < first + 4; ++id)
      references.push_back(to_reference(id, id, id, video(static_cast<std::uint64_t>(id), 60)));
    SegmentWriter out({FramePart::kContent, kAlgorithm});
    FramePart::write(references, out);
    segments.push_back({std::make_shared<const FramePart>(out.finish()), nullptr, 0, 0});
  }
  segments[0].dead = std::make_shared<const DeadSlots>(DeadSlots{true, false, false, false});
  segments[0].dead_count = 1;
  return segments;
}

Segment<FramePart> merger_of(std::span<const Segment<FramePart>> segments) {
  SegmentWriter out({FramePart::kContent, kAlgorithm});
  FramePart::write_merged(segments, out, 1);
  return {std::make_shared<const FramePart>(out.finish()), nullptr, 0, 0};
}

/// Copies of pictures of all references, each second one mirrored.
std::vector<FrameHash> some_queries() {
  Random random(3);
  std::vector<FrameHash> queries;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    for (const Keyframe& keyframe : video(seed, 60).keyframes) {
      const FrameHash copy = flipped(keyframe.hash, static_cast<int>(random() % 70), random);
      queries.push_back(queries.size() % 2 == 0 ? copy : mirrored(copy));
    }
  }
  return queries;
}

TEST(FrameProbe, FindsAllThatAScanFindsWhereItLooksIntoEveryList) {
  const auto segments = some_segments();
  const std::vector listed{merger_of(segments)};
  auto queries = some_queries();
  queries.erase(queries.begin(), queries.end() - 8);
  for (const bool mirrored_too : {false, true}) {
    const FrameScan scan{kRadius, mirrored_too};
    const auto expected = found(segments, scan_frames(segments, queries, scan));
    ASSERT_FALSE(expected.empty());
    EXPECT_EQ(found(listed, probe_frames(listed, queries, scan, FrameCodebook::kWords)), expected);
  }
}

TEST(FrameProbe, FindsTheSameRowsHoweverTheyAreSpreadOverSegments) {
  const auto segments = some_segments();
  const std::vector listed{merger_of(segments)};
  const std::vector mixed{merger_of(std::span(segments).last(2)), segments[0]};
  const auto queries = some_queries();
  const FrameScan scan{kRadius, true};
  const auto expected = found(segments, probe_frames(segments, queries, scan, kSomeProbes));
  EXPECT_EQ(found(listed, probe_frames(listed, queries, scan, kSomeProbes)), expected);
  EXPECT_EQ(found(mixed, probe_frames(mixed, queries, scan, kSomeProbes)), expected);
}

TEST(FrameProbe, FindsNothingThatAScanDoesNot) {
  const auto segments = some_segments();
  const std::vector listed{merger_of(segments)};
  const auto queries = some_queries();
  const FrameScan scan{kRadius, true};
  const auto all = found(listed, scan_frames(listed, queries, scan));
  const auto some = found(listed, probe_frames(listed, queries, scan, kSomeProbes));
  EXPECT_TRUE(std::ranges::includes(all, some));
  EXPECT_LT(some.size(), all.size());
  EXPECT_GT(10 * some.size(), 5 * all.size());
}

TEST(FrameProbe, FindsTheSameWithSeveralThreads) {
  const std::vector listed{merger_of(some_segments())};
  const auto queries = some_queries();
  FrameScan scan{kRadius, true};
  const auto expected = found(listed, probe_frames(listed, queries, scan, kSomeProbes));
  scan.threads = 3;
  EXPECT_EQ(found(listed, probe_frames(listed, queries, scan, kSomeProbes)), expected);
}

TEST(FrameProbe, FindsNothingWithoutQueriesListsOrRadius) {
  const std::vector listed{merger_of(some_segments())};
  const auto queries = some_queries();
  EXPECT_TRUE(probe_frames(listed, {}, {kRadius, true}, kSomeProbes).empty());
  EXPECT_TRUE(probe_frames(listed, queries, {kRadius, true}, 0).empty());
  EXPECT_TRUE(probe_frames(listed, queries, {-1, true}, kSomeProbes).empty());
  EXPECT_TRUE(probe_frames({}, queries, {kRadius, true}, kSomeProbes).empty());
}

}  // namespace
}  // namespace reelprint::index
