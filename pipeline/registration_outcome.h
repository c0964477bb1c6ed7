// What a registration, a retraction or a decision about a conflict leaves in the store.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/catalog.h"
#include "core/clock.h"
#include "core/conflict.h"
#include "pipeline/conflict_check.h"
#include "store/store.h"

namespace reelprint::pipeline {

/// Makes a pending reference active, or held with a conflict for every overlap with another holder's; does
/// nothing when it is pending no more. Overlaps with other series of the same holder become warnings: what
/// both show is distinctive of neither.
void store_outcome(store::Store& store, const ReferenceEntry& reference, std::span<const Overlap> overlaps,
                   WallTime now);

/// Who decides, and why.
struct Ruling {
  std::string by;
  std::string reason;
  WallTime at;
};

/// Retracts a reference, which is searched no more: its open conflicts end, and what was held because of it
/// alone becomes active. False when it was retracted before. Event "reference.retracted". What was decided
/// because of it is released, or ruled on again without it.
bool retract(store::Store& store, const ReferenceEntry& reference, const Ruling& ruling);

/// Ends an open conflict and lets its references go on from there: `kept` retracts the other one, `withdrawn`
/// the newer one, `both` neither. False when it is not open.
bool decide(store::Store& store, const Conflict& conflict, ConflictState state, const Ruling& ruling);

/// {"reference": 12, "episode": …, "series": …, "holder": …, "state": …} and `more`, which is "" or begins
/// with a comma, to the holder's tenant.
void emit_outcome(store::Store& store, const ReferenceEntry& reference, std::string_view type,
                  const std::string& more, WallTime now);

}  // namespace reelprint::pipeline
