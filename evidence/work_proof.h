// What shows that a series is its holder's, as the catalog keeps it, in the words of a report.
#pragma once

#include <string_view>

#include "evidence/case_file.h"

namespace reelprint::evidence {

/// The label under which WorkFacts::proofs_of_right has its number.
inline constexpr std::string_view kCopyrightRegistration = "Copyright registration";

/// Fills in first publication and proofs of right from a series' `proof`, a JSON object (docs/reports.md
/// lists the labels). What is missing, or of another kind than it should be, is left out. Throws
/// Error{corrupt}: it is no JSON object.
void tell_proof(WorkFacts& work, std::string_view proof);

}  // namespace reelprint::evidence
