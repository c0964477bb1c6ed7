#include "fingerprint/audio_print.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <span>
#include <vector>

#include "fingerprint/media_decoder.h"

namespace reelprint::fingerprint {
namespace {

using Samples = std::vector<std::int16_t>;

/// A melody: another chord each half second, so that neighbouring items differ. `tune` picks the melody.
Samples melody(double seconds, unsigned tune) {
  Samples samples(static_cast<std::size_t>(seconds * kSoundRate));
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double t = static_cast<double>(i) / kSoundRate;
    const auto beat = static_cast<unsigned>(t * 2);
    const unsigned note = (beat * 2654435761U + tune * 40503U) >> 16;
    double sum = 0;
    for (const unsigned step : {note % 12, note / 12 % 12, note / 144 % 12})
      sum += std::sin(2 * std::numbers::pi * 220 * std::exp2(step / 12.0) * t);
    samples[i] = static_cast<std::int16_t>(std::lround(sum * 9000));
  }
  return samples;
}

AudioPrint print_of(const Samples& samples, Timestamp at) {
  AudioPrinter printer;
  printer.feed(samples, at);
  return printer.finish();
}

int difference(std::uint32_t a, std::uint32_t b) {
  return std::popcount(a ^ b);
}

TEST(AudioPrinter, FedInChunksGivesThePrintOfFeedingAtOnce) {
  const Samples samples = melody(20, 1);
  const AudioPrint at_once = print_of(samples, {0});
  ASSERT_FALSE(at_once.items.empty());
  for (const std::size_t chunk : {1U, 37U, 1024U, 50000U}) {
    AudioPrinter printer;
    for (std::size_t i = 0; i < samples.size(); i += chunk) {
      const auto piece = std::span(samples).subspan(i, std::min(chunk, samples.size() - i));
      printer.feed(piece, timestamp_of(static_cast<double>(i) / kSoundRate));
    }
    EXPECT_EQ(printer.finish(), at_once) << "chunks of " << chunk;
  }
}

TEST(AudioPrinter, IsEmptyWhenTheSoundIsTooShortForOneItem) {
  EXPECT_EQ(print_of({}, {0}), AudioPrint{});
  EXPECT_EQ(print_of(melody(1, 1), {0}), AudioPrint{});
  EXPECT_FALSE(print_of(melody(4, 1), {0}).items.empty());
}

TEST(AudioPrinter, HasAnItemForEachEighthOfASecondOrSo) {
  const AudioPrint print = print_of(melody(60, 1), {0});
  EXPECT_NEAR(to_seconds(print.step), 1365.0 / kSoundRate, 1e-6);
  EXPECT_NEAR(static_cast<double>(print.items.size()), (60 - 2.7) / to_seconds(print.step), 2);
}

TEST(AudioPrinter, BeginsLaterWhenTheSoundDoes) {
  const Samples samples = melody(10, 1);
  const AudioPrint now = print_of(samples, {0});
  const AudioPrint later = print_of(samples, timestamp_of(7.25));
  EXPECT_EQ(later.items, now.items);
  EXPECT_EQ(later.begin - now.begin, duration_of(7.25));
}

TEST(AudioPrinter, ItemsDescribeTheSoundAroundTheirTime) {
  constexpr double kChange = 15.0;
  Samples samples = melody(30, 1);
  const Samples other = melody(30, 2);
  const AudioPrint first = print_of(samples, {0});
  std::copy(other.begin() + static_cast<std::ptrdiff_t>(kChange * kSoundRate), other.end(),
            samples.begin() + static_cast<std::ptrdiff_t>(kChange * kSoundRate));
  const AudioPrint changed = print_of(samples, {0});
  const AudioPrint second = print_of(other, {0});
  ASSERT_EQ(first.items.size(), changed.items.size());

  std::size_t crossing = 0;  // the first item that is nearer to the second melody
  while (crossing < changed.items.size() && difference(changed.items[crossing], first.items[crossing]) <=
                                                difference(changed.items[crossing], second.items[crossing]))
    ++crossing;
  const Timestamp at = changed.begin + changed.step * static_cast<std::int64_t>(crossing);
  EXPECT_NEAR(to_seconds(at), kChange, 0.8);
}

TEST(AudioPrinter, FillsAGapWithSilenceSoThatTheClockHolds) {
  const Samples samples = melody(20, 1);
  const auto gap_begin = static_cast<std::ptrdiff_t>(8 * kSoundRate);
  const auto gap_end = static_cast<std::ptrdiff_t>(12 * kSoundRate);
  AudioPrinter printer;
  printer.feed(std::span(samples).first(gap_begin), {0});
  printer.feed(std::span(samples).subspan(gap_end), timestamp_of(12));
  Samples silenced = samples;
  std::fill(silenced.begin() + gap_begin, silenced.begin() + gap_end, std::int16_t{0});
  EXPECT_EQ(printer.finish(), print_of(silenced, {0}));
}

TEST(AudioPrinter, TakesSmallGapsAndOverlapsForJitter) {
  const Samples samples = melody(20, 1);
  AudioPrinter printer;
  const std::size_t half = samples.size() / 2;
  printer.feed(std::span(samples).first(half), {0});
  printer.feed(std::span(samples).subspan(half, 1000), timestamp_of(10.04));
  printer.feed(std::span(samples).subspan(half + 1000), timestamp_of(10 + 1000.0 / kSoundRate - 0.04));
  EXPECT_EQ(printer.finish(), print_of(samples, {0}));
}

TEST(AudioPrinter, DropsAnOverlap) {
  const Samples samples = melody(20, 1);
  AudioPrinter printer;
  printer.feed(std::span(samples).first(10 * kSoundRate), {0});
  printer.feed(std::span(samples).subspan(5 * kSoundRate, 2 * kSoundRate), timestamp_of(5));
  printer.feed(std::span(samples).subspan(8 * kSoundRate), timestamp_of(8));
  EXPECT_EQ(printer.finish(), print_of(samples, {0}));
}

TEST(AudioPrinter, EndsAtAGapThatIsTooLongToFill) {
  const Samples samples = melody(10, 1);
  AudioPrinter printer;
  printer.feed(samples, {0});
  printer.feed(samples, timestamp_of(10 + 601));
  printer.feed(samples, timestamp_of(10));
  EXPECT_EQ(printer.finish(), print_of(samples, {0}));
}

TEST(AudioPrinter, SurvivesTimesAtTheEndsOfTheClock) {
  const Samples samples = melody(5, 1);
  AudioPrinter printer;
  printer.feed(samples, {INT64_MIN});
  printer.feed(samples, {INT64_MAX});
  EXPECT_FALSE(printer.finish().items.empty());
}

}  // namespace
}  // namespace reelprint::fingerprint
