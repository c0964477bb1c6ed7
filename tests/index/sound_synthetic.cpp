#include "sound_synthetic.h"

#include <random>

namespace reelprint::index::test {
namespace {

constexpr Duration kStep{123'810};

}  // namespace

AudioPrint made_up_sound(std::uint64_t seed, std::size_t items) {
  std::mt19937_64 random(seed);
  AudioPrint print;
  print.step = kStep;
  auto item = static_cast<std::uint32_t>(random());
  while (print.items.size() < items) {
    for (int i = 0; i < 5; ++i) item ^= 1U << (random() % 32);
    print.items.push_back(item);
  }
  return print;
}

AudioPrint slightly_off(AudioPrint print) {
  std::mt19937_64 random(print.items.size());
  for (std::uint32_t& item : print.items) {
    item ^= 1U << (random() % 32);
    if (random() % 4 == 0) item ^= 1U << (random() % 32);
  }
  return print;
}

AudioPrint joined_sound(std::initializer_list<AudioPrint> prints) {
  AudioPrint all;
  all.step = kStep;
  for (const AudioPrint& print : prints)
    all.items.insert(all.items.end(), print.items.begin(), print.items.end());
  return all;
}

SoundPart merged_sound(const std::vector<Segment<SoundPart>>& segments) {
  SegmentWriter out({SoundPart::kContent, kAlgorithm});
  SoundPart::write_merged(segments, out);
  return SoundPart(out.finish());
}

}  // namespace reelprint::index::test
