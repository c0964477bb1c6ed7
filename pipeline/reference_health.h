// How well a reference can be found, and where it cannot: what its holder should know before a pirate does.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "core/fingerprint.h"
#include "core/ids.h"
#include "core/time.h"
#include "index/frame_index.h"

namespace reelprint::pipeline {

/// Seconds of pictures by what they say. Every second is of one kind, the first that fits in this order.
struct PictureTime {
  Duration blank{0};           ///< without any structure: black, white, one colour
  Duration plain{0};           ///< too little structure to be searched: text on a plain ground
  Duration other_holders{0};   ///< another holder's work shows the same
  Duration other_series{0};    ///< another series of the same holder does
  Duration other_episodes{0};  ///< another episode does: an intro, a recap; it names the series alone
  Duration distinctive{0};     ///< nobody else has it

  friend bool operator==(const PictureTime&, const PictureTime&) = default;
};

struct MinuteHealth {
  Interval span;  ///< the last may be shorter
  Duration distinctive{0};
};

struct ReferenceHealth {
  Duration duration{0};
  PictureTime whole;
  Duration still{0};                  ///< pictures that stand for 3 s or longer, of any kind
  std::vector<MinuteHealth> minutes;  ///< in order
  std::vector<MinuteHealth> weakest;  ///< at most five, those with the smallest share first
};

struct HealthQuestion {
  const Fingerprint& print;
  ReferenceId reference;
  EpisodeId episode;
  SeriesId series;
};

/// Compares each picture with those of all other references as index/rarity.h does: alike is another series
/// within 40 bits, another episode within 24. `is_same_holder` says so of another series. Costs one search of
/// the reference's pictures in the index.
[[nodiscard]] ReferenceHealth examine(
    const HealthQuestion& question, const index::FrameIndex& frames,
    const std::function<bool(const index::IndexedReference&)>& is_same_holder);

}  // namespace reelprint::pipeline
