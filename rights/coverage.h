// Whether one licence, or one statement of ownership, covers a work where and when it is shown.
#pragma once

#include <cstdint>
#include <string>

#include "core/licence.h"
#include "core/ownership.h"
#include "rights/showing.h"

namespace reelprint::rights {

struct Work {
  SeriesId series;
  EpisodeId episode;
  Sentence name;  ///< "The Lantern Oath, episode 3"
};

/// By how near it comes.
enum class Cover : std::uint8_t {
  other_work,
  other_uploader,
  other_time,
  other_territory,
  open,  ///< all else fits, and the territory was not said
  full,
};

struct Coverage {
  Cover cover = Cover::other_work;
  Sentence text;  ///< the sentence that says so
};

/// In this order: the work, who shows it, when, where; the first that does not fit is told. Who shows a
/// video must be known to be the one who may: only where it is shown can be an open question.
/// `names_uploader`: names(licence.grantee, showing).
[[nodiscard]] Coverage covers(const Licence& licence, bool names_uploader, const Work& work,
                              const Showing& showing);

/// `holder` is its name, `series` the work's.
[[nodiscard]] Coverage covers(const Ownership& ownership, const std::string& holder,
                              const std::string& series, const Showing& showing);

}  // namespace reelprint::rights
