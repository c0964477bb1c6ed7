// What was decided about one holder's works in one upload, and the way that led there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/policy.h"
#include "core/sentence.h"
#include "core/time.h"
#include "core/verdict.h"

namespace reelprint {

/// What a step of a ruling went through.
enum class StepKind : std::uint8_t {
  excluded,    ///< seconds of the reference that are not the holder's
  ownership,   ///< where and when the holder has the right
  evidence,    ///< what the matches show
  quarantine,  ///< a reference that is not trusted now
  dismissal,   ///< a person has found no infringement in it: a case
  allow,       ///< the allow list
  licence,
  policy,
};

[[nodiscard]] std::string_view to_string(StepKind kind);
[[nodiscard]] std::optional<StepKind> step_kind_of(std::string_view name);

/// One rule that was looked at: also those that did not apply.
struct RuleStep {
  StepKind kind = StepKind::evidence;
  std::int64_t id = 0;  ///< of the ownership, reference, case, allow entry, licence or policy; 0: of none
  bool applies = false;
  std::string text;     ///< a sentence for a person, in English
  Sentence sentence{};  ///< the same for every language; a text as it is where only that was kept

  friend bool operator==(const RuleStep& a, const RuleStep& b) {
    return a.kind == b.kind && a.id == b.id && a.applies == b.applies && a.text == b.text;
  }
};

/// `decision` and `action` go together: clear and licensed with none; needs_review with review, or with track
/// where the holder would have it tracked or monetized were it certain; infringing with track, monetize or
/// block.
struct HolderRuling {
  HolderId holder;
  Decision decision = Decision::clear;
  Action action = Action::none;
  Duration matched{0};               ///< of the upload, each second once, by all `matches`
  double share_of_upload = 0;        ///< 0..1
  double share_of_reference = 0;     ///< 0..1, the largest
  double score = 0;                  ///< 0..1, the best
  std::vector<std::size_t> matches;  ///< what it rests on: positions in the input, ascending
  std::vector<RuleStep> steps;       ///< in the order in which they were gone through

  friend bool operator==(const HolderRuling&, const HolderRuling&) = default;
};

}  // namespace reelprint
