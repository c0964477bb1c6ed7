// The claim: these seconds of the query are those seconds of the reference.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/similarity.h"
#include "core/time.h"

namespace reelprint {

/// One query picture and the reference picture that the alignment puts beside it.
struct AlignedPair {
  Timestamp query;
  Timestamp reference;
  int distance = 0;          ///< Hamming distance of the frame hashes, 0..256; 0 where they were not compared
  bool distinctive = false;  ///< no other series has a picture about as near
  std::size_t inliers = 0;   ///< places of the pictures that obey `transform`; 0 where hashes were compared
  Similarity transform;  ///< how the query's picture, mirrored first if the match is, lies in the reference's
};

/// What found a match.
enum class FoundBy : std::uint8_t {
  hashes,    ///< whole pictures are alike
  features,  ///< places in the pictures are, wherever they lie
  sound,     ///< the sound is, and the picture confirms nothing: never enough to accuse
};

[[nodiscard]] std::string_view to_string(FoundBy found_by);
[[nodiscard]] std::optional<FoundBy> found_by_of(std::string_view name);

/// One aligned segment. reference time ≈ speed × query time + constant.
struct Match {
  ReferenceId reference;
  EpisodeId episode;
  SeriesId series;
  Interval query_span;
  Interval reference_span;
  double speed = 1;               ///< media seconds of the reference per second of the query, 0.5..2
  bool mirrored = false;          ///< the query shows the reference flipped left to right
  double score = 0;               ///< 0..1, see index/score.h
  double log10_false_alarms = 0;  ///< expected number of matches this good by chance in this screening
  Duration distinctive{0};        ///< how much of query_span shows what is this series' alone
  bool is_confirmed = true;       ///< false: it may be the same set, or the same music, at another moment
  Duration negative{0};           ///< how much of query_span shows what the negative bank has
  bool names_episode = true;      ///< false: only seconds that several episodes of the series share
  std::size_t agreeing = 0;       ///< query keyframes within the span that agree
  std::size_t compared = 0;       ///< query keyframes within the span that could be compared
  FoundBy found_by = FoundBy::hashes;
  std::size_t inliers = 0;                 ///< found by features: median places of the pictures that agree
  std::optional<double> sound_agreement;   ///< 0..1 of the span's sound that agrees; nothing if not compared
  std::optional<double> moment_agreement;  ///< −1..1: how well what moves agrees; nothing if nothing does
  std::size_t moment_pictures = 0;  ///< pictures, beyond the first of each shot, by which that was told
  std::vector<AlignedPair> pairs;   ///< the best aligned pairs, by time
};

}  // namespace reelprint
