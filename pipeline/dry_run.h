// What past screenings would have come to, had other licences and policies been on record. Changes nothing.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

#include "core/catalog.h"
#include "core/holder_ruling.h"
#include "core/match.h"
#include "core/rights_record.h"
#include "core/upload_context.h"
#include "rights/judge.h"

namespace reelprint::pipeline {

/// A screening as it is stored.
struct PastScreening {
  RequestId request;
  ScreeningId screening;
  std::vector<Match> matches;
  Duration duration{0};
  UploadContext context;
  WallTime screened_at;
  std::vector<HolderRuling> decided;  ///< what counts of it now; steps are not needed
};

/// Past screenings one by one, the newest first, so that few are in memory.
class PastScreenings {
 public:
  virtual ~PastScreenings() = default;
  /// Nothing at the end.
  [[nodiscard]] virtual std::optional<PastScreening> next() = 0;
};

/// What is known of a reference now.
struct ReferenceFacts {
  ReferenceEntry entry;
  std::vector<Interval> excluded;
};
/// Nothing when it is not there any more.
using ReferenceFactsOf = std::function<std::shared_ptr<const ReferenceFacts>(ReferenceId)>;

/// What would be on record. An id of zero adds; another one replaces what has it, if that is there.
struct RightsChange {
  RightsRecord put;  ///< ownerships are not looked at
  std::vector<LicenceId> without_licences;
  std::vector<PolicyId> without_policies;
  std::vector<AllowEntryId> without_allow_entries;
};

/// What is added is numbered −1, −2 and so on.
[[nodiscard]] RightsRecord changed(RightsRecord record, const RightsChange& change);

struct DryRunQuestion {
  std::vector<HolderId> holders;  ///< whose decisions are looked at
  RightsRecord now;               ///< what is on record of them
  RightsRecord then;              ///< what would be
  rights::Policy thresholds;
  std::size_t most_screenings = 1000;
  std::size_t most_listed = 1000;  ///< changed decisions; all are counted
};

using Outcome = std::pair<Decision, Action>;

/// One holder's decision on one upload that would come out otherwise.
struct ChangedDecision {
  RequestId request;
  ScreeningId screening;
  HolderId holder;
  std::optional<Outcome> decided;  ///< what counts now; nothing when nobody decided
  Outcome before;                  ///< with what is on record
  Outcome after;                   ///< with the change
  std::vector<RuleStep> gained;    ///< steps that are new, or come out otherwise
  std::vector<RuleStep> lost;      ///< steps that are gone
};

struct DryRunResult {
  std::size_t screenings = 0;  ///< looked at
  std::size_t decisions = 0;   ///< of the holders
  std::size_t changed = 0;
  bool is_complete = true;  ///< false: there were more screenings
  std::map<std::pair<Outcome, Outcome>, std::size_t> counts;
  std::vector<ChangedDecision> changes;  ///< in the order of the screenings
};

/// Rules anew on each screening, with what is on record and with what would be, so that nothing but the
/// change makes a difference. Throws Error{cancelled} when asked to stop.
[[nodiscard]] DryRunResult dry_run(PastScreenings& past, const ReferenceFactsOf& facts_of,
                                   const DryRunQuestion& question, const std::stop_token& stop);

}  // namespace reelprint::pipeline
