#include "index/segments.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "index/frame_part.h"
#include "synthetic.h"

namespace reelprint::index {
namespace {

using test::Random;
using test::to_reference;
using test::video;

FramePart part_of(std::int64_t id, std::uint64_t seed) {
  return FramePart::of(to_reference(id, id, id, video(seed, 5)), kAlgorithm);
}

/// What a reference looks like now; the seed that its video was made with.
std::map<std::int64_t, IndexedReference> content_of(const Segments<FramePart>& segments) {
  std::map<std::int64_t, IndexedReference> content;
  for (const ReferenceId id : segments.reference_ids()) {
    const auto place = segments.find(id);
    content[id.value] = segments.all()[place->segment].part->load(place->slot);
  }
  return content;
}

/// Merges some segments as save() does.
FramePart merger_of(const Segments<FramePart>& segments, std::span<const Segment<FramePart>> merged) {
  SegmentWriter out(segments.kind());
  FramePart::write_merged(merged, out);
  return FramePart(out.finish());
}

TEST(Segments, HoldWhatWasAddedAndNotRemoved) {
  Random random(1);
  Segments<FramePart> segments;
  std::map<std::int64_t, IndexedReference> expected;
  for (int round = 0; round < 300; ++round) {
    const auto id = static_cast<std::int64_t>(1 + random() % 20);
    if (random() % 4 == 0) {
      EXPECT_EQ(segments.remove({id}), expected.erase(id) == 1);
    } else {
      const std::uint64_t seed = random();
      segments.add(part_of(id, seed));
      expected[id] = to_reference(id, id, id, video(seed, 5));
    }
    if (random() % 10 == 0 && !segments.all().empty()) {
      const std::vector<Segment<FramePart>> all(segments.all().begin(), segments.all().end());
      ASSERT_TRUE(segments.replace(all, merger_of(segments, all), 1 + random() % 5));
    }
    ASSERT_EQ(content_of(segments), expected) << "round " << round;
    ASSERT_EQ(segments.references(), expected.size());
  }
}

TEST(Segments, AreASnapshotWhenCopied) {
  Segments<FramePart> segments;
  segments.add(part_of(1, 1));
  const Segments<FramePart> before = segments;
  segments.remove({1});
  segments.add(part_of(2, 2));
  EXPECT_EQ(before.reference_ids(), std::vector{ReferenceId{1}});
  EXPECT_EQ(segments.reference_ids(), std::vector{ReferenceId{2}});
}

TEST(Segments, StayFewWhileReferencesCome) {
  Segments<FramePart> segments;
  for (std::int64_t id = 1; id <= 200; ++id) segments.add(part_of(id, static_cast<std::uint64_t>(id)));
  EXPECT_LE(segments.all().size(), 8U);
}

TEST(Segments, HaveTheSameBytesWhateverCameFirst) {
  Segments<FramePart> forwards;
  Segments<FramePart> backwards;
  for (std::int64_t id = 1; id <= 9; ++id) forwards.add(part_of(id, static_cast<std::uint64_t>(id)));
  for (std::int64_t id = 9; id >= 1; --id) backwards.add(part_of(id, static_cast<std::uint64_t>(id)));
  backwards.remove({4});
  backwards.add(part_of(4, 4));
  const FramePart a = merger_of(forwards, forwards.all());
  const FramePart b = merger_of(backwards, backwards.all());
  EXPECT_EQ(std::vector(a.image().bytes().begin(), a.image().bytes().end()),
            std::vector(b.image().bytes().begin(), b.image().bytes().end()));
}

TEST(Segments, ForgetInTheMergerWhatWasRemovedMeanwhile) {
  Segments<FramePart> segments;
  for (std::uint64_t id = 1; id <= 3; ++id) segments.add(part_of(static_cast<std::int64_t>(id), id), id);
  const std::vector<Segment<FramePart>> merged(segments.all().begin(), segments.all().end());
  FramePart merger = merger_of(segments, merged);
  segments.remove({2});
  segments.add(part_of(3, 33));  // replaced meanwhile
  ASSERT_TRUE(segments.replace(merged, std::move(merger), 4));
  EXPECT_EQ(segments.reference_ids(), (std::vector{ReferenceId{1}, ReferenceId{3}}));
  EXPECT_EQ(content_of(segments)[3], to_reference(3, 3, 3, video(33, 5)));
}

TEST(Segments, LeaveAMergerOutWhenItsSegmentsAreGone) {
  Segments<FramePart> segments;
  segments.add(part_of(1, 1));
  const std::vector<Segment<FramePart>> merged(segments.all().begin(), segments.all().end());
  FramePart merger = merger_of(segments, merged);
  segments.remove({1});
  EXPECT_FALSE(segments.replace(merged, std::move(merger), 1));
  EXPECT_EQ(segments.references(), 0U);
}

TEST(Segments, AskToBeMergedWhileTheyAreInMemoryOrOfASize) {
  Segments<FramePart> segments;
  constexpr std::size_t kNoLimit = std::size_t{1} << 40;
  EXPECT_TRUE(segments.due(kNoLimit).empty());
  segments.add(part_of(1, 1));
  EXPECT_EQ(segments.due(kNoLimit).size(), 1U) << "it is in memory only";
  Segments<FramePart> on_disk;
  on_disk.add(part_of(1, 1), 1);
  EXPECT_TRUE(on_disk.due(kNoLimit).empty());
  on_disk.add(part_of(2, 2), 2);
  EXPECT_EQ(on_disk.due(kNoLimit).size(), 2U);
  EXPECT_TRUE(on_disk.due(1).empty()) << "their merger would be too large";
  on_disk.remove({2});
  EXPECT_EQ(on_disk.due(1), std::vector<std::size_t>{1}) << "half of it is dead";
  EXPECT_EQ(on_disk.with_dead(), std::vector<std::size_t>{1});
}

TEST(Segments, TakeOverWhatIsNotThereYet) {
  Segments<FramePart> mine;
  mine.add(part_of(1, 1));
  Segments<FramePart> theirs;
  theirs.add(part_of(1, 11), 1);
  for (const auto& segment : mine.all()) theirs.take_over(segment);
  EXPECT_EQ(theirs.all().size(), 1U);
  mine.add(part_of(2, 2));
  for (const auto& segment : mine.all()) theirs.take_over(segment);
  EXPECT_EQ(theirs.reference_ids(), (std::vector{ReferenceId{1}, ReferenceId{2}}));
  EXPECT_EQ(content_of(theirs)[1], to_reference(1, 1, 1, video(11, 5)));
}

}  // namespace
}  // namespace reelprint::index
