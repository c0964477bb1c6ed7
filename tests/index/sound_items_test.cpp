#include "index/sound_items.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <utility>

#include "synthetic.h"

namespace reelprint::index {
namespace {

using test::Random;
using Items = std::vector<std::uint32_t>;
using Places = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

/// Of few values, so that many items are equal.
Items random_items(std::uint64_t seed, std::size_t count) {
  Random random(seed);
  Items items(count);
  for (std::uint32_t& item : items) item = static_cast<std::uint32_t>(random() % 50) * 0x01010101U;
  return items;
}

Places places_of(const SoundItems& index, std::uint32_t item) {
  std::vector<ItemPlace> found;
  EXPECT_TRUE(index.find(Items{item}, 1 << 20, found));
  Places places;
  for (const ItemPlace& place : found) places.emplace_back(place.print, place.position);
  std::ranges::sort(places);
  return places;
}

Places places_by_scan(const std::map<std::uint32_t, Items>& prints, std::uint32_t item) {
  Places places;
  for (const auto& [print, items] : prints) {
    for (std::uint32_t i = 0; i < items.size(); ++i)
      if (items[i] == item) places.emplace_back(print, i);
  }
  return places;
}

TEST(SoundItems, FindsWhatAScanFindsWhilePrintsComeAndGo) {
  SoundItems index;
  std::map<std::uint32_t, Items> prints;
  Random random(1);
  for (std::uint64_t round = 0; round < 200; ++round) {
    if (random() % 3 == 0 && !prints.empty()) {
      const auto gone = std::next(prints.begin(), static_cast<std::ptrdiff_t>(random() % prints.size()));
      index.remove(gone->first);
      prints.erase(gone);
    }
    const Items items = random_items(round, random() % 300);
    prints[index.add(items)] = items;
    const auto item = static_cast<std::uint32_t>(random() % 50) * 0x01010101U;
    ASSERT_EQ(places_of(index, item), places_by_scan(prints, item)) << round;
  }
  std::size_t size = 0;
  for (const auto& [print, items] : prints) {
    EXPECT_TRUE(std::ranges::equal(index.items(print), items));
    size += items.size();
  }
  EXPECT_EQ(index.size(), size);
}

TEST(SoundItems, RefusesListsThatAreTooLong) {
  SoundItems index;
  (void)index.add(Items(100, 7));
  std::vector<ItemPlace> places;
  EXPECT_TRUE(index.find(Items{7}, 100, places));
  places.clear();
  EXPECT_FALSE(index.find(Items{7}, 99, places));
  places.clear();
  EXPECT_FALSE(index.find(Items{1, 7, 2}, 99, places));
}

TEST(SoundItems, DoesNotCountRemovedPrintsAsTooMany) {
  SoundItems index;
  (void)index.add(random_items(1, 10000));
  const auto gone = index.add(Items(100, 7));
  (void)index.add(Items(10, 7));
  index.remove(gone);
  std::vector<ItemPlace> places;
  EXPECT_TRUE(index.find(Items{7}, 10, places));
  EXPECT_EQ(places.size(), 10U);
}

TEST(SoundItems, GivesMemoryBackOnceMuchIsRemoved) {
  SoundItems index;
  std::vector<std::uint32_t> prints;
  for (std::uint64_t seed = 0; seed < 100; ++seed) prints.push_back(index.add(random_items(seed, 720)));
  const std::size_t full = index.memory_bytes();
  EXPECT_LT(full, 72000U * 20);
  for (std::size_t i = 0; i < 90; ++i) index.remove(prints[i]);
  EXPECT_EQ(index.size(), 7200U);
  for (std::uint64_t seed = 0; seed < 90; ++seed) (void)index.add(random_items(seed, 720));
  EXPECT_LT(index.memory_bytes(), full + full / 4);
}

TEST(SoundItems, FindsNothingWhileEmpty) {
  EXPECT_TRUE(places_of(SoundItems{}, 1).empty());
}

}  // namespace
}  // namespace reelprint::index
