#include "store/notices.h"

#include <limits>
#include <string>

#include "store/columns.h"
#include "store/notices_statements.h"

namespace reelprint::store {
namespace {

using namespace statements;

std::string text_of(std::string_view condition) {
  return std::string(kNoticeColumns).append(condition);
}

}  // namespace

NoticeId Notices::add(const NoticeRecord& notice) {
  Transaction change(database_, Transaction::Kind::write);
  database_.run(kInsertNotice, notice.tenant.value, notice.holder.value, notice.kind, notice.language,
                notice.fields, to_string(notice.state), notice.drafted_by, notice.approved_by,
                notice.signatory, notice.confirmation, notice.sent_way, notice.remark,
                notice.recipient_number, microseconds_of(notice.drafted_at),
                microseconds_of(notice.approved_at), microseconds_of(notice.sent_at),
                microseconds_of(notice.answered_at), microseconds_of(notice.due_at),
                microseconds_of(notice.put_back_from), microseconds_of(notice.put_back_until));
  const NoticeId id{database_.last_key()};
  put_parts(id, notice);
  change.commit();
  return id;
}

bool Notices::update(const NoticeRecord& notice) {
  Transaction change(database_, Transaction::Kind::write);
  const std::size_t changed = database_.run(
      kUpdateNotice, notice.id.value, notice.version, notice.kind, notice.language, notice.fields,
      to_string(notice.state), notice.drafted_by, notice.approved_by, notice.signatory, notice.confirmation,
      notice.sent_way, notice.remark, notice.recipient_number, microseconds_of(notice.approved_at),
      microseconds_of(notice.sent_at), microseconds_of(notice.answered_at), microseconds_of(notice.due_at),
      microseconds_of(notice.put_back_from), microseconds_of(notice.put_back_until));
  if (changed == 0) return false;
  put_parts(notice.id, notice);
  change.commit();
  return true;
}

void Notices::put_parts(NoticeId id, const NoticeRecord& notice) {
  database_.run(kForgetNoticeCases, id.value);
  database_.run(kForgetNoticeDecisions, id.value);
  for (const CaseId one : notice.cases) database_.run(kInsertNoticeCase, id.value, one.value);
  for (const DecisionId one : notice.decisions) database_.run(kInsertNoticeDecision, id.value, one.value);
}

NoticeRecord Notices::notice_in(const Statement& row) {
  const auto state = notice_state_of(row.text(6));
  if (!state) row.refuse(ErrorCode::corrupt, "a notice's state has no meaning");
  NoticeRecord notice;
  notice.id = NoticeId{row.integer(0)};
  notice.tenant = TenantId{row.integer(1)};
  notice.holder = HolderId{row.integer(2)};
  notice.kind = row.text(3);
  notice.language = row.text(4);
  notice.fields = row.text(5);
  notice.state = *state;
  notice.drafted_by = row.text(7);
  notice.approved_by = row.text(8);
  notice.signatory = row.text(9);
  notice.confirmation = row.text(10);
  notice.sent_way = row.text(11);
  notice.remark = row.text(12);
  notice.recipient_number = row.text(13);
  notice.drafted_at = wall_time_in(row, 14);
  notice.approved_at = wall_time_in(row, 15);
  notice.sent_at = wall_time_in(row, 16);
  notice.answered_at = wall_time_in(row, 17);
  notice.due_at = wall_time_in(row, 18);
  notice.put_back_from = wall_time_in(row, 19);
  notice.put_back_until = wall_time_in(row, 20);
  notice.version = row.integer(21);
  Statement one = database_.statement(kListNoticeCases, notice.id.value);
  while (one.step()) notice.cases.push_back(CaseId{one.integer(0)});
  Statement decision = database_.statement(kListNoticeDecisions, notice.id.value);
  while (decision.step()) notice.decisions.push_back(DecisionId{decision.integer(0)});
  return notice;
}

std::optional<NoticeRecord> Notices::find(NoticeId id) {
  const std::string sql = text_of(kNoticeById);
  Statement row = database_.statement({"read a notice", sql}, id.value);
  if (!row.step()) return std::nullopt;
  return notice_in(row);
}

std::vector<NoticeRecord> Notices::list(const NoticeFilter& filter, NoticeId before, std::size_t limit) {
  std::string sql = text_of(kNoticesBefore);
  if (filter.tenant != TenantId{}) sql += kNoticesOfTenant;
  if (filter.in_case != CaseId{}) sql += kNoticesOfCase;
  if (filter.state) sql += kNoticesInState;
  sql += kNoticesOrder;
  Statement row = database_.statement({"list the notices", sql});
  row.bind(1, before.value == 0 ? std::numeric_limits<std::int64_t>::max() : before.value);
  row.bind(2, limit);
  if (filter.tenant != TenantId{}) row.bind(3, filter.tenant.value);
  if (filter.in_case != CaseId{}) row.bind(4, filter.in_case.value);
  if (filter.state) row.bind(5, to_string(*filter.state));
  std::vector<NoticeRecord> notices;
  while (row.step()) notices.push_back(notice_in(row));
  return notices;
}

bool Notices::names(DecisionId decision) {
  return database_.statement(kNamesDecision, decision.value).step();
}

bool Notices::has_overdue(WallTime now) {
  const std::string sql = text_of(kNoticesOverdue);
  return database_.statement({"list overdue notices", sql}, microseconds_of(now), 1).step();
}

std::vector<NoticeRecord> Notices::newly_overdue(WallTime now, std::size_t limit) {
  std::vector<NoticeRecord> overdue;
  const std::string sql = text_of(kNoticesOverdue);
  {
    Statement row = database_.statement({"list overdue notices", sql}, microseconds_of(now), limit);
    while (row.step()) overdue.push_back(notice_in(row));
  }
  for (const NoticeRecord& notice : overdue) database_.run(kTellOverdueNotice, notice.id.value);
  return overdue;
}

}  // namespace reelprint::store
