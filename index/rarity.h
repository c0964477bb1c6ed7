// What several series, or several episodes of one, show alike says little or nothing of whose it is.
#pragma once

#include "index/align.h"
#include "index/frame_index.h"

namespace reelprint::index {

inline constexpr int kSeriesRadius = 40;   ///< another encoding of the same card, perhaps with another number
inline constexpr int kEpisodeRadius = 24;  ///< nearer: episodes of one series look alike without sharing any

/// Marks which pictures of an alignment are distinctive, by looking the reference's own pictures up among all
/// others: unlike the query's they are not edited, so that their hashes find a licence card or an intro
/// wherever else it is. Pictures with too little structure to look up are not distinctive.
void mark_distinct(Alignment& alignment, const FrameIndex& frames);

}  // namespace reelprint::index
