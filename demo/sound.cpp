// Synthesises notes, noise and babble, and writes WAV files.
#include "demo/sound.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <fstream>
#include <stdexcept>

#include "demo/speech.h"

namespace reelprint::demo {
namespace {

constexpr double kTwoPi = 6.283185307179586;

struct Tone {
  double start = 0, seconds = 0, hz = 0, level = 0;
  std::array<double, 4> partials{1, 0, 0, 0};
  double attack = 0.01, decay = 3;  ///< seconds to full level; e-folds a second
};

void add_tone(std::span<float> samples, const Tone& tone) {
  const auto first = static_cast<std::size_t>(std::max(0.0, tone.start * kSampleRateHz));
  const auto count = static_cast<std::size_t>(tone.seconds * kSampleRateHz);
  const std::size_t end = std::min(samples.size(), first + count);
  for (std::size_t i = first; i < end; ++i) {
    const double t = static_cast<double>(i - first) / kSampleRateHz;
    const double fade = std::min({1.0, t / tone.attack, (tone.seconds - t) * 40});
    double value = 0;
    for (std::size_t p = 0; p < tone.partials.size(); ++p) {
      if (tone.partials[p] > 0)
        value += tone.partials[p] * std::sin(kTwoPi * tone.hz * static_cast<double>(p + 1) * t);
    }
    samples[i] += static_cast<float>(tone.level * fade * std::exp(-tone.decay * t) * value);
  }
}

void add_chime(std::span<float> samples) {
  constexpr std::array kHz{523.25, 659.26, 783.99, 1046.5};
  double at = 0.2;
  for (const double hz : kHz) {
    add_tone(samples, {at, 3.5, hz, 0.16, {1, 0.1, 0.4, 0.15}, 0.004, 1.6});
    at += 0.42;
  }
}

void add_tune(std::span<float> samples, Seeded& seeded) {
  constexpr std::array<std::array<int, 5>, 4> kScales{
      {{0, 2, 4, 7, 9}, {0, 3, 5, 7, 10}, {0, 2, 3, 7, 8}, {0, 1, 5, 7, 8}}};
  const auto& scale = seeded.one_of(kScales);
  const double root = 110.0 * std::pow(2.0, seeded.whole(0, 23) / 12.0);
  const double beat = 60.0 / seeded.uniform(62, 150);
  const bool plucked = seeded.chance(0.6);
  Tone tone;
  tone.partials = {1, seeded.uniform(0, 0.6), seeded.uniform(0, 0.5), seeded.uniform(0, 0.3)};
  tone.attack = plucked ? 0.005 : 0.09;
  tone.decay = plucked ? seeded.uniform(2, 6) : 0.5;
  const double seconds = static_cast<double>(samples.size()) / kSampleRateHz;
  int step = seeded.whole(2, 7);
  for (double at = seeded.uniform(0, 0.2); at < seconds;) {
    step = std::clamp(step + seeded.whole(-3, 3), 0, 12);
    const double semitones = scale[static_cast<std::size_t>(step % 5)] + 12.0 * (step / 5);
    tone.start = at;
    tone.hz = root * std::pow(2.0, semitones / 12.0);
    tone.seconds = beat * (plucked ? 2.5 : 1.0);
    tone.level = seeded.uniform(0.08, 0.15);
    add_tone(samples, tone);
    at += beat * seeded.one_of(std::array{0.5, 1.0, 1.0, 1.5});
  }
  for (double at = 0; at < seconds; at += beat * 4) {
    const int degree = seeded.whole(0, 4);
    const double hz = root / 2 * std::pow(2.0, scale[static_cast<std::size_t>(degree)] / 12.0);
    add_tone(samples, {at, beat * 4, hz, 0.07, {1, 0.5, 0.2, 0.1}, 0.15, 0.3});
  }
}

/// Wind, rain or the hum of a room: noise through one smoothing step.
void add_air(std::span<float> samples, Seeded& seeded) {
  const double keep = seeded.one_of(std::array{0.995, 0.97, 0.8, 0.3});
  const double level = seeded.uniform(0.01, 0.05) * std::sqrt((1 + keep) / (1 - keep)) * 0.3;
  const double swell = seeded.uniform(0.1, 0.6);
  const std::uint64_t seed = seeded.next();
  double low = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    low = keep * low + (1 - keep) * (2 * share_of(blend(seed, i)) - 1);
    const double t = static_cast<double>(i) / kSampleRateHz;
    samples[i] += static_cast<float>(level * low * (1 + 0.5 * std::sin(kTwoPi * swell * t)));
  }
}

/// One formant: a two-pole resonator.
class Resonator {
 public:
  void tune(double hz) {
    constexpr double kRadius = 0.985;
    a1_ = 2 * kRadius * std::cos(kTwoPi * hz / kSampleRateHz);
    a2_ = -kRadius * kRadius;
    gain_ = (1 - kRadius) * 1.5;
  }
  double operator()(double in) {
    const double out = gain_ * in + a1_ * y1_ + a2_ * y2_;
    y2_ = y1_;
    y1_ = out;
    return out;
  }

 private:
  double a1_ = 0, a2_ = 0, gain_ = 0, y1_ = 0, y2_ = 0;
};

/// Vowels without words, in the rhythm of the lips.
void add_voice(std::span<float> samples, std::uint64_t seed) {
  const double pitch = 100 + 130 * share_of(blend(seed, 2));
  Resonator throat;
  Resonator mouth;
  double phase = 0;
  std::uint64_t syllable = ~std::uint64_t{0};
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double t = static_cast<double>(i) / kSampleRateHz;
    const auto now = static_cast<std::uint64_t>(t * kSyllablesPerSecond);
    if (now != syllable) {
      syllable = now;
      throat.tune(300 + 500 * share_of(blend(seed, 7000 + now)));
      mouth.tune(900 + 1500 * share_of(blend(seed, 8000 + now)));
    }
    const double tilt = share_of(blend(seed, 9000 + now)) - 0.5;
    phase += pitch * (1 + 0.25 * tilt) / kSampleRateHz;
    phase -= std::floor(phase);
    const double pulse = (2 * phase - 1) * speech_level(seed, t);
    samples[i] += static_cast<float>(0.5 * throat(pulse) + 0.3 * mouth(pulse));
  }
}

void add_scene(std::span<float> samples, const ScenePlan& scene) {
  if (scene.shot == Shot::card) return add_chime(samples);
  Seeded seeded(blend(scene.seed, 3));
  add_tune(samples, seeded);
  add_air(samples, seeded);
  if (scene.shot != Shot::intro && scene.shot != Shot::insert && scene.shot != Shot::wide)
    add_voice(samples, scene.seed);
}

/// Brings the loudest moment to the same height in every scene.
void level_out(std::span<float> samples) {
  float peak = 0.01F;
  for (const float sample : samples) peak = std::max(peak, std::abs(sample));
  for (float& sample : samples) sample *= 0.7F / peak;
}

}  // namespace

std::vector<std::int16_t> render_sound(std::span<const ScenePlan> scenes) {
  constexpr std::size_t kPerFrame = kSampleRateHz / kFramesPerSecond;
  std::vector<float> samples;
  for (const ScenePlan& scene : scenes) {
    const std::size_t begin = samples.size();
    samples.resize(begin + static_cast<std::size_t>(scene.frames) * kPerFrame, 0.0F);
    add_scene(std::span(samples).subspan(begin), scene);
    level_out(std::span(samples).subspan(begin));
  }
  std::vector<std::int16_t> rounded(samples.size());
  std::transform(samples.begin(), samples.end(), rounded.begin(), [](float value) {
    return static_cast<std::int16_t>(std::lround(std::clamp(value, -0.99F, 0.99F) * 32767.0F));
  });
  return rounded;
}

void write_wav(const std::string& path, std::span<const std::int16_t> samples) {
  std::vector<char> bytes;
  const auto put = [&](std::uint64_t value, int count) {
    for (int i = 0; i < count; ++i) bytes.push_back(static_cast<char>((value >> (8 * i)) & 0xffU));
  };
  const auto word = [&](const char* four) { bytes.insert(bytes.end(), four, four + 4); };
  const std::uint64_t payload = samples.size_bytes();
  word("RIFF");
  put(36 + payload, 4);
  word("WAVE");
  word("fmt ");
  put(16, 4);
  put(1, 2);
  put(1, 2);
  put(kSampleRateHz, 4);
  put(2ULL * kSampleRateHz, 4);
  put(2, 2);
  put(16, 2);
  word("data");
  put(payload, 4);
  for (const std::int16_t sample : samples) put(static_cast<std::uint16_t>(sample), 2);
  std::ofstream file(path, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!file.flush()) throw std::runtime_error("write sound '" + path + "': the disk refused it");
}

}  // namespace reelprint::demo
