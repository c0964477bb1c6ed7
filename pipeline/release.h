// Takes decisions back: in one action, with everybody told.
#pragma once

#include <cstddef>
#include <string_view>

#include "core/ids.h"
#include "rights/judge.h"
#include "store/store.h"

namespace reelprint::pipeline {

/// By whom, why and when.
struct ReleaseNote {
  std::string_view by;  ///< Principal::name
  std::string_view why;
  WallTime now;
};

/// Inside a transaction, all of them. What rests on the reference alone is released; what rests on others of
/// the holder's too is ruled on again without it, so the reference must be retracted or gone. Returns how
/// many decisions were released or came out otherwise.
std::size_t release_decisions(store::Store& store, ReferenceId reference, const rights::Policy& thresholds,
                              const ReleaseNote& note);
/// All active decisions about a holder's works.
std::size_t release_decisions(store::Store& store, HolderId holder, const ReleaseNote& note);
/// One; 0 when it is not active.
std::size_t release_decision(store::Store& store, DecisionId decision, const ReleaseNote& note);

}  // namespace reelprint::pipeline
