#include "index/sound_part.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>
#include <utility>

#include "core/error.h"
#include "index/sound_index.h"
#include "sound_synthetic.h"

namespace reelprint::index {
namespace {

using test::all_of;
using test::made_up_sound;
using test::merged_sound;

constexpr std::array kSections = {section_tag("RECS"), section_tag("OWNR"), section_tag("ITEM"),
                                  section_tag("KEYS"), section_tag("BUCK"), section_tag("PLAC")};
using Sections = std::array<std::vector<std::byte>, kSections.size()>;

SoundPart part_of(std::int64_t id, const AudioPrint& print) {
  return SoundPart::of({id}, {id}, print, kAlgorithm);
}

AudioPrint print_of(std::int64_t id) {
  AudioPrint print = made_up_sound(static_cast<std::uint64_t>(id), static_cast<std::size_t>(id * 37 % 300));
  print.begin = {id * 1000};
  return print;
}

/// References 1 to `count`, each in a segment of its own.
Segments<SoundPart> separate(std::int64_t count) {
  Segments<SoundPart> segments;
  for (std::int64_t id = 1; id <= count; ++id)
    segments.add(part_of(id, print_of(id)), static_cast<std::uint64_t>(id));
  return segments;
}

Sections sections_of(const SoundPart& part) {
  Sections sections;
  for (std::size_t i = 0; i < kSections.size(); ++i) {
    const auto bytes = part.image().section(kSections[i]);
    sections[i] = {bytes.begin(), bytes.end()};
  }
  return sections;
}

/// With checksums that are right, whatever the sections say.
SegmentImage image_of(const Sections& sections) {
  SegmentWriter out({SoundPart::kContent, kAlgorithm});
  for (std::size_t i = 0; i < kSections.size(); ++i) {
    out.begin(kSections[i]);
    out.put(sections[i]);
  }
  return out.finish();
}

/// Each key in order and with the place of an item that has it; so every item is in it, for there are as
/// many.
void expect_whole(const SoundPart& part) {
  std::vector<bool> is_met(part.keys().size());
  for (std::size_t at = 0; at < part.keys().size(); ++at) {
    const std::uint32_t key = part.keys()[at];
    const auto range = part.bucket_of(key);
    ASSERT_TRUE(range.begin <= at && at < range.end) << at;
    const auto place = part.place(at);
    ASSERT_TRUE(place.has_value()) << at;
    ASSERT_EQ(sound_key_of(part.items_of(place->slot)[place->position]), key) << at;
    const std::size_t item = part.records()[place->slot].first + place->position;
    ASSERT_FALSE(is_met[item]) << at;
    is_met[item] = true;
    if (at > 0) {
      ASSERT_LT(std::pair(part.keys()[at - 1], part.places()[at - 1]), std::pair(key, part.places()[at]));
    }
  }
}

void expect_reference(const SoundPart& part, std::size_t slot, std::int64_t id, const AudioPrint& print) {
  const SoundRecord& record = part.records()[slot];
  EXPECT_EQ(record.reference, ReferenceId{id});
  EXPECT_EQ(record.series, SeriesId{id});
  EXPECT_TRUE(std::ranges::equal(part.items_of(slot), print.items));
  if (print.items.empty()) return;
  EXPECT_EQ(record.begin_us, print.begin.us);
  EXPECT_EQ(record.step_us, print.step.count());
}

TEST(SoundPart, KeepsWhatItWasMadeOf) {
  for (const std::int64_t id : {1, 2, 3, 300}) {
    const SoundPart part = part_of(id, print_of(id));
    ASSERT_EQ(part.references(), 1U);
    expect_reference(part, 0, id, print_of(id));
    expect_whole(part);
  }
}

TEST(SoundPart, KeepsReferencesWithoutSearchableSound) {
  AudioPrint bad = print_of(3);
  bad.step = Duration{0};
  Segments<SoundPart> segments;
  segments.add(part_of(1, {}), 1);
  segments.add(part_of(2, print_of(2)), 2);
  segments.add(part_of(3, bad), 3);
  const SoundPart merger = merged_sound(all_of(segments));
  ASSERT_EQ(merger.references(), 3U);
  expect_reference(merger, 0, 1, {});
  expect_reference(merger, 1, 2, print_of(2));
  expect_reference(merger, 2, 3, {});
  expect_whole(merger);
}

TEST(SoundPart, MergesAllThatIsLiveAndNothingElse) {
  Segments<SoundPart> segments = separate(40);
  const std::vector half(segments.all().begin(), segments.all().begin() + 20);
  ASSERT_TRUE(segments.replace(half, merged_sound(half), 50));
  for (const std::int64_t id : {1, 7, 8, 20, 33}) segments.remove({id});
  const SoundPart merger = merged_sound(all_of(segments));
  const auto ids = segments.reference_ids();
  ASSERT_EQ(merger.references(), ids.size());
  for (std::size_t slot = 0; slot < ids.size(); ++slot)
    expect_reference(merger, slot, ids[slot].value, print_of(ids[slot].value));
  expect_whole(merger);
}

TEST(SoundPart, HasTheSameBytesHoweverItsReferencesCame) {
  const SoundPart at_once = merged_sound(all_of(separate(30)));
  Segments<SoundPart> little_by_little;
  for (std::int64_t id = 30; id >= 1; --id) {
    little_by_little.add(part_of(id, print_of(100 + id)));
    little_by_little.add(part_of(id, print_of(id)));
    if (id % 3 == 0) little_by_little.add(part_of(id + 100, print_of(id)));
  }
  for (std::int64_t id = 101; id <= 130; ++id) little_by_little.remove({id});
  const SoundPart after_all = merged_sound(all_of(little_by_little));
  EXPECT_TRUE(std::ranges::equal(at_once.image().bytes(), after_all.image().bytes()));
}

TEST(SoundPart, MergesMoreThanIsHeldInMemory) {
  Segments<SoundPart> segments;
  for (std::int64_t id = 1; id <= 3; ++id)
    segments.add(part_of(id, made_up_sound(static_cast<std::uint64_t>(id), 400'000)),
                 static_cast<std::uint64_t>(id));
  const SoundPart merger = merged_sound(all_of(segments));
  EXPECT_EQ(merger.keys().size(), 1'200'000U);
  expect_whole(merger);
  EXPECT_LT(merger.image().size(), 1'200'000U * 131 / 10) << "bytes";
}

TEST(SoundPart, MayBeEmpty) {
  const SoundPart part = merged_sound({});
  EXPECT_EQ(part.references(), 0U);
  EXPECT_EQ(part.bucket_of(7).begin, part.bucket_of(7).end);
}

TEST(SoundPart, RefusesSectionsThatContradictEachOther) {
  const Sections good = sections_of(merged_sound(all_of(separate(5))));
  EXPECT_NO_THROW(SoundPart{image_of(good)});
  for (std::size_t i = 0; i < kSections.size(); ++i) {
    Sections shorter = good;
    const std::size_t record = i == 0 ? sizeof(SoundRecord) : sizeof(std::uint32_t);
    shorter[i].erase(shorter[i].end() - static_cast<std::ptrdiff_t>(record), shorter[i].end());
    EXPECT_THROW(SoundPart{image_of(shorter)}, Error) << i;
    Sections missing = good;
    missing[i].clear();
    EXPECT_THROW(SoundPart{image_of(missing)}, Error) << i;
  }
}

TEST(SoundPart, LeadsToNothingWorseThanAnErrorWhenAnyBitFlips) {
  const Sections good = sections_of(merged_sound(all_of(separate(12))));
  const AudioPrint query = print_of(7);
  std::mt19937_64 random(1);
  for (std::size_t round = 0; round < 1200; ++round) {
    Sections damaged = good;
    auto& section = damaged[round % kSections.size()];
    section[random() % section.size()] ^= static_cast<std::byte>(1U << (random() % 8));
    try {
      SoundIndex index;
      Segments<SoundPart> segments;
      segments.add(SoundPart(image_of(damaged)), 1);
      index.adopt(segments);
      (void)index.search(query);
      for (std::int64_t id = 1; id <= 12; ++id) (void)index.print_of({id});
      index.remove({3});
      (void)merged_sound(all_of(index.segments()));
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::corrupt);
    }
  }
}

TEST(SoundPart, MergesNothingThatItCanSeeIsDamaged) {
  Sections damaged = sections_of(part_of(1, made_up_sound(1, 200)));
  constexpr std::size_t kPlaces = 5;
  std::ranges::copy_n(damaged[kPlaces].begin() + 4, 4, damaged[kPlaces].begin());  // one item twice
  damaged[kPlaces][11] = std::byte{0xFF};                                          // one nowhere
  Segments<SoundPart> segments;
  segments.add(SoundPart(image_of(damaged)), 1);
  EXPECT_THROW((void)merged_sound(all_of(segments)), Error);
}

}  // namespace
}  // namespace reelprint::index
