// Matches → Verdict: pure functions, the same input gives the same verdict.
#pragma once

#include <span>

#include "core/match.h"
#include "core/sentence.h"
#include "core/verdict.h"

namespace reelprint::rights {

/// What must be there before anybody is accused. The scores' meaning: index/score.h.
struct Policy {
  double flag_score = 0.9;                               ///< at least this, and the work named, is infringing
  double review_score = 0.5;                             ///< at least this is shown to a person
  Duration least_distinctive = std::chrono::seconds(3);  ///< of one match, shown by no other series, to flag
  Duration least_series_only = std::chrono::seconds(6);  ///< of seconds that only name the series, to review
};

/// A match and the work it claims, as a person would call it: "The Lantern Oath, episode 3".
struct Claim {
  const Match& match;
  Sentence work;
};

/// What one claim alone is worth, and the sentence that says why.
struct Finding {
  Decision decision = Decision::clear;
  Sentence text;
};

/// By the evidence only: "infringing" leaves open whether somebody allowed it.
[[nodiscard]] Finding weigh(const Claim& claim, const Policy& policy);

/// One reason a claim, in the order given, then one for the whole. No licence is known here yet: what is
/// protected and found is infringing.
[[nodiscard]] Verdict judge(std::span<const Claim> claims, const Policy& policy);

}  // namespace reelprint::rights
