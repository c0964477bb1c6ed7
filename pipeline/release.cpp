#include "pipeline/release.h"

#include <limits>
#include <set>

#include "pipeline/case_filing.h"
#include "pipeline/upload_events.h"
#include "pipeline/upload_outcome.h"
#include "pipeline/upload_ruling.h"
#include "store/decisions.h"
#include "store/screening_requests.h"

namespace reelprint::pipeline {
namespace {

constexpr std::size_t kAll = std::numeric_limits<std::int32_t>::max();

bool release_one(store::Store& store, UploadDecision decision, const ReleaseNote& note) {
  store::ScreeningRequests requests(store.database());
  if (!store::Decisions(store.database()).release(decision.id, note.by, note.why, note.now)) return false;
  const auto request = requests.find(decision.request);
  unfile_decision(store, decision, note.why, note.by, note.now);
  if (!request) return true;
  requests.decide(request->id, outcome_of(store, request->id));
  decision.released_why = note.why;
  tell_of_release(store, *request, decision, note.now);
  return true;
}

}  // namespace

std::size_t release_decisions(store::Store& store, ReferenceId reference, const rights::Policy& thresholds,
                              const ReleaseNote& note) {
  store::DecisionFilter filter;
  filter.reference = reference;
  filter.state = DecisionState::active;
  std::set<RequestId> requests;
  for (const auto& decision : store::Decisions(store.database()).list(filter, {}, kAll))
    requests.insert(decision.request);
  std::size_t count = 0;
  for (const RequestId request : requests) {
    const RuledAgain again = rule_again(store, request, thresholds, note.by, note.why, note.now);
    count += again.changed + again.released;
  }
  return count;
}

std::size_t release_decisions(store::Store& store, HolderId holder, const ReleaseNote& note) {
  store::DecisionFilter filter;
  filter.holder = holder;
  filter.state = DecisionState::active;
  std::size_t count = 0;
  for (auto& decision : store::Decisions(store.database()).list(filter, {}, kAll))
    count += release_one(store, std::move(decision), note) ? 1 : 0;
  return count;
}

std::size_t release_decision(store::Store& store, DecisionId id, const ReleaseNote& note) {
  auto decision = store::Decisions(store.database()).find(id);
  return decision && release_one(store, *std::move(decision), note) ? 1 : 0;
}

}  // namespace reelprint::pipeline
