#include "pipeline/upload_outcome.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "pipeline/case_filing.h"
#include "pipeline/decision_custody.h"
#include "pipeline/upload_events.h"
#include "pipeline/upload_ruling.h"
#include "store/decisions.h"
#include "store/screening_requests.h"

namespace reelprint::pipeline {
namespace {

constexpr std::size_t kAll = std::numeric_limits<std::int32_t>::max();

bool rests_on(const UploadDecision& decision, ReferenceId reference) {
  return std::ranges::binary_search(decision.references, reference);
}

/// A retroactive result changes nothing for holders whom the newcomer does not concern.
bool is_news(const UploadDecision& decision, ReferenceId newcomer) {
  return newcomer == ReferenceId{} || rests_on(decision, newcomer);
}

/// Whether a person would see a difference.
bool is_same(const UploadDecision& a, const UploadDecision& b) {
  return a.ruling.decision == b.ruling.decision && a.ruling.action == b.ruling.action &&
         a.references == b.references && a.ruling.steps == b.ruling.steps;
}

void release_it(store::Store& store, const ScreeningRequest& request, UploadDecision decision,
                std::string_view by, std::string_view why, WallTime now) {
  if (!store::Decisions(store.database()).release(decision.id, by, why, now)) return;
  decision.released_why = why;
  tell_of_release(store, request, decision, now);
  unfile_decision(store, decision, why, by, now);
}

}  // namespace

std::optional<ScreeningRequest> store_result(store::Store& store, RequestId id, Screening screening,
                                             const rights::Policy& thresholds, WallTime now,
                                             ReferenceId newcomer) {
  store::ScreeningRequests requests(store.database());
  auto request = requests.find(id);
  if (!request || request->state == RequestState::failed || request->state == RequestState::cancelled)
    return std::nullopt;
  const bool is_retroactive = newcomer != ReferenceId{};
  UploadRuling ruling = rule_on(store, screening, *request, now, thresholds);
  screening.verdict = std::move(ruling.verdict);
  const ScreeningId result = store.add_screening(screening);
  store::Decisions decisions(store.database());
  for (UploadDecision& decision : ruling.decisions) {
    if (!is_news(decision, newcomer)) continue;
    decision.screening = result;
    decision.is_retroactive = is_retroactive;
    decision.id = decisions.add(decision);
    note_decision(store, decision, screening.media, now);
  }
  std::ignore = requests.finish(id, result, outcome_of(store, id), now);
  request = requests.find(id);
  tell_of_result(store, *request, is_retroactive, now);
  for (const UploadDecision& decision : ruling.decisions)
    if (decision.id != DecisionId{} && decision.ruling.decision != Decision::clear)
      tell_of_match(store, *request, decision, now);
  for (const UploadDecision& decision : ruling.decisions)
    if (decision.id != DecisionId{}) file_decision(store, *request, decision, now);
  return request;
}

RuledAgain rule_again(store::Store& store, RequestId id, const rights::Policy& thresholds,
                      std::string_view by, std::string_view why, WallTime now) {
  RuledAgain result;
  store::ScreeningRequests requests(store.database());
  store::Decisions decisions(store.database());
  const auto request = requests.find(id);
  const auto screening = request ? store.screening(request->screening) : std::nullopt;
  if (!screening) return result;
  UploadRuling ruling = rule_on(store, *screening, *request, now, thresholds);
  store::DecisionFilter filter;
  filter.request = id;
  filter.state = DecisionState::active;
  for (const UploadDecision& before : decisions.list(filter, {}, kAll)) {
    const auto after = std::ranges::find(ruling.decisions, before.ruling.holder,
                                         [](const UploadDecision& d) { return d.ruling.holder; });
    if (after == ruling.decisions.end() || after->references.empty()) {
      if (before.references.empty()) continue;
      release_it(store, *request, before, by, why, now);
      ++result.released;
    } else if (!is_same(before, *after)) {
      after->screening = request->screening;
      after->is_retroactive = before.is_retroactive;
      after->id = decisions.add(*after);
      note_decision(store, *after, screening->media, now);
      tell_of_change(store, *request, *after, now);
      file_decision(store, *request, *after, now);
      ++result.changed;
    }
  }
  requests.decide(id, outcome_of(store, id));
  return result;
}

}  // namespace reelprint::pipeline
