// What happens to copies that were found: captured as evidence, and looked at again until they are gone.
#pragma once

#include <chrono>

#include "core/sighting.h"
#include "pipeline/crawl_desk.h"
#include "pipeline/task.h"
#include "store/sightings.h"

namespace reelprint::pipeline {

/// How long after a look the next one is: denser at first, and for a while after a change.
[[nodiscard]] std::chrono::seconds next_look_after(std::chrono::microseconds since_first_seen,
                                                   bool has_changed, bool is_up);

/// One look at a sighting that is in a case: captured when it has not been yet, and whether page and media
/// are still up. The look is stored with its time and answers, a change told (events "sighting.down",
/// "sighting.back"; an entry in the case's history). Throws Error{cancelled}.
[[nodiscard]] Task<void> look_at_sighting(CrawlDesk& desk, Sighting sighting);

}  // namespace reelprint::pipeline
