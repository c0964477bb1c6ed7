// What a search saw of the references that one asks about: why they matched, or why not.
#pragma once

#include <cstddef>
#include <limits>
#include <set>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/match.h"

namespace reelprint::index {

/// What became of an alignment.
enum class Outcome {
  kept,             ///< it is a match
  too_weak,         ///< its score is below the least one
  another_moment,   ///< what moves contradicts it: the same set, not a copy
  explained,        ///< a stronger alignment explains the same seconds
  not_distinctive,  ///< too few seconds that no other series shows
};

[[nodiscard]] std::string_view to_string(Outcome outcome);

/// One alignment as a claim, and what became of it.
struct Considered {
  Match match;
  Outcome outcome = Outcome::kept;
};

/// A query picture that resembles a picture of a followed reference.
struct TracedHit {
  FoundBy found_by = FoundBy::hashes;
  ReferenceId reference;
  Timestamp query;
  Timestamp shown_at;  ///< in the reference
  bool mirrored = false;
  double weight = 0;  ///< 0..1: nearness × rarity
};

/// How far the search for one reference came by one kind of evidence.
struct TracedStage {
  FoundBy found_by = FoundBy::hashes;
  ReferenceId reference;
  bool mirrored = false;
  std::size_t hits = 0;        ///< of sound: stretches, one a stage
  double best_votes = 0;       ///< of the best line through them; of sound: its evidence (sound_index.h)
  double least_votes = 0;      ///< asked of a line; of sound, nothing: what is not asked is not found
  bool was_looked_at = false;  ///< false: too little weight, or others had more
};

/// Filled by find_matches for the references in `followed`, but for what says otherwise.
struct SearchTrace {
  std::set<ReferenceId> followed;
  std::size_t pictures = 0;           ///< of the query
  std::size_t searched_pictures = 0;  ///< of them with enough structure to be searched by hash
  std::size_t detailed_pictures = 0;  ///< of them with local features
  bool searched_features = false;
  std::vector<TracedStage> stages;
  std::vector<TracedHit> hits;
  std::vector<Considered> considered;
  /// Of whatever reference: log10 of the false alarms of the likeliest alignment that what moves refuted.
  double refuted = std::numeric_limits<double>::infinity();
};

}  // namespace reelprint::index
