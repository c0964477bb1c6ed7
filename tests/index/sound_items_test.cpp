#include "index/sound_items.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <map>
#include <set>

#include "sound_synthetic.h"
#include "synthetic.h"

namespace reelprint::index {
namespace {

using test::all_of;
using test::merged_sound;
using test::Random;
using Items = std::vector<std::uint32_t>;

constexpr std::size_t kNoLimit = std::size_t{1} << 30;

/// Of few values, some of them two or three bits apart, so that there are many hits.
Items random_items(std::uint64_t seed, std::size_t count) {
  Random random(seed);
  Items items(count);
  for (std::uint32_t& item : items)
    item = static_cast<std::uint32_t>(random() % 20) * 0x01010101U ^ static_cast<std::uint32_t>(random() % 8);
  return items;
}

SoundPart part_of(std::int64_t id, const Items& items) {
  AudioPrint print;
  print.step = std::chrono::milliseconds(125);
  print.items = items;
  return SoundPart::of({id}, {id}, print, kAlgorithm);
}

struct LookedUp {
  std::vector<ItemHit> hits;
  std::vector<bool> is_common;
};

LookedUp look_up(const Segments<SoundPart>& segments, const Items& query, std::size_t most = kNoLimit) {
  LookedUp result;
  result.is_common.resize(query.size());
  result.hits = look_up_items(segments.all(), query, {0, query.size()}, most, result.is_common);
  std::ranges::sort(result.hits);
  return result;
}

/// What there is, by comparing everything.
std::vector<ItemHit> compare_all(const Segments<SoundPart>& segments,
                                 const std::map<std::int64_t, Items>& prints, const Items& query) {
  std::vector<ItemHit> hits;
  for (const auto& [id, items] : prints) {
    const auto place = segments.find({id});
    for (std::uint32_t q = 0; q < query.size(); ++q) {
      if (q > 0 && query[q] == query[q - 1]) continue;
      for (std::uint32_t i = 0; i < items.size(); ++i) {
        if (std::popcount(items[i] ^ query[q]) <= 2)
          hits.push_back(
              {static_cast<std::uint32_t>(place->segment), static_cast<std::uint32_t>(place->slot), q, i});
      }
    }
  }
  std::ranges::sort(hits);
  return hits;
}

TEST(SoundItems, FindWhatAComparisonOfAllFindsWhileReferencesComeAndGo) {
  Segments<SoundPart> segments;
  std::map<std::int64_t, Items> prints;
  Random random(1);
  for (std::uint64_t round = 0; round < 100; ++round) {
    const auto id = static_cast<std::int64_t>(1 + random() % 30);
    if (random() % 3 == 0) {
      segments.remove({id});
      prints.erase(id);
    } else {
      prints[id] = random_items(round, random() % 300);
      segments.add(part_of(id, prints[id]), random() % 2 == 0 ? round + 1 : 0);
    }
    const Items query = random_items(1000 + round, 20);
    ASSERT_EQ(look_up(segments, query).hits, compare_all(segments, prints, query)) << round;
  }
}

TEST(SoundItems, LookUpAsManyQueryItemsAsThereAre) {
  Segments<SoundPart> segments;
  Items query = test::made_up_sound(1, 1500).items;
  segments.add(part_of(1, query));
  const auto found = look_up(segments, query);
  std::set<std::uint32_t> met;
  for (const ItemHit& hit : found.hits)
    if (hit.query == hit.reference) met.insert(hit.query);
  EXPECT_EQ(met.size(), query.size());
}

TEST(SoundItems, CountWhatIsTooManyOverAllSegments) {
  Segments<SoundPart> apart;
  for (std::int64_t id = 1; id <= 10; ++id)
    apart.add(part_of(id, Items(10, 7)), static_cast<std::uint64_t>(id));
  Segments<SoundPart> together;
  together.add(merged_sound(all_of(apart)), 1);
  for (const auto* segments : {&apart, &together}) {
    const auto all = look_up(*segments, {0xFFFFFF00, 7}, 100);
    EXPECT_EQ(all.hits.size(), 100U);
    EXPECT_EQ(all.is_common, (std::vector{false, false}));
    const auto none = look_up(*segments, {0xFFFFFF00, 7}, 99);
    EXPECT_TRUE(none.hits.empty());
    EXPECT_EQ(none.is_common, (std::vector{false, true}));
  }
}

TEST(SoundItems, DoNotCountRemovedReferencesAsTooMany) {
  Segments<SoundPart> segments;
  segments.add(part_of(1, Items(100, 7)), 1);
  segments.add(part_of(2, Items(10, 7)), 2);
  const std::vector all = all_of(segments);
  ASSERT_TRUE(segments.replace(all, merged_sound(all), 3));
  segments.remove({1});
  const auto found = look_up(segments, {7}, 10);
  EXPECT_EQ(found.hits.size(), 10U);
  EXPECT_FALSE(found.is_common[0]);
}

TEST(SoundItems, FindNothingWhereThereIsNothing) {
  EXPECT_TRUE(look_up(Segments<SoundPart>(), {1, 2, 3}).hits.empty());
  Segments<SoundPart> silent;
  silent.add(part_of(1, {}), 1);
  EXPECT_TRUE(look_up(silent, {1, 2, 3}).hits.empty());
  EXPECT_TRUE(look_up(silent, {}).hits.empty());
}

}  // namespace
}  // namespace reelprint::index
