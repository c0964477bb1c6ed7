// Matches → who may show what → what is to be done, holder by holder: pure, the same input gives the same
// bytes.
#pragma once

#include <span>
#include <vector>

#include "core/catalog.h"
#include "core/clock.h"
#include "core/holder_ruling.h"
#include "core/legal_case.h"
#include "core/match.h"
#include "core/rights_record.h"
#include "core/upload_context.h"
#include "core/verdict.h"
#include "rights/judge.h"

namespace reelprint::rights {

/// A match with what is known of its reference now.
struct FoundMatch {
  const Match& match;
  const ReferenceEntry& entry;
  std::vector<Interval> excluded = {};  ///< seconds of the reference that are not the holder's, in any order
  bool is_quarantined = false;          ///< it only ever leads to a review
  CaseId dismissed_in = {};             ///< a person found no infringement in it there; zero: nowhere
  CaseReason dismissed_for = CaseReason::none;
};

struct RulingInput {
  std::span<const FoundMatch> found;
  Duration upload{0};  ///< length of the upload
  const UploadContext& context;
  WallTime at;                 ///< when it counts: counting_time()
  const RightsRecord& record;  ///< of the holders concerned at least
  Policy thresholds;           ///< of the evidence: rights/judge.h
};

struct Ruling {
  Verdict verdict;                    ///< the heaviest of the holders', with all their sentences
  Action action = Action::none;       ///< the strongest of the holders'
  std::vector<HolderRuling> holders;  ///< ascending by holder
};

/// Whether `a` weighs more than `b`: by the stronger action, and of equal ones by the decision: clear,
/// licensed, needs_review, infringing.
[[nodiscard]] bool is_heavier(const HolderRuling& a, const HolderRuling& b);

/// When an upload counts: when it was or will be published, else `now`.
[[nodiscard]] WallTime counting_time(const UploadContext& context, WallTime now);

/// Goes through it in this order: excluded seconds are taken away, matches where the holder has no right are
/// dropped, the evidence is judged, quarantined references and open questions only lead to a review, what a
/// person has dismissed is dropped, then the allow list, the licences, and the holder's policies.
/// docs/rights.md says why. The order of matches, licences, policies, allow entries and ownerships changes
/// nothing.
[[nodiscard]] Ruling rule(const RulingInput& input);

}  // namespace reelprint::rights
