// One holder's matches in one upload on their way to a ruling, and the stages of that way. Each stage changes
// where matches stand, and tells why.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/holder_ruling.h"
#include "rights/counted_match.h"
#include "rights/showing.h"

namespace reelprint::rights {

/// What is on record and concerns one holder, each kind ascending by id.
struct HolderRecord {
  std::vector<const Licence*> licences;
  std::vector<const reelprint::Policy*> policies;
  std::vector<const AllowEntry*> allow_entries;  ///< those for all holders too
  std::vector<const Ownership*> ownerships;
};

[[nodiscard]] HolderRecord record_of(HolderId holder, const RightsRecord& record);

struct HolderCase {
  const RulingInput& input;
  const Showing& showing;
  std::string holder;  ///< its name
  HolderRecord record;
  std::vector<CountedMatch> matches;  ///< in the order in which they are told
  std::vector<RuleStep> steps;

  void tell(StepKind kind, std::int64_t id, bool applies, Sentence sentence);
};

void take_away_excluded_seconds(HolderCase& holder_case);
void drop_what_the_holder_has_no_right_to(HolderCase& holder_case);
/// Matches that the evidence clears are dropped; those that it would have reviewed are doubtful.
void weigh_evidence(HolderCase& holder_case);
void doubt_quarantined_references(HolderCase& holder_case);
/// What a person has found to be no infringement is dropped.
void drop_what_was_dismissed(HolderCase& holder_case);
void go_through_allow_list(HolderCase& holder_case);
void go_through_licences(HolderCase& holder_case);
/// The policies, and the end.
[[nodiscard]] HolderRuling decide(HolderCase& holder_case);

}  // namespace reelprint::rights
