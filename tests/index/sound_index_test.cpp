#include "index/sound_index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

#include "core/cpu_time.h"
#include "synthetic.h"

namespace reelprint::index {
namespace {

using test::Random;

constexpr Duration kStep = std::chrono::milliseconds(125);
constexpr double kItemsPerSecond = 8;
constexpr double kHour_s = 3600;

/// As in real sound, an item differs from the one before it in a few bits.
AudioPrint sound(std::uint64_t seed, double seconds) {
  Random random(seed);
  AudioPrint print;
  print.step = kStep;
  auto item = static_cast<std::uint32_t>(random());
  while (static_cast<double>(print.items.size()) < seconds * kItemsPerSecond) {
    for (int i = 0; i < 5; ++i) item ^= 1U << (random() % 32);
    print.items.push_back(item);
  }
  return print;
}

AudioPrint constant(std::uint32_t item, double seconds) {
  AudioPrint print;
  print.step = kStep;
  print.items.assign(static_cast<std::size_t>(seconds * kItemsPerSecond), item);
  return print;
}

/// Each bit flipped with this probability.
AudioPrint noisy(AudioPrint print, double bit_error) {
  Random random(3);
  for (std::uint32_t& item : print.items) {
    for (int bit = 0; bit < 32; ++bit)
      if (static_cast<double>(random() % 10000) < bit_error * 10000) item ^= 1U << bit;
  }
  return print;
}

AudioPrint excerpt(AudioPrint print, double from_s, double to_s) {
  const auto at = [&](double s) {
    return print.items.begin() + static_cast<std::ptrdiff_t>(s * kItemsPerSecond);
  };
  print.items = {at(from_s), at(to_s)};
  return print;
}

AudioPrint joined(const std::vector<AudioPrint>& parts) {
  AudioPrint print;
  print.step = kStep;
  for (const AudioPrint& part : parts)
    print.items.insert(print.items.end(), part.items.begin(), part.items.end());
  return print;
}

/// Played `speed` times as fast: by picking items.
AudioPrint sped_up(const AudioPrint& print, double speed) {
  AudioPrint result = print;
  result.items.clear();
  for (double at = 0; at < static_cast<double>(print.items.size()); at += speed)
    result.items.push_back(print.items[static_cast<std::size_t>(at)]);
  return result;
}

/// References 1, 2, …, each of a series of its own.
SoundIndex index_of(const std::vector<AudioPrint>& prints) {
  SoundIndex index;
  for (std::size_t i = 0; i < prints.size(); ++i) {
    const auto id = static_cast<std::int64_t>(i + 1);
    index.add({id}, {id}, prints[i]);
  }
  return index;
}

std::vector<AudioPrint> catalog(std::size_t size = 20) {
  std::vector<AudioPrint> prints;
  for (std::size_t i = 0; i < size; ++i) prints.push_back(sound(i + 1, 90));
  return prints;
}

void expect_span(const Interval& span, double begin_s, double end_s) {
  EXPECT_NEAR(to_seconds(span.begin), begin_s, 1);
  EXPECT_NEAR(to_seconds(span.end), end_s, 1);
}

TEST(SoundIndex, FindsACopyAndWhereItLies) {
  const auto found = index_of(catalog()).search(excerpt(sound(7, 90), 20, 80));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].reference, ReferenceId{7});
  EXPECT_EQ(found[0].series, SeriesId{7});
  EXPECT_EQ(found[0].speed, 1);
  EXPECT_EQ(found[0].agreement, 1);
  EXPECT_EQ(found[0].bit_error, 0);
  expect_span(found[0].query_span, 0, 60);
  expect_span(found[0].reference_span, 20, 80);
  EXPECT_EQ(found[0].distinctive, found[0].query_span.length());
}

TEST(SoundIndex, FindsAMinuteWithAFifthOfItsBitsFlipped) {
  const SoundIndex index = index_of(catalog());
  for (const double bit_error : {0.02, 0.05, 0.1, 0.15, 0.2}) {
    const auto found = index.search(noisy(excerpt(sound(7, 90), 20, 80), bit_error));
    ASSERT_EQ(found.size(), 1U) << bit_error;
    EXPECT_EQ(found[0].reference, ReferenceId{7});
    EXPECT_NEAR(found[0].bit_error, bit_error, 0.03);
    expect_span(found[0].query_span, 0, 60);
    expect_span(found[0].reference_span, 20, 80);
  }
}

TEST(SoundIndex, FindsAnExcerptOfFiveSeconds) {
  const auto found = index_of(catalog()).search(noisy(excerpt(sound(7, 90), 31, 36), 0.05));
  ASSERT_EQ(found.size(), 1U);
  expect_span(found[0].query_span, 0, 5);
  expect_span(found[0].reference_span, 31, 36);
}

TEST(SoundIndex, KeepsTheClocksOfBothPrints) {
  AudioPrint reference = sound(1, 90);
  reference.begin = timestamp_of(2);
  AudioPrint query = excerpt(sound(1, 90), 20, 50);
  query.begin = timestamp_of(100);
  const auto found = index_of({reference}).search(query);
  ASSERT_EQ(found.size(), 1U);
  expect_span(found[0].query_span, 100, 130);
  expect_span(found[0].reference_span, 22, 52);
}

TEST(SoundIndex, CutsACompilationIntoItsParts) {
  const AudioPrint query = joined({excerpt(sound(3, 90), 10, 30), sound(1000, 10),
                                   excerpt(sound(5, 90), 40, 55), excerpt(sound(3, 90), 60, 80)});
  auto found = index_of(catalog()).search(noisy(query, 0.05));
  ASSERT_EQ(found.size(), 3U);
  std::ranges::sort(found, {}, &SoundCandidate::query_span);
  EXPECT_EQ(found[0].reference, ReferenceId{3});
  expect_span(found[0].query_span, 0, 20);
  expect_span(found[0].reference_span, 10, 30);
  EXPECT_EQ(found[1].reference, ReferenceId{5});
  expect_span(found[1].query_span, 30, 45);
  expect_span(found[1].reference_span, 40, 55);
  EXPECT_EQ(found[2].reference, ReferenceId{3});
  expect_span(found[2].query_span, 45, 65);
  expect_span(found[2].reference_span, 60, 80);
}

TEST(SoundIndex, FindsSoundAtAnotherSpeed) {
  const SoundIndex index = index_of(catalog());
  for (const double speed : {0.8, 0.9, 0.95, 1.05, 1.1, 1.25}) {
    const auto found = index.search(noisy(sped_up(excerpt(sound(7, 90), 20, 80), speed), 0.05));
    ASSERT_EQ(found.size(), 1U) << speed;
    EXPECT_NEAR(found[0].speed, speed, 0.01);
    expect_span(found[0].query_span, 0, 60 / speed);
    expect_span(found[0].reference_span, 20, 80);
  }
}

TEST(SoundIndex, FindsNothingInUnrelatedSound) {
  const SoundIndex index = index_of(catalog(100));
  for (std::uint64_t seed = 1000; seed < 1020; ++seed)
    EXPECT_TRUE(index.search(sound(seed, 60)).empty()) << seed;
}

TEST(SoundIndex, FindsNothingInSilenceAndSteadyTones) {
  std::vector<AudioPrint> prints = catalog();
  prints.push_back(constant(627964279, 90));
  prints.push_back(joined({sound(50, 30), constant(627964279, 60)}));
  const SoundIndex index = index_of(prints);
  EXPECT_TRUE(index.search(constant(627964279, 60)).empty());
  EXPECT_TRUE(index.search(constant(0, 60)).empty());
  EXPECT_TRUE(index.search(noisy(constant(627964279, 60), 0.02)).empty());
}

TEST(SoundIndex, DoesNotLookUpWhatOccursEverywhere) {
  const AudioPrint hum = sound(500, 5);
  std::vector<AudioPrint> prints;
  for (std::uint64_t seed = 1; seed <= 100; ++seed)
    prints.push_back(joined({sound(seed, 10), hum, hum, hum, hum, hum, hum, hum, hum, hum, hum, hum, hum}));
  const SoundIndex index = index_of(prints);
  EXPECT_TRUE(index.search(hum).empty());
  const auto found = index.search(joined({excerpt(sound(9, 10), 0, 10), hum}));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].reference, ReferenceId{9});
  EXPECT_NEAR(to_seconds(found[0].distinctive), 10, 1);
}

TEST(SoundIndex, CallsATuneThatSeveralSeriesShareNotDistinctive) {
  const AudioPrint tune = sound(500, 12);
  const SoundIndex index = index_of({joined({tune, sound(1, 60)}), joined({sound(2, 60), tune})});
  const auto of_tune = index.search(noisy(tune, 0.05));
  ASSERT_EQ(of_tune.size(), 2U);
  EXPECT_EQ(of_tune[0].distinctive, Duration{0});
  EXPECT_EQ(of_tune[1].distinctive, Duration{0});

  const auto found = index.search(excerpt(joined({tune, sound(1, 60)}), 0, 32));
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].reference, ReferenceId{1});
  EXPECT_NEAR(to_seconds(found[0].distinctive), 20, 1.5);
  EXPECT_LE(to_seconds(found[1].distinctive), 1);
}

TEST(SoundIndex, CallsATuneThatOneSeriesRepeatsDistinctive) {
  const AudioPrint tune = sound(500, 12);
  SoundIndex index;
  for (std::int64_t id = 1; id <= 5; ++id)
    index.add({id}, {1}, joined({tune, sound(static_cast<std::uint64_t>(id), 60)}));
  const auto found = index.search(tune);
  ASSERT_EQ(found.size(), 5U);
  for (const SoundCandidate& candidate : found) EXPECT_GE(to_seconds(candidate.distinctive), 11);
}

TEST(SoundIndex, ForgetsWhatIsRemovedAndFindsWhatReplacesIt) {
  SoundIndex index = index_of(catalog());
  EXPECT_TRUE(index.remove({7}));
  EXPECT_FALSE(index.remove({7}));
  EXPECT_TRUE(index.search(sound(7, 60)).empty());
  EXPECT_EQ(index.size(), 19U);

  index.add({8}, {8}, sound(7, 90));
  EXPECT_TRUE(index.search(sound(8, 60)).empty());
  const auto found = index.search(sound(7, 60));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].reference, ReferenceId{8});

  index.add({8}, {8}, {});
  EXPECT_TRUE(index.search(sound(7, 60)).empty());
  EXPECT_EQ(index.size(), 18U);
}

TEST(SoundIndex, GivesTheSameInWhateverOrderReferencesCame) {
  const AudioPrint tune = sound(500, 12);
  std::vector<AudioPrint> prints = catalog(30);
  for (AudioPrint& print : prints) print = joined({tune, print});
  const AudioPrint query = noisy(joined({tune, excerpt(prints[3], 30, 50), excerpt(prints[9], 30, 50)}), 0.1);
  const auto expected = index_of(prints).search(query);
  ASSERT_GE(expected.size(), 30U);

  SoundIndex index;
  for (std::int64_t id = 30; id >= 1; --id) {
    index.add({id}, {id}, sound(900, 90));
    index.add({id}, {id}, prints[static_cast<std::size_t>(id - 1)]);
    index.add({id + 100}, {1}, query);
    if (id % 3 == 0) index.remove({id + 100});
  }
  for (std::int64_t id = 101; id <= 130; ++id) index.remove({id});
  EXPECT_EQ(index.search(query), expected);
}

TEST(SoundIndex, FindsNothingWhereThereIsNothing) {
  EXPECT_TRUE(SoundIndex{}.search(sound(1, 60)).empty());
  EXPECT_TRUE(index_of(catalog()).search({}).empty());
}

TEST(SoundIndex, TakesNoPrintThatMakesNoSense) {
  const AudioPrint good = sound(1, 60);
  for (const std::int64_t step :
       {std::int64_t{0}, std::int64_t{-125000}, std::int64_t{1}, std::numeric_limits<std::int64_t>::max(),
        std::numeric_limits<std::int64_t>::min()}) {
    AudioPrint bad = good;
    bad.step = Duration{step};
    EXPECT_TRUE(index_of({bad}).search(good).empty());
    EXPECT_TRUE(index_of({good}).search(bad).empty());
    EXPECT_TRUE(index_of({bad}).search(bad).empty());
  }
  for (const std::int64_t begin :
       {std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min()}) {
    AudioPrint bad = good;
    bad.begin = {begin};
    EXPECT_TRUE(index_of({bad}).search(good).empty());
    EXPECT_TRUE(index_of({good}).search(bad).empty());
  }
  AudioPrint coarse = good;
  coarse.step = 2 * kStep;
  EXPECT_TRUE(index_of({coarse}).search(good).empty());
  EXPECT_EQ(index_of({coarse}).search(coarse).size(), 1U);
}

TEST(SoundIndex, TakesPrintsOfASingleItem) {
  const AudioPrint one = sound(1, 0.125);
  ASSERT_EQ(one.items.size(), 1U);
  EXPECT_TRUE(index_of({one, sound(1, 60)}).search(one).empty());
  EXPECT_EQ(index_of({one, sound(1, 60)}).search(sound(1, 60)).size(), 1U);
}

TEST(SoundIndex, SearchesFourHoursInBoundedTime) {
  const AudioPrint loop = sound(500, 10);
  const AudioPrint hours_of_loop =
      joined(std::vector<AudioPrint>(static_cast<std::size_t>(2 * kHour_s / 10), loop));
  std::vector<AudioPrint> prints = catalog();
  prints.push_back(joined({loop, loop, loop, loop, loop, loop, loop, loop, loop}));
  prints.push_back(sound(501, 4 * kHour_s));
  const SoundIndex index = index_of(prints);
  const AudioPrint query = joined(
      {hours_of_loop, excerpt(sound(7, 90), 20, 50), excerpt(sound(501, 2 * kHour_s), 0, 2 * kHour_s)});
  double cost_s = 0;
  std::vector<SoundCandidate> found;
  {
    const CpuTimer timer(cost_s);
    found = index.search(query);
  }
  for (const std::int64_t reference : {7, 21, 22})
    EXPECT_TRUE(std::ranges::any_of(found, [&](const auto& c) { return c.reference.value == reference; }));
  EXPECT_LT(cost_s, 60);
}

}  // namespace
}  // namespace reelprint::index
