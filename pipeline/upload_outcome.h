// What a screening changes: the result, the decisions, and what everybody is told.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "core/screening.h"
#include "core/screening_request.h"
#include "rights/judge.h"
#include "store/store.h"

namespace reelprint::pipeline {

/// Stores a result of a request, rules on it, opens cases of it, and tells platform and holders: of a
/// retroactive one the holders only of decisions that rest on `newcomer`. Inside a transaction. Nothing when
/// the request has ended as failed or cancelled.
std::optional<ScreeningRequest> store_result(store::Store& store, RequestId request, Screening screening,
                                             const rights::Policy& thresholds, WallTime now,
                                             ReferenceId newcomer = {});

struct RuledAgain {
  std::size_t changed = 0;
  std::size_t released = 0;
};
/// Rules once more on the newest result of a request: where a holder's active decision comes out otherwise,
/// the new one takes its place, or, when nothing is left of it, it is released; both are told. Decisions
/// that are not active stay as they are. Inside a transaction.
RuledAgain rule_again(store::Store& store, RequestId request, const rights::Policy& thresholds,
                      std::string_view by, std::string_view why, WallTime now);

}  // namespace reelprint::pipeline
