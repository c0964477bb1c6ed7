// What several series, or several episodes of one, show alike, or what the negative bank has, says little or
// nothing of whose it is.
#pragma once

#include "index/align.h"
#include "index/frame_index.h"

namespace reelprint::index {

/// Marks which pictures of an alignment are distinctive, by looking the reference's own pictures up among all
/// others: unlike the query's they are not edited, so that their hashes find a licence card or an intro
/// wherever else it is. Pictures with too little structure to look up are not distinctive.
void mark_distinct(Alignment& alignment, const FrameIndex& frames);

/// Takes the distinction from the pictures of an alignment over `query` that `negatives` have, and marks
/// them: those whose reference picture lies within 40 bits of a negative's, or, where whole pictures were
/// compared, whose query picture does as it is viewed (mirrored where the alignment is). Cost: two hashes a
/// picture against every keyframe of the bank.
void mark_negative(Alignment& alignment, const Fingerprint& query, const FrameIndex& negatives);

}  // namespace reelprint::index
