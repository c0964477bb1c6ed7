// What the accused are told of a decision: what was found, where, and how to dispute it. Nothing of others:
// no other upload or account, no licence, no rule of the holder, and nobody's name who worked on it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/dispute.h"
#include "core/screening_request.h"
#include "store/store.h"

namespace reelprint::pipeline {

/// A stretch of the upload that shows a stretch of a work.
struct ShownPart {
  std::string work{};  ///< "The Oath, episode 3"
  Interval upload{};
  Interval reference{};

  friend bool operator==(const ShownPart&, const ShownPart&) = default;
};

struct StatementOfReasons {
  DecisionId decision{};
  std::string url{};    ///< of the upload; "": not known
  std::string title{};  ///< likewise
  std::string holder{};
  Decision finding = Decision::clear;
  Action action = Action::none;  ///< that the holder asks the platform for
  DecisionState state = DecisionState::active;
  WallTime decided_at{};
  bool is_confirmed = false;  ///< a person has looked at it and confirmed it; found it was by automated means
  std::vector<ShownPart> parts{};
  int dispute_days = 0;              ///< within which a dispute is answered
  std::optional<Dispute> dispute{};  ///< the newest about the decision, an appeal too
  bool may_be_disputed = false;      ///< now
  bool may_be_appealed = false;      ///< the rejected dispute, now
};

/// Nothing when there is no such decision, or it accuses nobody.
[[nodiscard]] std::optional<StatementOfReasons> statement_of_reasons(store::Store& store, DecisionId id);

/// One JSON object.
[[nodiscard]] std::string to_json(const StatementOfReasons& statement);
/// For a person to read, in English, lines of at most 100 columns but for names and addresses.
[[nodiscard]] std::string to_text(const StatementOfReasons& statement);

}  // namespace reelprint::pipeline
