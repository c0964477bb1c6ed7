#include "pipeline/dry_run.h"

#include <algorithm>
#include <span>
#include <string>

#include "core/error.h"
#include "rights/ruling.h"

namespace reelprint::pipeline {
namespace {

template <class Value, class ValueId>
void change_list(std::vector<Value>& list, const std::vector<Value>& put,
                 const std::vector<ValueId>& without) {
  std::erase_if(list,
                [&](const Value& value) { return std::ranges::find(without, value.id) != without.end(); });
  std::int64_t added = 0;
  for (const Value& value : put) {
    if (value.id == ValueId{}) {
      list.push_back(value);
      list.back().id = ValueId{--added};
      continue;
    }
    const auto known = std::ranges::find(list, value.id, &Value::id);
    if (known != list.end()) *known = value;
  }
}

Outcome outcome_of(const HolderRuling& ruling) {
  return {ruling.decision, ruling.action};
}

bool counts(ReferenceState state) {
  return state == ReferenceState::active || state == ReferenceState::quarantined;
}

/// The matches of these holders whose references still count.
struct Claims {
  std::vector<const Match*> matches;
  std::vector<std::shared_ptr<const ReferenceFacts>> facts;
};

Claims claims_of(const PastScreening& screening, const ReferenceFactsOf& facts_of,
                 std::span<const HolderId> holders) {
  Claims claims;
  for (const Match& match : screening.matches) {
    auto facts = facts_of(match.reference);
    if (!facts || std::ranges::find(holders, facts->entry.holder.id) == holders.end()) continue;
    if (!counts(facts->entry.reference.state)) continue;
    claims.matches.push_back(&match);
    claims.facts.push_back(std::move(facts));
  }
  return claims;
}

std::vector<HolderRuling> rule_with(const RightsRecord& record, const Claims& claims,
                                    const PastScreening& screening, const rights::Policy& thresholds) {
  std::vector<rights::FoundMatch> found;
  for (std::size_t i = 0; i < claims.matches.size(); ++i) {
    const ReferenceFacts& facts = *claims.facts[i];
    found.push_back({*claims.matches[i], facts.entry, facts.excluded,
                     facts.entry.reference.state == ReferenceState::quarantined});
  }
  const WallTime at = rights::counting_time(screening.context, screening.screened_at);
  return rights::rule({found, screening.duration, screening.context, at, record, thresholds}).holders;
}

std::vector<RuleStep> missing_in(const std::vector<RuleStep>& steps, const std::vector<RuleStep>& other) {
  std::vector<RuleStep> missing;
  for (const RuleStep& step : steps)
    if (std::ranges::find(other, step) == other.end()) missing.push_back(step);
  return missing;
}

void compare(const PastScreening& screening, const HolderRuling& before, const HolderRuling& after,
             const DryRunQuestion& question, DryRunResult& result) {
  ++result.decisions;
  if (outcome_of(before) == outcome_of(after)) return;
  ++result.changed;
  ++result.counts[{outcome_of(before), outcome_of(after)}];
  if (result.changes.size() >= question.most_listed) return;
  ChangedDecision change{screening.request,
                         screening.screening,
                         after.holder,
                         {},
                         outcome_of(before),
                         outcome_of(after),
                         missing_in(after.steps, before.steps),
                         missing_in(before.steps, after.steps)};
  const auto decided = std::ranges::find(screening.decided, after.holder, &HolderRuling::holder);
  if (decided != screening.decided.end()) change.decided = outcome_of(*decided);
  result.changes.push_back(std::move(change));
}

}  // namespace

RightsRecord changed(RightsRecord record, const RightsChange& change) {
  change_list(record.licences, change.put.licences, change.without_licences);
  change_list(record.policies, change.put.policies, change.without_policies);
  change_list(record.allow_entries, change.put.allow_entries, change.without_allow_entries);
  return record;
}

DryRunResult dry_run(PastScreenings& past, const ReferenceFactsOf& facts_of, const DryRunQuestion& question,
                     const std::stop_token& stop) {
  DryRunResult result;
  while (const auto screening = past.next()) {
    if (stop.stop_requested()) throw Error(ErrorCode::cancelled, "dry run: stopped on request");
    if (result.screenings == question.most_screenings) {
      result.is_complete = false;
      break;
    }
    ++result.screenings;
    const Claims claims = claims_of(*screening, facts_of, question.holders);
    const auto before = rule_with(question.now, claims, *screening, question.thresholds);
    const auto after = rule_with(question.then, claims, *screening, question.thresholds);
    // The same matches make the same holders, in the same order.
    for (std::size_t i = 0; i < before.size(); ++i)
      compare(*screening, before[i], after[i], question, result);
  }
  return result;
}

}  // namespace reelprint::pipeline
