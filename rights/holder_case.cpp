#include "rights/holder_case.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <optional>
#include <utility>

#include "rights/coverage.h"

namespace reelprint::rights {
namespace {

template <class Value>
void sort_by_id(std::vector<const Value*>& values) {
  std::ranges::sort(values, {}, [](const Value* value) { return value->id; });
}

Sentence seconds(Duration duration) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%.1f", to_seconds(duration));
  return {SentenceCode::seconds, {text.data()}};
}

/// Those of the series itself if there are any, else those for all series.
std::vector<const Ownership*> ownerships_of(SeriesId series, const HolderRecord& record) {
  std::vector<const Ownership*> own;
  std::vector<const Ownership*> general;
  for (const Ownership* ownership : record.ownerships) {
    if (ownership->series == series) own.push_back(ownership);
    if (ownership->series == SeriesId{}) general.push_back(ownership);
  }
  return own.empty() ? general : own;
}

Cover right_to(const Series& series, HolderCase& holder_case) {
  const std::vector<const Ownership*> ownerships = ownerships_of(series.id, holder_case.record);
  if (ownerships.empty()) return Cover::full;
  Cover best = Cover::other_work;
  for (const Ownership* ownership : ownerships) {
    Coverage coverage = covers(*ownership, holder_case.holder, series.name, holder_case.showing);
    best = std::max(best, coverage.cover);
    holder_case.tell(StepKind::ownership, ownership->id.value, coverage.cover >= Cover::open,
                     std::move(coverage.text));
  }
  return best;
}

}  // namespace

HolderRecord record_of(HolderId holder, const RightsRecord& record) {
  HolderRecord own;
  for (const Licence& licence : record.licences)
    if (licence.holder == holder) own.licences.push_back(&licence);
  for (const reelprint::Policy& policy : record.policies)
    if (policy.holder == holder) own.policies.push_back(&policy);
  for (const AllowEntry& entry : record.allow_entries)
    if (entry.holder == holder || entry.holder == HolderId{}) own.allow_entries.push_back(&entry);
  for (const Ownership& ownership : record.ownerships)
    if (ownership.holder == holder) own.ownerships.push_back(&ownership);
  sort_by_id(own.licences);
  sort_by_id(own.policies);
  sort_by_id(own.allow_entries);
  sort_by_id(own.ownerships);
  return own;
}

void HolderCase::tell(StepKind kind, std::int64_t id, bool applies, Sentence sentence) {
  std::string text = to_text(sentence);
  RuleStep step{kind, id, applies, std::move(text), std::move(sentence)};
  if (std::ranges::find(steps, step) == steps.end()) steps.push_back(std::move(step));
}

void take_away_excluded_seconds(HolderCase& holder_case) {
  for (const CountedMatch& counted : holder_case.matches) {
    const std::int64_t reference = counted.match.reference.value;
    if (counted.standing == Standing::dropped) {
      holder_case.tell(StepKind::excluded, reference, true,
                       {SentenceCode::excluded_all, {counted.work, reference}});
    } else if (counted.excluded > Duration{0}) {
      holder_case.tell(
          StepKind::excluded, reference, true,
          {SentenceCode::excluded_part,
           {counted.work, seconds(counted.excluded), seconds(counted.match.query_span.length()), reference}});
    }
  }
}

void drop_what_the_holder_has_no_right_to(HolderCase& holder_case) {
  std::map<SeriesId, Cover> rights;
  for (CountedMatch& counted : holder_case.matches) {
    if (counted.standing == Standing::dropped) continue;
    const Series& series = counted.found->entry.series;
    const auto known = rights.find(series.id);
    const Cover right = known != rights.end()
                            ? known->second
                            : rights.emplace(series.id, right_to(series, holder_case)).first->second;
    if (right == Cover::open) counted.standing = Standing::doubtful;
    if (right < Cover::open) counted.standing = Standing::dropped;
  }
}

void weigh_evidence(HolderCase& holder_case) {
  for (CountedMatch& counted : holder_case.matches) {
    if (counted.standing == Standing::dropped) continue;
    Finding finding = weigh({counted.match, counted.work}, holder_case.input.thresholds);
    if (finding.decision == Decision::clear) counted.standing = Standing::dropped;
    if (finding.decision == Decision::needs_review) counted.standing = Standing::doubtful;
    holder_case.tell(StepKind::evidence, counted.match.reference.value, finding.decision != Decision::clear,
                     std::move(finding.text));
  }
}

void doubt_quarantined_references(HolderCase& holder_case) {
  for (CountedMatch& counted : holder_case.matches) {
    if (counted.standing == Standing::dropped || !counted.found->is_quarantined) continue;
    counted.standing = Standing::doubtful;
    const std::int64_t reference = counted.match.reference.value;
    holder_case.tell(StepKind::quarantine, reference, true,
                     {SentenceCode::quarantined, {counted.work, reference}});
  }
}

}  // namespace reelprint::rights
