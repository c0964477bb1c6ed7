// What counts of a match, and what several of them come to.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/match.h"
#include "core/policy.h"
#include "core/sentence.h"
#include "rights/ruling.h"

namespace reelprint::rights {

/// Where a match stands while a ruling is made.
enum class Standing : std::uint8_t {
  dropped,   ///< it counts for nothing
  licensed,  ///< whoever shows it may
  doubtful,  ///< a person would have to look
  certain,   ///< nothing is open
};

/// A match less its reference's excluded seconds.
struct CountedMatch {
  const FoundMatch* found = nullptr;
  std::size_t position = 0;               ///< in the input
  Match match;                            ///< distinctive without what is excluded; without its pairs
  std::vector<Interval> query_parts;      ///< of the query span, what counts
  std::vector<Interval> reference_parts;  ///< of the reference span
  Duration excluded{0};                   ///< how much of the query span does not count
  Sentence work;                          ///< "The Lantern Oath, episode 3"
  Standing standing = Standing::dropped;
};

/// Everything excluded is taken for distinctive: in doubt for the accused. Dropped when nothing is left.
[[nodiscard]] CountedMatch count(const FoundMatch& found, std::size_t position);

/// What several matches come to.
struct Measure {
  std::size_t matches = 0;
  Duration matched{0};            ///< of the upload, each second once
  double share_of_upload = 0;     ///< 0..1; 0 of an upload without length
  double share_of_reference = 0;  ///< 0..1, of the reference of which the largest part is shown
  double score = 0;               ///< the best
};

[[nodiscard]] Measure measure(std::span<const CountedMatch* const> matches, Duration upload);

/// Whether a policy's rule of this modality looks at the match.
[[nodiscard]] bool is_of(Modality modality, const Match& match);

}  // namespace reelprint::rights
