#include "pipeline/upload_ruling.h"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>

#include "pipeline/case_filing.h"
#include "store/decisions.h"
#include "store/rights.h"
#include "store/settled_pairs.h"

namespace reelprint::pipeline {
namespace {

/// What is known of the references that a screening found; those that count for nothing are left out.
std::map<ReferenceId, ReferenceEntry> entries_of(store::Store& store, const Screening& screening) {
  std::map<ReferenceId, ReferenceEntry> entries;
  for (const Match& match : screening.matches) {
    if (entries.contains(match.reference)) continue;
    auto entry = store.reference(match.reference);
    if (!entry) continue;
    const ReferenceState state = entry->reference.state;
    if (state != ReferenceState::active && state != ReferenceState::quarantined) continue;
    entries.emplace(match.reference, *std::move(entry));
  }
  return entries;
}

std::vector<HolderId> holders_of(const std::map<ReferenceId, ReferenceEntry>& entries) {
  std::vector<HolderId> holders;
  for (const auto& [reference, entry] : entries) holders.push_back(entry.holder.id);
  std::ranges::sort(holders);
  const auto rest = std::ranges::unique(holders);
  holders.erase(rest.begin(), rest.end());
  return holders;
}

/// What a person has dismissed before is found no infringement again.
void mind_dismissals(store::Store& store, const store::UploadTraits& traits,
                     std::vector<rights::FoundMatch>& found) {
  store::SettledPairs pairs(store.database());
  for (rights::FoundMatch& one : found) {
    const auto settled = pairs.find(one.match.reference, traits);
    if (!settled || !settled->is_clear) continue;
    one.dismissed_in = settled->in_case;
    one.dismissed_for = settled->reason;
  }
}

std::vector<rights::FoundMatch> found_in(store::Store& store, const Screening& screening,
                                         const std::map<ReferenceId, ReferenceEntry>& entries) {
  std::vector<rights::FoundMatch> found;
  for (const Match& match : screening.matches) {
    const auto entry = entries.find(match.reference);
    if (entry == entries.end()) continue;
    std::vector<Interval> excluded;
    for (const auto& interval : store.excluded_intervals(match.reference)) excluded.push_back(interval.span);
    const bool is_quarantined = entry->second.reference.state == ReferenceState::quarantined;
    found.push_back({match, entry->second, std::move(excluded), is_quarantined});
  }
  return found;
}

std::vector<ReferenceId> references_of(const HolderRuling& ruling,
                                       const std::vector<rights::FoundMatch>& found) {
  std::vector<ReferenceId> references;
  for (const std::size_t position : ruling.matches) references.push_back(found[position].match.reference);
  std::ranges::sort(references);
  const auto rest = std::ranges::unique(references);
  references.erase(rest.begin(), rest.end());
  return references;
}

}  // namespace

UploadRuling rule_on(store::Store& store, const Screening& screening, const ScreeningRequest& request,
                     WallTime now, const rights::Policy& thresholds) {
  const auto entries = entries_of(store, screening);
  auto found = found_in(store, screening, entries);
  mind_dismissals(store, traits_of(store, request, screening.media), found);
  const RightsRecord record = store::Rights(store.database()).record_of(holders_of(entries));
  rights::Ruling ruling = rights::rule({found, screening.duration, request.context,
                                        rights::counting_time(request.context, now), record, thresholds});
  UploadRuling result{std::move(ruling.verdict), {}};
  for (const std::string& remark : screening.remarks) result.verdict.reasons.push_back(remark);
  for (HolderRuling& of_holder : ruling.holders) {
    for (const std::string& remark : screening.remarks)
      of_holder.steps.push_back({StepKind::evidence, 0, true, remark});
    UploadDecision decision;
    decision.request = request.id;
    decision.references = references_of(of_holder, found);
    decision.ruling = std::move(of_holder);
    decision.decided_at = now;
    result.decisions.push_back(std::move(decision));
  }
  return result;
}

std::pair<Decision, Action> outcome_of(store::Store& store, RequestId request) {
  store::DecisionFilter filter;
  filter.request = request;
  filter.state = DecisionState::active;
  std::optional<HolderRuling> heaviest;
  for (auto& decision :
       store::Decisions(store.database()).list(filter, {}, std::numeric_limits<std::int32_t>::max()))
    if (!heaviest || rights::is_heavier(decision.ruling, *heaviest)) heaviest = std::move(decision.ruling);
  if (!heaviest) return {Decision::clear, Action::none};
  return {heaviest->decision, heaviest->action};
}

}  // namespace reelprint::pipeline
