// What platforms and holders are told of uploads and decisions.
#pragma once

#include <string_view>

#include "core/screening_request.h"
#include "store/store.h"

namespace reelprint::pipeline {

/// "screening.completed" to the platform: what its upload comes to. Inside the transaction that makes it
/// true, as all below.
void tell_of_result(store::Store& store, const ScreeningRequest& request, bool is_retroactive, WallTime now);
/// "screening.failed" to the platform.
void tell_of_failure(store::Store& store, const ScreeningRequest& request, WallTime now);
/// "match.found" to the holder: its own part, nothing of other holders.
void tell_of_match(store::Store& store, const ScreeningRequest& request, const UploadDecision& decision,
                   WallTime now);
/// "decision.released" to the platform and to the holder.
void tell_of_release(store::Store& store, const ScreeningRequest& request, const UploadDecision& decision,
                     WallTime now);
/// "decision.changed" to both: another ruling has taken its place.
void tell_of_change(store::Store& store, const ScreeningRequest& request, const UploadDecision& decision,
                    WallTime now);
/// "reference.quarantined" to its holder.
void tell_of_quarantine(store::Store& store, const ReferenceEntry& entry, std::string_view why, WallTime now);

}  // namespace reelprint::pipeline
