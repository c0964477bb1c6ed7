// Sound → AudioPrint, by Chromaprint (Lukas Lalinsky; Ke, Hoiem, Sukthankar: Computer Vision for Music
// Identification, CVPR 2005).
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "core/fingerprint.h"

namespace reelprint::fingerprint {

/// Takes mono 16-bit sound at kSoundRate piece by piece; feeding in chunks equals feeding at once.
class AudioPrinter {
 public:
  AudioPrinter();
  ~AudioPrinter();
  AudioPrinter(const AudioPrinter&) = delete;
  AudioPrinter& operator=(const AudioPrinter&) = delete;

  /// `at` is the media time of the first sample of this piece. Gaps of more than 50 ms are filled with
  /// silence and overlaps of more than 50 ms are dropped (less is a container's jitter), so that the print
  /// keeps the media's clock. Once the silence would pass 10 minutes in all, the print ends: what follows is
  /// not taken.
  void feed(std::span<const std::int16_t> samples, Timestamp at);

  /// The print of all that was fed; empty when that was too short for one item (about 3 s).
  [[nodiscard]] AudioPrint finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace reelprint::fingerprint
