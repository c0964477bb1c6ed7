// A time line → the segments along it where query and reference really show the same.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "core/fingerprint.h"
#include "core/match.h"
#include "core/similarity.h"
#include "index/frame_index.h"
#include "index/hits.h"
#include "index/vote.h"

namespace reelprint::index {

/// How one query keyframe compares with the reference at the aligned moment.
enum class Agreement {
  none,   ///< cannot be compared: one of the pictures is blank, or the reference has ended
  blank,  ///< both are: it fits, and says nothing
  agrees,
  unsure,  ///< neither near nor far
  disagrees,
};

struct AlignedKeyframe {
  std::size_t query = 0;     ///< position in the query's keyframes
  Timestamp shown_at;        ///< that keyframe's begin
  std::size_t keyframe = 0;  ///< position in the reference's keyframes
  Agreement agreement = Agreement::none;
  int distance = 0;                     ///< Hamming, of the nearest picture within reach of the line
  bool distinct_from_series = false;    ///< no other series has a picture about as near
  bool distinct_from_episodes = false;  ///< nor has another episode of this series
  int inliers = 0;                      ///< compared by local features: places that obey one transform
  Similarity transform;   ///< that transform, of the query as viewed (mirrored first) → reference
  bool negative = false;  ///< the negative bank has the picture, which is distinct from nothing then
};

/// What moves on both sides, compared (moment.h).
struct Moment {
  double agreement = 0;     ///< −1..1
  double freedom = 0;       ///< pictures beyond the first of each shot that were compared: what it rests on
  bool was_sought = false;  ///< the best of many lines: chance had as many tries
};

/// One stretch of the query along one line. `keyframes` are the query keyframes within query_span, in order.
struct Alignment {
  const IndexedReference* reference = nullptr;
  TimeLine line;
  bool mirrored = false;
  Interval query_span;
  Interval reference_span;
  std::vector<AlignedKeyframe> keyframes;
  std::optional<Moment> moment;   ///< nothing when it was not asked or cannot be told
  bool is_second_choice = false;  ///< another line was tried before: chance had as many tries
};

struct QuerySide {
  const Fingerprint& print;
  const std::vector<Rivals>& rivals;  ///< one a keyframe
};

/// Compares one query keyframe with what a reference shows at `aligned_s`.
using Compare = std::function<AlignedKeyframe(std::size_t keyframe, double aligned_s)>;

/// By frame hashes: with the reference pictures shown within 0.4 s of the moment.
[[nodiscard]] Compare by_hashes(const QuerySide& query, const IndexedReference& reference, bool mirrored);

/// By local features, for a query reduced to its details (feature_hits.h): with the reference's details shown
/// within 0.3 s of the moment. Says nothing of what is distinctive (rarity.h). With an `expected` transform,
/// which other pictures of the line obey, four places that obey it too are enough to agree. What is handed in
/// must outlive the comparison.
[[nodiscard]] Compare by_features(const Fingerprint& reduced, const Fingerprint& reference, bool mirrored,
                                  const std::optional<Similarity>& expected = std::nullopt);

/// Walks the query keyframes along the line, comparing each one's picture, taken at its begin, with what the
/// reference shows at the aligned moment, and returns the stretches that agree, gaps of up to 2 s bridged, in
/// order of time. A stretch has at least two keyframes that agree; blank pictures that fit lengthen it at
/// either end.
[[nodiscard]] std::vector<Alignment> align(const Fingerprint& query, const IndexedReference& reference,
                                           const TimeLine& line, const Compare& compare);

/// align() by local features: freely first, then with the transform of the picture that agrees best expected
/// of all, which carries stretches through pictures that alone say too little.
[[nodiscard]] std::vector<Alignment> align_by_features(const Fingerprint& reduced,
                                                       const IndexedReference& reference,
                                                       const Fingerprint& print, const TimeLine& line,
                                                       bool mirrored);

/// Gives an alignment another line, and the reference span that goes with it.
void move_to(Alignment& alignment, const TimeLine& line);

}  // namespace reelprint::index
