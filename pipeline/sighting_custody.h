// What the audit log is told of a copy, from the first fetch on.
#pragma once

#include <string_view>

#include "core/sighting.h"
#include "store/sightings.h"
#include "store/store.h"

namespace reelprint::pipeline {

// Each appends one entry by "crawler" about "sighting N", of the sighting's tenant. Call it inside the
// transaction that stores what it tells of.

/// "sighting.seen": a video was fetched (`words`: of which sample; "": whole) and screened.
void note_seen(store::Store& store, const Sighting& sighting, std::string_view words);
/// "sighting.capture", with the SHA-256 of the WARC file.
void note_capture(store::Store& store, const Sighting& sighting, const store::Capture& capture);
/// "sighting.check": it went down, or came back.
void note_check(store::Store& store, const Sighting& sighting, const store::SightingCheck& check);

}  // namespace reelprint::pipeline
