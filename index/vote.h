// Hits of one reference → time lines that many of them lie on.
#pragma once

#include <span>
#include <vector>

#include "core/fingerprint.h"
#include "index/hits.h"

namespace reelprint::index {

/// reference seconds = speed × query seconds + offset_s.
struct TimeLine {
  double speed = 1;
  double offset_s = 0;

  [[nodiscard]] double reference_s(double query_s) const { return speed * query_s + offset_s; }
  [[nodiscard]] double query_s(double reference_s) const { return (reference_s - offset_s) / speed; }
};

struct Candidate {
  TimeLine line;
  double votes = 0;  ///< sum of the weights of the query keyframes that support it
};

inline constexpr double kSlowest = 0.5;
inline constexpr double kFastest = 2;
/// Speeds tried: a geometric grid in steps of 2 %, so that over a minute the ends are at most 0.3 s off.
inline constexpr std::size_t kSpeeds = 71;

/// The line with the most votes among `hits` (all of one reference and one orientation), refined to the hits
/// on it by weighted least squares; votes 0 when there are none. A keyframe votes once for a line however
/// many hits it has there, so that a long static shot cannot outvote a short moving one. Hough voting over
/// (speed, offset), as in Jiang et al.'s survey of partial copy localisation (VCSL, CVPR 2022).
[[nodiscard]] Candidate vote(const Fingerprint& query, std::span<const Hit> hits);

/// Lines of other speeds than `line`, with at least 0.85 of the most votes, the best first; four at most,
/// each at a speed of its own.
[[nodiscard]] std::vector<Candidate> vote_for_others(const Fingerprint& query, std::span<const Hit> hits,
                                                     const TimeLine& line);

}  // namespace reelprint::index
