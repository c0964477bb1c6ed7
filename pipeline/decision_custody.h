// What the custody log has of a decision: of which bytes it is.
#pragma once

#include "core/screening.h"
#include "core/screening_request.h"
#include "store/store.h"

namespace reelprint::pipeline {

/// Audit entry "decision.made" of the holder's tenant: the screening, the SHA-256 of what was screened, the
/// decision and the references that it rests on; none for a decision that rests on none. Inside the
/// decision's transaction.
void note_decision(store::Store& store, const UploadDecision& decision, const Sha256& media, WallTime now);

}  // namespace reelprint::pipeline
