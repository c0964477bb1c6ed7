#include "store/decisions.h"

#include <limits>

#include "store/columns.h"
#include "store/decisions_statements.h"

namespace reelprint::store {
namespace {

using namespace statements;

template <class Value>
Value known(const Statement& row, const std::optional<Value>& value, const char* what) {
  if (!value) row.refuse(ErrorCode::corrupt, std::string(what) + " has no meaning");
  return *value;
}

/// What the step says; what was kept before there were sentences, in its words.
Sentence sentence_in(const Statement& step) {
  const std::string record = step.text(4);
  if (record.empty()) return step.text(3);
  return known(step, sentence_of_record(record), "a sentence");
}

std::string listing_for(const DecisionFilter& filter) {
  std::string sql(kDecisions);
  if (filter.holder != HolderId{}) sql += kDecisionsOfHolder;
  if (filter.holder_tenant != TenantId{}) sql += kDecisionsOfHoldersTenant;
  if (filter.tenant != TenantId{}) sql += kDecisionsOfTenant;
  if (filter.state) sql += kDecisionsInState;
  if (filter.decision) sql += kDecisionsDecided;
  if (filter.reference != ReferenceId{}) sql += kDecisionsOfReference;
  if (filter.request != RequestId{}) sql += kDecisionsOfRequest;
  if (filter.from) sql += kDecisionsFrom;
  if (filter.until) sql += kDecisionsUntil;
  sql += kDecisionsOrder;
  return sql;
}

void bind(Statement& row, const DecisionFilter& filter) {
  if (filter.holder != HolderId{}) row.bind(3, filter.holder.value);
  if (filter.holder_tenant != TenantId{}) row.bind(4, filter.holder_tenant.value);
  if (filter.tenant != TenantId{}) row.bind(5, filter.tenant.value);
  if (filter.state) row.bind(6, to_string(*filter.state));
  if (filter.decision) row.bind(7, to_string(*filter.decision));
  if (filter.reference != ReferenceId{}) row.bind(8, filter.reference.value);
  if (filter.request != RequestId{}) row.bind(9, filter.request.value);
  if (filter.from) row.bind(10, microseconds_of(*filter.from));
  if (filter.until) row.bind(11, microseconds_of(*filter.until));
}

void insert_parts(Database& database, DecisionId id, const UploadDecision& decision) {
  for (const ReferenceId reference : decision.references)
    database.run(kInsertDecisionReference, id.value, reference.value);
  std::size_t position = 0;
  for (const RuleStep& step : decision.ruling.steps)
    database.run(kInsertDecisionStep, id.value, position++, to_string(step.kind), step.id, step.applies,
                 step.text, step.sentence.is_verbatim() ? "" : to_record(step.sentence));
}

}  // namespace

DecisionId Decisions::add(const UploadDecision& decision) {
  Transaction change(database_, Transaction::Kind::write);
  supersede(decision.request, decision.ruling.holder);
  const HolderRuling& ruling = decision.ruling;
  database_.run(kInsertDecision, decision.request.value, decision.screening.value, ruling.holder.value,
                to_string(ruling.decision), to_string(ruling.action), ruling.matched.count(),
                ruling.share_of_upload, ruling.share_of_reference, ruling.score, decision.is_retroactive,
                microseconds_of(decision.decided_at));
  const DecisionId id{database_.last_key()};
  insert_parts(database_, id, decision);
  change.commit();
  return id;
}

void Decisions::supersede(RequestId request, HolderId holder) {
  database_.run(kSupersedeDecision, request.value, holder.value);
}

bool Decisions::release(DecisionId id, std::string_view by, std::string_view why, WallTime now) {
  return database_.run(kReleaseDecision, id.value, microseconds_of(now), by, why) > 0;
}

UploadDecision Decisions::decision_in(const Statement& row) {
  UploadDecision decision;
  decision.id = DecisionId{row.integer(0)};
  decision.request = RequestId{row.integer(1)};
  decision.screening = ScreeningId{row.integer(2)};
  HolderRuling& ruling = decision.ruling;
  ruling.holder = HolderId{row.integer(3)};
  ruling.decision = known(row, decision_of(row.text(4)), "a decision");
  ruling.action = known(row, action_of(row.text(5)), "an action");
  ruling.matched = Duration{row.integer(6)};
  ruling.share_of_upload = row.real(7);
  ruling.share_of_reference = row.real(8);
  ruling.score = row.real(9);
  decision.is_retroactive = row.flag(10);
  decision.state = known(row, decision_state_of(row.text(11)), "a decision's state");
  decision.decided_at = wall_time_in(row, 12);
  decision.released_at = wall_time_in(row, 13);
  decision.released_by = row.text(14);
  decision.released_why = row.text(15);
  decision.version = row.integer(16);
  Statement reference = database_.statement(kReadDecisionReferences, decision.id.value);
  while (reference.step()) decision.references.push_back(ReferenceId{reference.integer(0)});
  Statement step = database_.statement(kReadDecisionSteps, decision.id.value);
  while (step.step())
    ruling.steps.push_back({known(step, step_kind_of(step.text(0)), "a kind of step"), step.integer(1),
                            step.flag(2), step.text(3), sentence_in(step)});
  return decision;
}

std::optional<UploadDecision> Decisions::find(DecisionId id) {
  Statement row = database_.statement(kReadDecision, id.value);
  if (!row.step()) return std::nullopt;
  return decision_in(row);
}

std::vector<UploadDecision> Decisions::list(const DecisionFilter& filter, DecisionId before,
                                            std::size_t limit) {
  const std::string sql = listing_for(filter);
  Statement row = database_.statement({"list the decisions", sql});
  row.bind(1, before.value == 0 ? std::numeric_limits<std::int64_t>::max() : before.value);
  row.bind(2, limit);
  bind(row, filter);
  std::vector<UploadDecision> decisions;
  while (row.step()) decisions.push_back(decision_in(row));
  return decisions;
}

TenantId Decisions::tenant_of(HolderId holder) {
  Statement row = database_.statement(kReadHolderTenant, holder.value);
  return row.step() ? TenantId{row.integer(0)} : TenantId{};
}

ReferenceReach Decisions::reach_of(ReferenceId reference, WallTime since) {
  Statement row = database_.statement(kCountMatchesOf, reference.value, microseconds_of(since));
  if (!row.step()) return {};
  return {row.integer<std::size_t>(0), row.integer<std::size_t>(1)};
}

std::size_t Decisions::screened_since(WallTime since) {
  Statement row = database_.statement(kCountScreenedSince, microseconds_of(since));
  return row.step() ? row.integer<std::size_t>(0) : 0;
}

void Decisions::pardon(ReferenceId reference, WallTime until) {
  database_.run(kPardon, reference.value, microseconds_of(until));
}

bool Decisions::is_pardoned(ReferenceId reference, WallTime now) {
  return database_.statement(kIsPardoned, reference.value, microseconds_of(now)).step();
}

}  // namespace reelprint::store
