#include "fingerprint/audio_print.h"

#include <chromaprint.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>

#include "core/error.h"
#include "fingerprint/media_decoder.h"

namespace reelprint::fingerprint {
namespace {

constexpr std::int64_t kToleratedSamples = kSoundRate / 20;  // 50 ms
constexpr std::int64_t kMostSilence = std::int64_t{kSoundRate} * 600;
constexpr std::int64_t kFarthestUs = 1LL << 60;
constexpr std::size_t kPieceSamples = 1 << 16;

struct ContextFree {
  void operator()(ChromaprintContext* context) const { chromaprint_free(context); }
};
struct ItemsFree {
  void operator()(std::uint32_t* items) const { chromaprint_dealloc(items); }
};

/// To the nearest sample; `us` within ±2 × kFarthestUs.
std::int64_t samples_of(std::int64_t us) {
  const std::int64_t seconds = us / 1'000'000;
  const std::int64_t rest_us = us % 1'000'000;
  const std::int64_t half = rest_us < 0 ? -500'000 : 500'000;
  return seconds * kSoundRate + (rest_us * kSoundRate + half) / 1'000'000;
}

Duration length_of(std::int64_t samples) {
  const std::int64_t seconds = samples / kSoundRate;
  return Duration{seconds * 1'000'000 + (samples % kSoundRate * 1'000'000 + kSoundRate / 2) / kSoundRate};
}

void require(int succeeded) {
  if (!succeeded) throw Error(ErrorCode::io, "fingerprint sound: Chromaprint refused");
}

}  // namespace

struct AudioPrinter::State {
  std::unique_ptr<ChromaprintContext, ContextFree> context{chromaprint_new(CHROMAPRINT_ALGORITHM_DEFAULT)};
  std::optional<Timestamp> begin;
  std::int64_t fed = 0;
  std::int64_t silence = 0;
  bool is_closed = false;  // a gap was too long to fill: what follows it would be at a wrong time

  void add(std::span<const std::int16_t> samples) {
    fed += static_cast<std::int64_t>(samples.size());
    while (!samples.empty()) {
      const auto piece = samples.first(std::min(samples.size(), kPieceSamples));
      require(chromaprint_feed(context.get(), piece.data(), static_cast<int>(piece.size())));
      samples = samples.subspan(piece.size());
    }
  }

  void add_silence(std::int64_t count) {
    static constexpr std::array<std::int16_t, 4096> kSilence{};
    silence += count;
    while (count > 0) {
      const std::int64_t piece = std::min<std::int64_t>(count, kSilence.size());
      add(std::span(kSilence).first(static_cast<std::size_t>(piece)));
      count -= piece;
    }
  }
};

AudioPrinter::AudioPrinter() : state_(std::make_unique<State>()) {
  require(state_->context && chromaprint_start(state_->context.get(), kSoundRate, 1));
}

AudioPrinter::~AudioPrinter() = default;

void AudioPrinter::feed(std::span<const std::int16_t> samples, Timestamp at) {
  State& state = *state_;
  if (samples.empty() || state.is_closed) return;
  const Timestamp reached{std::clamp(at.us, -kFarthestUs, kFarthestUs)};
  if (!state.begin) state.begin = reached;
  const std::int64_t ahead = samples_of((reached - *state.begin).count()) - state.fed;
  if (ahead > kToleratedSamples) {
    state.is_closed = ahead > kMostSilence - state.silence;
    if (state.is_closed) return;
    state.add_silence(ahead);
  } else if (ahead < -kToleratedSamples) {
    const auto heard = std::min<std::uint64_t>(static_cast<std::uint64_t>(-ahead), samples.size());
    samples = samples.subspan(static_cast<std::size_t>(heard));
  }
  state.add(samples);
}

AudioPrint AudioPrinter::finish() {
  State& state = *state_;
  AudioPrint print;
  std::uint32_t* raw = nullptr;
  int count = 0;
  require(chromaprint_finish(state.context.get()));
  require(chromaprint_get_raw_fingerprint(state.context.get(), &raw, &count));
  const std::unique_ptr<std::uint32_t, ItemsFree> items(raw);
  if (!state.begin || count <= 0) return print;

  // An item covers `delay` + one step of sound; it describes the middle of that.
  const std::int64_t step = chromaprint_get_item_duration(state.context.get());
  const std::int64_t window = step + chromaprint_get_delay(state.context.get());
  print.begin = *state.begin + length_of(window / 2);
  print.step = length_of(step);
  print.items.assign(raw, raw + count);
  return print;
}

}  // namespace reelprint::fingerprint
