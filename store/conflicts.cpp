#include "store/conflicts.h"

#include <string>

#include "store/columns.h"
#include "store/references_statements.h"

namespace reelprint::store {
namespace {

using namespace statements;

Conflict conflict_in(const Statement& row) {
  Conflict conflict;
  conflict.id = ConflictId{row.integer(0)};
  conflict.reference = ReferenceId{row.integer(1)};
  conflict.other = ReferenceId{row.integer(2)};
  const auto state = conflict_state_of(row.text(3));
  if (!state) row.refuse(ErrorCode::corrupt, "a conflict's state has no meaning");
  conflict.state = *state;
  conflict.score = row.real(4);
  conflict.found_at = wall_time_in(row, 5);
  conflict.decided_by = row.text(6);
  conflict.decided_at = wall_time_in(row, 7);
  conflict.reason = row.text(8);
  conflict.version = row.integer(9);
  return conflict;
}

void read_segments(Database& database, Conflict& conflict) {
  Statement row = database.statement(kReadConflictSegments, conflict.id.value);
  while (row.step()) {
    conflict.segments.push_back(
        {interval_in(row, 0), interval_in(row, 2), Duration{row.integer(4)}, row.real(5)});
  }
}

std::vector<Conflict> listed(Database& database, const ConflictQuery& query, ConflictId only,
                             ConflictId after, std::size_t limit) {
  std::string sql(kConflicts);
  sql += kConflictsAfter;
  if (query.state) sql += kConflictsInState;
  if (query.reference != ReferenceId{}) sql += kConflictsOfReference;
  if (query.tenant != TenantId{}) sql += kConflictsOfTenant;
  if (only != ConflictId{}) sql += kConflictsOnly;
  sql += kConflictsOrder;
  std::vector<Conflict> conflicts;
  {
    Statement row = database.statement({"list the conflicts", sql}, after.value, limit);
    if (query.state) row.bind(3, to_string(*query.state));
    if (query.reference != ReferenceId{}) row.bind(4, query.reference.value);
    if (query.tenant != TenantId{}) row.bind(5, query.tenant.value);
    if (only != ConflictId{}) row.bind(6, only.value);
    while (row.step()) conflicts.push_back(conflict_in(row));
  }
  for (Conflict& conflict : conflicts) read_segments(database, conflict);
  return conflicts;
}

}  // namespace

ConflictId Conflicts::add(const Conflict& conflict) {
  Transaction change(database_, Transaction::Kind::write);
  ConflictId id;
  {
    Statement row = database_.statement(kInsertConflict, conflict.reference.value, conflict.other.value,
                                        conflict.score, microseconds_of(conflict.found_at));
    if (!row.step()) row.refuse(ErrorCode::corrupt, "it got no id");
    id = ConflictId{row.integer(0)};
    row.run();
  }
  database_.run(kRemoveConflictSegments, id.value);
  for (const ConflictSegment& segment : conflict.segments) {
    database_.run(kInsertConflictSegment, id.value, segment.reference.begin.us, segment.reference.end.us,
                  segment.other.begin.us, segment.other.end.us, segment.distinctive.count(), segment.score);
  }
  change.commit();
  return id;
}

std::optional<Conflict> Conflicts::find(ConflictId id) {
  auto found = listed(database_, {}, id, {}, 1);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<Conflict> Conflicts::list(const ConflictQuery& query, ConflictId after, std::size_t limit) {
  return listed(database_, query, {}, after, limit);
}

bool Conflicts::decide(ConflictId id, const ConflictDecision& decision) {
  return database_.run(kDecideConflict, id.value, to_string(decision.state), decision.by,
                       microseconds_of(decision.at), decision.reason) > 0;
}

std::vector<ReferenceId> Conflicts::close_all_of(ReferenceId reference, const ConflictDecision& decision) {
  Statement row = database_.statement(kCloseConflicts, reference.value, decision.by,
                                      microseconds_of(decision.at), decision.reason);
  std::vector<ReferenceId> others;
  while (row.step()) {
    if (const ReferenceId claimed{row.integer(0)}; claimed != reference) others.push_back(claimed);
  }
  return others;
}

std::size_t Conflicts::open_of(ReferenceId reference) {
  Statement row = database_.statement(kCountOpenConflicts, reference.value);
  return row.step() ? row.integer<std::size_t>(0) : 0;
}

}  // namespace reelprint::store
