#include "index/frame_part.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

#include "core/error.h"
#include "index/frame_codebook.h"
#include "index/frame_index.h"
#include "index/frame_probe.h"
#include "synthetic.h"

namespace reelprint::index {
namespace {

using test::flipped;
using test::Random;
using test::to_reference;
using test::video;

constexpr SegmentKind kKind{FramePart::kContent, kAlgorithm};
constexpr std::size_t kAlways = 0;
constexpr std::size_t kNever = ~std::size_t{0};

Segment<FramePart> segment_of(std::int64_t id, std::uint64_t seed) {
  Fingerprint print = video(seed, 20);
  print.keyframes[2].hash.quality = 20;
  print.details = {{0, {}}, {3, {}}, {39, {}}};
  return {std::make_shared<const FramePart>(FramePart::of(to_reference(id, id, id, print), kAlgorithm)),
          nullptr, 0, 0};
}

std::vector<Segment<FramePart>> some_segments() {
  std::vector<Segment<FramePart>> segments;
  for (std::uint64_t seed : {5, 1, 9, 3})
    segments.push_back(segment_of(static_cast<std::int64_t>(seed), seed));
  return segments;
}

FramePart merged(std::span<const Segment<FramePart>> segments, std::size_t listed_from) {
  SegmentWriter out(kKind);
  FramePart::write_merged(segments, out, listed_from);
  return FramePart(out.finish());
}

Segment<FramePart> as_segment(FramePart part) {
  return {std::make_shared<const FramePart>(std::move(part)), nullptr, 0, 0};
}

TEST(FramePart, HoldsItsReferencesInOrderListedOrNot) {
  const auto segments = some_segments();
  for (const std::size_t listed_from : {kAlways, kNever}) {
    const FramePart part = merged(segments, listed_from);
    EXPECT_EQ(part.is_listed(), listed_from == kAlways);
    ASSERT_EQ(part.references(), 4U);
    for (const auto& segment : segments) {
      const IndexedReference expected = segment.part->load(0);
      const auto slot = std::ranges::find(part.records(), expected.reference, &FrameRecord::reference);
      EXPECT_EQ(part.load(static_cast<std::size_t>(slot - part.records().begin())), expected);
    }
    EXPECT_EQ(part.reference(0), ReferenceId{1});
    EXPECT_EQ(part.reference(3), ReferenceId{9});
  }
}

TEST(FramePart, HasTheSameBytesFromWhateverItWasMerged) {
  const auto segments = some_segments();
  for (const std::size_t listed_from : {kAlways, kNever}) {
    const FramePart at_once = merged(segments, listed_from);
    for (const std::size_t before : {kAlways, kNever}) {
      const std::vector<Segment<FramePart>> halves = {
          as_segment(merged(std::span(segments).first(2), before)),
          as_segment(merged(std::span(segments).last(2), listed_from))};
      const FramePart part = merged(halves, listed_from);
      EXPECT_TRUE(std::ranges::equal(part.image().bytes(), at_once.image().bytes()));
    }
  }
}

TEST(FramePart, KeepsToItsSizeForEachKeyframe) {
  std::vector<IndexedReference> references;
  for (std::int64_t id = 1; id <= 200; ++id)
    references.push_back(to_reference(id, id, id, video(static_cast<std::uint64_t>(id), 90)));
  SegmentWriter out(kKind);
  FramePart::write(references, out);
  const FramePart part(out.finish());
  const auto rows = static_cast<double>(part.codes().size());
  EXPECT_LE(static_cast<double>(part.image().size()) / rows, 38);
  const std::vector<Segment<FramePart>> segments{as_segment(part)};
  const auto listed = static_cast<double>(merged(segments, kAlways).image().size());
  const double lists = 4.0 * FrameCodebook::kWords;  // once, however many rows
  EXPECT_LE((listed - lists) / rows, 44);
}

TEST(FramePart, SaysWhenItsSectionsContradictEachOther) {
  const FramePart part = merged(some_segments(), kNever);
  SegmentWriter forged(kKind);
  forged.begin(section_tag("RECS"));
  forged.put_items(part.records());
  forged.begin(section_tag("CODE"));
  forged.put_items(std::span(part.codes().blocks(), 1));
  EXPECT_THROW(FramePart{forged.finish()}, Error);

  std::vector<FrameRecord> records(part.records().begin(), part.records().end());
  std::swap(records[0].reference, records[1].reference);
  SegmentWriter swapped(kKind);
  swapped.begin(section_tag("RECS"));
  swapped.put_items(std::span<const FrameRecord>(records));
  EXPECT_THROW(FramePart{swapped.finish()}, Error);
}

TEST(FramePart, SurvivesRowsAndTimesThatMakeNoSense) {
  const FramePart part = merged(some_segments(), kAlways);
  const std::size_t rows = part.codes().size();
  SegmentWriter forged(kKind);
  forged.begin(section_tag("RECS"));
  forged.put_items(part.records());
  forged.begin(section_tag("TIME"));
  const std::vector<std::byte> times(part.image().section(section_tag("TIME")).size(), std::byte{0xFF});
  forged.put(times);
  forged.begin(section_tag("CODE"));
  forged.put(part.image().section(section_tag("CODE")));
  forged.begin(section_tag("ENDS"));
  forged.put(part.image().section(section_tag("ENDS")));
  forged.begin(section_tag("ROWS"));
  const std::vector<std::uint32_t> nowhere(rows, 0xFFFFFFFF);
  forged.put_items(std::span<const std::uint32_t>(nowhere));
  forged.begin(section_tag("HOME"));
  forged.put(part.image().section(section_tag("HOME")));
  const std::vector<Segment<FramePart>> segments{as_segment(FramePart(forged.finish()))};
  EXPECT_THROW((void)segments[0].part->load(0), Error);
  const FrameHash query = some_segments()[0].part->load(0).keyframes[0].hash;
  EXPECT_TRUE(scan_frames(segments, std::span(&query, 1), {256}).empty());
  EXPECT_TRUE(probe_frames(segments, std::span(&query, 1), {256}, FrameCodebook::kWords).empty());
}

/// What was found, without where it lies.
using Found = std::tuple<std::int64_t, std::size_t, int>;
std::vector<Found> listed(const std::vector<FrameNeighbour>& neighbours) {
  std::vector<Found> found;
  for (const FrameNeighbour& n : neighbours)
    found.emplace_back(n.reference->reference.value, n.keyframe, n.distance);
  return found;
}

std::vector<FrameHash> queries_near(const std::vector<Segment<FramePart>>& segments) {
  Random random(3);
  std::vector<FrameHash> queries;
  for (const auto& segment : segments) {
    for (const std::size_t keyframe : {4, 17, 30}) {
      const FrameHash hash = segment.part->load(0).keyframes[keyframe].hash;
      queries.push_back(flipped(hash, 20, random));
      queries.push_back(mirrored(flipped(hash, 30, random)));
    }
  }
  return queries;
}

TEST(ProbedFrames, AreTheSameHoweverRowsAreSpread) {
  const auto segments = some_segments();
  const auto queries = queries_near(segments);
  std::vector<std::vector<Segment<FramePart>>> spreads = {
      segments,
      {as_segment(merged(segments, kAlways))},
      {as_segment(merged(segments, kNever))},
      {as_segment(merged(std::span(segments).first(3), kAlways)), segments[3]}};
  for (const std::size_t probes : {std::size_t{1}, std::size_t{2000}, FrameCodebook::kWords}) {
    std::vector<std::vector<Found>> expected;
    for (const auto& spread : spreads) {
      FrameIndex index({.threads = 2, .exhaustive_up_to = 0, .probes = probes});
      Segments<FramePart> arranged;
      for (const auto& segment : spread) arranged.take_over(segment);
      index.adopt(arranged);
      std::vector<std::vector<Found>> found;
      for (const MirrorNeighbours& neighbours : index.search_mirrored(queries, 84)) {
        found.push_back(listed(neighbours.plain));
        found.push_back(listed(neighbours.mirrored));
      }
      if (expected.empty()) expected = found;
      EXPECT_EQ(found, expected) << probes;
    }
  }
}

TEST(ProbedFrames, AreAllThereAreWhenAllListsAreProbed) {
  const auto segments = some_segments();
  const auto queries = queries_near(segments);
  Segments<FramePart> arranged;
  arranged.take_over(as_segment(merged(segments, kAlways)));
  FrameIndex probed({.exhaustive_up_to = 0, .probes = FrameCodebook::kWords});
  FrameIndex exhaustive;
  probed.adopt(arranged);
  exhaustive.adopt(arranged);
  const auto found = probed.search(queries, 100);
  const auto expected = exhaustive.search(queries, 100);
  for (std::size_t q = 0; q < queries.size(); ++q) {
    EXPECT_FALSE(expected[q].empty() && q % 2 == 0);
    EXPECT_EQ(listed(found[q]), listed(expected[q]));
  }
}

TEST(ProbedFrames, LeaveOutWhatWasRemoved) {
  const auto segments = some_segments();
  Segments<FramePart> arranged;
  arranged.take_over(as_segment(merged(segments, kAlways)));
  FrameIndex index({.exhaustive_up_to = 0, .probes = FrameCodebook::kWords});
  index.adopt(arranged);
  const FrameHash hash = index.find({5})->keyframes[4].hash;
  EXPECT_EQ(index.search(std::span(&hash, 1), 0)[0].size(), 1U);
  index.remove({5});
  EXPECT_TRUE(index.search(std::span(&hash, 1), 0)[0].empty());
}

}  // namespace
}  // namespace reelprint::index
