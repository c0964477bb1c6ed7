#include "store/disputes.h"

#include <limits>

#include "store/columns.h"
#include "store/disputes_statements.h"

namespace reelprint::store {
namespace {

using namespace statements;

Dispute dispute_in(const Statement& row) {
  const auto state = dispute_state_of(row.text(7));
  if (!state) row.refuse(ErrorCode::corrupt, "a dispute's state has no meaning");
  Dispute dispute;
  dispute.id = DisputeId{row.integer(0)};
  dispute.in_case = CaseId{row.integer(1)};
  dispute.decision = DecisionId{row.integer(2)};
  dispute.tenant = TenantId{row.integer(3)};
  dispute.appeal_of = DisputeId{row.integer(4)};
  dispute.statement = row.text(5);
  dispute.contact = row.text(6);
  dispute.state = *state;
  dispute.opened_by = row.text(8);
  dispute.decided_by = row.text(9);
  dispute.why = row.text(10);
  dispute.opened_at = wall_time_in(row, 11);
  dispute.due_at = wall_time_in(row, 12);
  dispute.decided_at = wall_time_in(row, 13);
  dispute.version = row.integer(14);
  return dispute;
}

std::optional<Dispute> first_of(Statement row) {
  if (!row.step()) return std::nullopt;
  return dispute_in(row);
}

}  // namespace

std::optional<DisputeId> Disputes::add(const Dispute& dispute) {
  const std::size_t added =
      database_.run(kInsertDispute, dispute.in_case.value, dispute.decision.value, dispute.tenant.value,
                    dispute.appeal_of.value, dispute.statement, dispute.contact, dispute.opened_by,
                    microseconds_of(dispute.opened_at), microseconds_of(dispute.due_at));
  if (added == 0) return std::nullopt;
  return DisputeId{database_.last_key()};
}

std::optional<Dispute> Disputes::find(DisputeId id) {
  return first_of(database_.statement(kReadDispute, id.value));
}

std::optional<Dispute> Disputes::appeal_against(DisputeId id) {
  return first_of(database_.statement(kReadAppeal, id.value));
}

std::vector<Dispute> Disputes::list(const DisputeFilter& filter, DisputeId before, std::size_t limit) {
  std::string sql(kDisputes);
  if (filter.tenant != TenantId{}) sql += kDisputesOfTenant;
  if (filter.holder_tenant != TenantId{}) sql += kDisputesOfHoldersTenant;
  if (filter.in_case != CaseId{}) sql += kDisputesOfCase;
  if (filter.state) sql += kDisputesInState;
  sql += kDisputesOrder;
  Statement row = database_.statement({"list the disputes", sql});
  row.bind(1, before.value == 0 ? std::numeric_limits<std::int64_t>::max() : before.value);
  row.bind(2, limit);
  if (filter.tenant != TenantId{}) row.bind(3, filter.tenant.value);
  if (filter.holder_tenant != TenantId{}) row.bind(4, filter.holder_tenant.value);
  if (filter.in_case != CaseId{}) row.bind(5, filter.in_case.value);
  if (filter.state) row.bind(6, to_string(*filter.state));
  std::vector<Dispute> disputes;
  while (row.step()) disputes.push_back(dispute_in(row));
  return disputes;
}

bool Disputes::decide(DisputeId id, DisputeState outcome, std::string_view why, std::string_view by,
                      WallTime now) {
  return database_.run(kDecideDispute, id.value, to_string(outcome), why, by, microseconds_of(now)) > 0;
}

bool Disputes::has_overdue(WallTime now) {
  return database_.statement(kListOverdueDisputes, microseconds_of(now), 1).step();
}

std::vector<Dispute> Disputes::newly_overdue(WallTime now, std::size_t limit) {
  std::vector<Dispute> overdue;
  {
    Statement row = database_.statement(kListOverdueDisputes, microseconds_of(now), limit);
    while (row.step()) overdue.push_back(dispute_in(row));
  }
  for (const Dispute& dispute : overdue) database_.run(kTellOverdueDispute, dispute.id.value);
  return overdue;
}

}  // namespace reelprint::store
