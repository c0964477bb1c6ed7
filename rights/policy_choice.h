// What a holder's policies ask for.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/holder_ruling.h"
#include "core/policy.h"
#include "rights/counted_match.h"

namespace reelprint::rights {

/// The policies that count for one upload, and how the others were passed over.
struct PolicyChoice {
  std::vector<const reelprint::Policy*> policies;  ///< by id; empty: what is certain is blocked
  std::vector<RuleStep> passed_over;
};

/// Of those that are enabled and cover the territory, the ones of the highest priority; where no territory
/// was said, those that are limited to some do not count. `policies` are of one holder, by id.
[[nodiscard]] PolicyChoice choose(std::span<const reelprint::Policy* const> policies,
                                  const UploadContext& context);

/// The strongest action that the chosen policies ask for, for these matches of an upload of that length. Adds
/// how each rule came out to `steps`, if it is there.
[[nodiscard]] Action asked_for(const PolicyChoice& choice, std::span<const CountedMatch* const> matches,
                               Duration upload, std::vector<RuleStep>* steps);

/// What is done in doubt: nothing is blocked before a person looked, and nobody's earnings are taken.
[[nodiscard]] constexpr Action in_doubt(Action action) {
  switch (action) {
    case Action::none: return Action::none;
    case Action::track:
    case Action::monetize: return Action::track;
    case Action::review:
    case Action::block: return Action::review;
  }
  return Action::review;
}

}  // namespace reelprint::rights
