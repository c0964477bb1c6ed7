// Query keyframes → weighted hits: which reference pictures each one resembles, and how much that says.
#pragma once

#include <cstddef>
#include <vector>

#include "core/fingerprint.h"
#include "index/frame_index.h"

namespace reelprint::index {

/// One query keyframe near one reference keyframe.
struct Hit {
  std::size_t query = 0;  ///< position in the query's keyframes
  const IndexedReference* reference = nullptr;
  std::size_t keyframe = 0;  ///< position in reference->keyframes
  int distance = 0;       ///< Hamming, 0..256; found by local features: minus those that vote. Less is nearer
  bool mirrored = false;  ///< found with the query mirrored
  double weight = 0;      ///< 0..1: nearness × rarity
};

/// What the whole catalog says of one picture (and its mirror image): the nearest picture of every series and
/// of every episode. It answers whether a resemblance is special.
class Rivals {
 public:
  void note(const IndexedReference& reference, int distance);
  void finish();

  /// How many other series have a picture about as near as `distance`.
  [[nodiscard]] std::size_t other_series(SeriesId series, int distance) const;
  /// Whether another episode of the same series has.
  [[nodiscard]] bool other_episode(SeriesId series, EpisodeId episode, int distance) const;

 private:
  struct Nearest {
    SeriesId series;
    EpisodeId episode;
    int distance = 0;
  };
  std::vector<Nearest> nearest_;  ///< one an episode, after finish()
};

struct QueryHits {
  std::vector<Hit> hits;       ///< by query keyframe, then distance
  std::vector<Rivals> rivals;  ///< one a query keyframe
};

/// Searches every searchable keyframe of the query, as it is and mirrored, within the radius that suits the
/// size of the index. A picture that several series have weighs 1/n² (rarity: document frequency over
/// series).
[[nodiscard]] QueryHits find_hits(const Fingerprint& query, const FrameIndex& index);

}  // namespace reelprint::index
