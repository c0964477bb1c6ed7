// What a ruling needs to know of references, from the store.
#pragma once

#include "pipeline/dry_run.h"
#include "store/store.h"

namespace reelprint::pipeline {

/// Reads each reference once. Must not outlive the store.
[[nodiscard]] ReferenceFactsOf stored_reference_facts(store::Store& store);

}  // namespace reelprint::pipeline
