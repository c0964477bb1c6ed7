// The sound index over segments: what it finds depends on the references alone.
#include <gtest/gtest.h>

#include <random>

#include "index/sound_index.h"
#include "sound_synthetic.h"
#include "tests/support/temporary_folder.h"

namespace reelprint::index {
namespace {

using test::all_of;
using test::joined_sound;
using test::made_up_sound;
using test::merged_sound;
using test::slightly_off;

constexpr std::int64_t kReferences = 44;

/// Each has a tune that others have, a hum that occurs too often, and something of its own. Some have no
/// sound.
AudioPrint print_of(std::int64_t id) {
  const auto seed = static_cast<std::uint64_t>(id);
  if (id % 11 == 0) return {};
  AudioPrint hum;
  hum.items.assign(40, 0x0F0F0F0F);
  AudioPrint print = joined_sound({made_up_sound(1'000 + seed % 4, 80), hum, made_up_sound(seed, 250)});
  print.begin = {id * 10};
  return print;
}

std::vector<AudioPrint> queries() {
  std::vector<AudioPrint> all;
  for (std::int64_t id = 1; id <= kReferences; id += 7) all.push_back(slightly_off(print_of(id)));
  all.push_back(slightly_off(joined_sound({made_up_sound(3, 100), made_up_sound(1'001, 80)})));
  all.push_back(made_up_sound(5'000, 400));
  return all;
}

/// What an index that was never anything else finds; without each fifth reference.
SoundIndex plain_index() {
  SoundIndex index;
  for (std::int64_t id = 1; id <= kReferences; ++id)
    if (id % 5 != 0) index.add({id}, {id % 9}, print_of(id));
  Segments<SoundPart> one;
  one.add(merged_sound(all_of(index.segments())), 1);
  index.adopt(one);
  return index;
}

void expect_same(const SoundIndex& index, const SoundIndex& expected) {
  EXPECT_EQ(index.size(), expected.size());
  std::size_t found = 0;
  for (const AudioPrint& query : queries()) {
    EXPECT_EQ(index.search(query), expected.search(query));
    found += expected.search(query).size();
  }
  EXPECT_GT(found, 40U);
  for (std::int64_t id = 1; id <= kReferences; ++id)
    EXPECT_EQ(index.print_of({id}), id % 5 == 0 ? AudioPrint{} : print_of(id)) << id;
}

TEST(SoundSegments, DoNotChangeWhatIsFound) {
  const SoundIndex expected = plain_index();
  ASSERT_EQ(expected.segments().all().size(), 1U);
  for (const std::int64_t apart : {1, 2, 4}) {
    SoundIndex index;
    Segments<SoundPart> segments;
    for (std::int64_t id = kReferences; id >= 1; --id) {
      const SoundPart part = SoundPart::of({id}, {id % 9}, print_of(id), kAlgorithm);
      segments.add(part, id % apart == 0 ? static_cast<std::uint64_t>(id) : 0);
    }
    index.adopt(segments);
    EXPECT_GT(index.segments().all().size(), 3U);
    for (std::int64_t id = 5; id <= kReferences; id += 5) EXPECT_TRUE(index.remove({id}));
    expect_same(index, expected);
  }
}

TEST(SoundSegments, AreFoundInAMappedFile) {
  const reelprint::test::TemporaryFolder folder;
  SoundIndex index = plain_index();
  SegmentWriter out(index.segments().kind(), folder.path() / "sounds");
  SoundPart::write_merged(index.segments().all(), out);
  Segments<SoundPart> mapped;
  mapped.add(SoundPart(out.finish()), 1);
  ASSERT_TRUE(mapped.all()[0].part->image().is_mapped());
  index.adopt(mapped);
  expect_same(index, plain_index());
}

TEST(SoundSegments, AreASnapshotWhenTheIndexIsCopied) {
  SoundIndex index = plain_index();
  const SoundIndex before = index;
  index.remove({1});
  index.add({2}, {2}, made_up_sound(77, 300));
  index.add({500}, {5}, made_up_sound(78, 300));
  expect_same(before, plain_index());
  EXPECT_EQ(index.search(made_up_sound(77, 300)).at(0).reference, ReferenceId{2});
}

TEST(SoundSegments, HoldReferencesWithoutSoundToo) {
  SoundIndex index;
  index.add({1}, {1}, {});
  index.add({2}, {1}, made_up_sound(2, 100));
  EXPECT_EQ(index.segments().reference_ids(), (std::vector{ReferenceId{1}, ReferenceId{2}}));
  EXPECT_EQ(index.size(), 1U) << "only one can be found";
  EXPECT_TRUE(index.remove({1}));
  EXPECT_FALSE(index.remove({1}));
  EXPECT_EQ(index.size(), 1U);
}

}  // namespace
}  // namespace reelprint::index
