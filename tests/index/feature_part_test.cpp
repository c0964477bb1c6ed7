#include "index/feature_part.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "core/error.h"
#include "feature_synthetic.h"
#include "index/feature_index.h"

namespace reelprint::index {
namespace {

constexpr SegmentKind kKind{FeaturePart::kContent, kAlgorithm};
constexpr std::size_t kAlways = 0;
constexpr std::size_t kNever = ~std::size_t{0};

std::vector<FeatureTrack> tracks_of_seed(std::uint64_t seed) {
  std::vector<FeatureTrack> tracks;
  for (const LocalFeature& feature : test::made_up_features(90, seed)) {
    const auto number = static_cast<std::uint32_t>(tracks.size());
    tracks.push_back({feature.descriptor, number / 7 * 3, static_cast<std::uint8_t>(1 + number % 5)});
  }
  return tracks;
}

Segment<FeaturePart> as_segment(FeaturePart part) {
  return {std::make_shared<const FeaturePart>(std::move(part)), nullptr, 0, 0};
}

std::vector<Segment<FeaturePart>> some_segments(bool is_listed) {
  std::vector<Segment<FeaturePart>> segments;
  for (const std::int64_t id : {5, 1, 9, 3}) {
    const auto tracks =
        id == 9 ? std::vector<FeatureTrack>{} : tracks_of_seed(static_cast<std::uint64_t>(id));
    segments.push_back(as_segment(FeaturePart::of({id}, tracks, kAlgorithm, is_listed)));
  }
  return segments;
}

FeaturePart merged(std::span<const Segment<FeaturePart>> segments, std::size_t listed_from) {
  SegmentWriter out(kKind);
  FeaturePart::write_merged(segments, out, listed_from);
  return FeaturePart(out.finish());
}

using Content = std::map<std::int64_t, std::vector<FeatureTrack>>;

/// The tracks of each reference, sorted.
Content content_of(const FeaturePart& part) {
  Content content;
  for (const FeatureRecord& record : part.records()) content[record.reference.value] = {};
  for (std::size_t i = 0; i < part.rows(); ++i) {
    const auto row = part.row(i);
    content[part.reference(row->slot).value].push_back({part.codes()[i], row->detail, row->length});
  }
  for (auto& [id, tracks] : content)
    std::ranges::sort(tracks, {}, [](const FeatureTrack& t) { return std::pair(t.detail, t.descriptor); });
  return content;
}

Content expected_content() {
  Content content;
  for (const std::int64_t id : {1, 3, 5, 9}) {
    content[id] = id == 9 ? std::vector<FeatureTrack>{} : tracks_of_seed(static_cast<std::uint64_t>(id));
    std::ranges::sort(content[id], {},
                      [](const FeatureTrack& t) { return std::pair(t.detail, t.descriptor); });
  }
  return content;
}

TEST(FeaturePart, HoldsItsTracksListedOrNot) {
  for (const bool is_listed : {false, true}) {
    for (const std::size_t listed_from : {kAlways, kNever}) {
      const FeaturePart part = merged(some_segments(is_listed), listed_from);
      EXPECT_EQ(part.is_listed(), is_listed || listed_from == kAlways);
      EXPECT_EQ(content_of(part), expected_content());
    }
  }
}

TEST(FeaturePart, HasTheSameBytesFromWhateverItWasMerged) {
  const FeaturePart at_once = merged(some_segments(true), kAlways);
  for (const bool is_listed : {false, true}) {
    const auto segments = some_segments(is_listed);
    const std::vector<Segment<FeaturePart>> halves = {
        as_segment(merged(std::span(segments).first(2), kNever)),
        as_segment(merged(std::span(segments).last(2), kAlways))};
    EXPECT_TRUE(std::ranges::equal(merged(halves, kAlways).image().bytes(), at_once.image().bytes()));
  }
}

TEST(FeaturePart, DropsWhatIsDeadWhenMerged) {
  auto segments = some_segments(true);
  segments[0].dead = std::make_shared<const DeadSlots>(1, true);
  segments[0].dead_count = 1;
  Content expected = expected_content();
  expected.erase(5);
  EXPECT_EQ(content_of(merged(segments, kAlways)), expected);
}

TEST(FeaturePart, TakesThirtySevenBytesATrack) {
  std::vector<FeatureTrack> tracks;
  for (const LocalFeature& feature : test::made_up_features(20'000, 1))
    tracks.push_back({feature.descriptor, static_cast<std::uint32_t>(tracks.size() / 30), 1});
  const FeaturePart part = FeaturePart::of({1}, tracks, kAlgorithm, false);
  EXPECT_LE(part.image().size(), tracks.size() * 37 + 512);
}

TEST(FeaturePart, RefusesMoreDetailsThanARowCanName) {
  const std::vector<FeatureTrack> tracks{{{}, 1U << 22, 1}};
  EXPECT_THROW((void)FeaturePart::of({1}, tracks, kAlgorithm, false), Error);
}

TEST(FeaturePart, SaysWhenItsSectionsContradictEachOther) {
  const FeaturePart part = merged(some_segments(true), kAlways);
  for (const std::size_t left_out : {0, 1, 2, 3, 4}) {
    SegmentWriter forged(kKind);
    const std::array tags = {section_tag("RECS"), section_tag("ENDS"), section_tag("DETL"),
                             section_tag("LENG"), section_tag("CODE")};
    for (std::size_t i = 0; i < tags.size(); ++i) {
      if (i == left_out) continue;
      forged.begin(tags[i]);
      forged.put(part.image().section(tags[i]));
    }
    EXPECT_THROW(FeaturePart{forged.finish()}, Error) << left_out;
  }
}

TEST(FeaturePart, SurvivesRowsOfNoReference) {
  const FeaturePart part = merged(some_segments(true), kAlways);
  SegmentWriter forged(kKind);
  for (const SectionTag tag :
       {section_tag("RECS"), section_tag("ENDS"), section_tag("LENG"), section_tag("CODE")}) {
    forged.begin(tag);
    forged.put(part.image().section(tag));
  }
  forged.begin(section_tag("DETL"));
  const std::vector<std::uint32_t> nowhere(part.rows(), 0xFFFFFFF0);
  forged.put_items(std::span<const std::uint32_t>(nowhere));
  Segments<FeaturePart> segments;
  segments.take_over(as_segment(FeaturePart(forged.finish())));
  FeatureIndex index;
  index.adopt(segments);
  const auto found = index.search(test::made_up_features(10, 5), {256, 50});
  EXPECT_TRUE(std::ranges::all_of(found, [](const auto& of_query) { return of_query.empty(); }));
  EXPECT_THROW((void)merged(segments.all(), kAlways), Error);
}

/// Small parts, large ones, listed or not: the same answers.
TEST(FeaturePart, AnswersTheSameHoweverRowsAreSpread) {
  const auto unlisted = some_segments(false);
  const auto listed = some_segments(true);
  const std::vector<std::vector<Segment<FeaturePart>>> spreads = {
      unlisted,
      listed,
      {as_segment(merged(unlisted, kAlways))},
      {as_segment(merged(unlisted, kNever))},
      {unlisted[0], listed[1], as_segment(merged(std::span(listed).last(2), kAlways))}};
  const auto queries = test::copies_of(test::made_up_features(90, 3), 40);
  for (const std::size_t exhaustive_below : {std::size_t{0}, std::size_t{1'000'000}}) {
    std::vector<std::vector<FeatureNeighbour>> expected;
    for (const auto& spread : spreads) {
      Segments<FeaturePart> segments;
      for (const auto& segment : spread) segments.take_over(segment);
      FeatureIndex index({.exhaustive_below = exhaustive_below});
      index.adopt(segments);
      EXPECT_EQ(index.size(), 270U);
      const auto found = index.search(queries, {.radius = 90, .most_per_query = 20, .probes = 64});
      if (expected.empty()) expected = found;
      EXPECT_EQ(found, expected);
    }
    EXPECT_TRUE(std::ranges::any_of(expected, [](const auto& of_query) { return !of_query.empty(); }));
  }
}

}  // namespace
}  // namespace reelprint::index
