#include "store/cases.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "core/json_object.h"
#include "store/case_upload.h"
#include "store/cases_statements.h"
#include "store/columns.h"

namespace reelprint::store {
namespace {

using namespace statements;

CaseState state_in(const Statement& row, int column) {
  const auto state = case_state_of(row.text(column));
  if (!state) row.refuse(ErrorCode::corrupt, "a case's state has no meaning");
  return *state;
}

CaseReason reason_in(const Statement& row, int column) {
  const auto reason = case_reason_of(row.text(column));
  if (!reason) row.refuse(ErrorCode::corrupt, "a case's reason has no meaning");
  return *reason;
}

LegalCase case_in(const Statement& row) {
  LegalCase one;
  one.id = CaseId{row.integer(0)};
  one.holder = HolderId{row.integer(1)};
  one.tenant = TenantId{row.integer(2)};
  one.platform = row.text(3);
  one.account = row.text(4);
  one.state = state_in(row, 5);
  one.reason = reason_in(row, 6);
  one.remark = row.text(7);
  one.assignee = row.text(8);
  if (!row.text(9).empty())
    one.proposal =
        CaseProposal{state_in(row, 9), reason_in(row, 10), row.text(11), row.text(12), wall_time_in(row, 13)};
  one.is_retraction_due = row.flag(14);
  one.opened_at = wall_time_in(row, 15);
  one.changed_at = wall_time_in(row, 16);
  one.version = row.integer(17);
  return one;
}

std::optional<CaseId> case_id_in(Statement row) {
  if (!row.step()) return std::nullopt;
  return CaseId{row.integer(0)};
}

constexpr std::size_t kMostAlike = 16;  ///< cases that are named in the history of a new one

/// What an account is told from others by.
const std::string& uploader_of(const CaseFinding& finding) {
  return finding.channel.empty() ? finding.account : finding.channel;
}

std::string listing_for(const CaseFilter& filter) {
  std::string sql(kCases);
  if (filter.tenant != TenantId{}) sql += kCasesOfTenant;
  if (filter.holder != HolderId{}) sql += kCasesOfHolder;
  if (filter.state) sql += kCasesInState;
  if (!filter.platform.empty()) sql += kCasesOfPlatform;
  if (!filter.account.empty()) sql += kCasesOfAccount;
  if (filter.from) sql += kCasesFrom;
  if (filter.until) sql += kCasesUntil;
  if (!filter.assignee.empty()) sql += kCasesOfAssignee;
  sql += kCasesOrder;
  return sql;
}

void bind(Statement& row, const CaseFilter& filter) {
  if (filter.tenant != TenantId{}) row.bind(3, filter.tenant.value);
  if (filter.holder != HolderId{}) row.bind(4, filter.holder.value);
  if (filter.state) row.bind(5, to_string(*filter.state));
  if (!filter.platform.empty()) row.bind(6, filter.platform);
  if (!filter.account.empty()) row.bind(7, filter.account);
  if (filter.from) row.bind(8, microseconds_of(*filter.from));
  if (filter.until) row.bind(9, microseconds_of(*filter.until));
  if (!filter.assignee.empty()) row.bind(10, filter.assignee);
}

}  // namespace

std::optional<CaseId> Cases::of_decision(DecisionId id) {
  return case_id_in(database_.statement(kFindCaseOfDecision, id.value));
}

std::optional<CaseId> Cases::of_sighting(SightingId id) {
  return case_id_in(database_.statement(kFindCaseOfSighting, id.value));
}

std::optional<CaseId> Cases::of_request(RequestId request, HolderId holder) {
  return case_id_in(database_.statement(kFindCaseOfRequest, request.value, holder.value));
}

std::optional<CaseId> Cases::filed(const CaseFinding& finding) {
  if (finding.decision != DecisionId{})
    if (const auto known = of_decision(finding.decision)) return known;
  if (finding.decision != DecisionId{} || finding.sighting == SightingId{}) return std::nullopt;
  return case_id_in(database_.statement(kFindCaseWithSighting, finding.sighting.value, finding.holder.value));
}

std::optional<CaseId> Cases::to_join(const CaseFinding& finding, const CaseUpload* upload) {
  std::optional<CaseId> known;
  const std::int64_t holder = finding.holder.value;
  if (upload != nullptr)
    known = case_id_in(database_.statement(kJoinByRequest, upload->request.value, holder));
  if (!known && finding.sighting != SightingId{})
    known = case_id_in(database_.statement(kJoinBySighting, finding.sighting.value, holder));
  if (!known)
    known = case_id_in(database_.statement(kJoinByChannel, holder, finding.platform, finding.channel));
  if (!known)
    known = case_id_in(
        database_.statement(kJoinByAccount, holder, finding.platform, finding.account, finding.channel));
  if (!known && upload != nullptr)
    known = case_id_in(
        database_.statement(kJoinByLocation, upload->location, holder, finding.platform, finding.account));
  return known;
}

CaseId Cases::open(const CaseFinding& finding, WallTime now) {
  database_.run(kInsertCase, finding.holder.value, finding.tenant.value, finding.platform, finding.account,
                finding.channel, microseconds_of(now));
  const CaseId id{database_.last_key()};
  record(id, "state", JsonObject().null("from").text("to", "open").str(), finding.actor, now);
  return id;
}

void Cases::note_alike(CaseId id, const CaseFinding& finding, const CaseUpload& upload, WallTime now) {
  std::string others;
  Statement row = database_.statement(kListCasesAlike, id.value, finding.holder.value, upload.location,
                                      bytes_of(upload.media), kMostAlike);
  while (row.step()) {
    if (!others.empty()) others += ',';
    others += JsonObject().number("case", row.integer(0)).text("same", row.text(1)).str();
  }
  if (!others.empty())
    record(id, "alike", JsonObject().raw("cases", "[" + others + "]").str(), finding.actor, now);
}

bool Cases::attach(CaseId id, const CaseFinding& finding, const CaseUpload* upload, WallTime now) {
  bool is_new = false;
  const bool is_known =
      upload != nullptr && database_.statement(kHasUpload, upload->request.value, id.value).step();
  if (upload != nullptr &&
      database_.run(kAttachDecision, finding.decision.value, id.value, upload->request.value,
                    upload->location, bytes_of(upload->media), finding.platform, uploader_of(finding)) > 0) {
    is_new = true;
    JsonObject detail;
    detail.number("decision", finding.decision.value).number("screening", upload->request.value);
    detail.text("verdict", upload->verdict).text("action", upload->action);
    if (is_known) detail.flag("again", true);
    record(id, "decision", detail.text("url", upload->location).str(), finding.actor, now);
  }
  if (finding.sighting != SightingId{} &&
      database_.run(kAttachSighting, finding.sighting.value, id.value) > 0) {
    is_new = true;
    record(id, "sighting", JsonObject().number("sighting", finding.sighting.value).str(), finding.actor, now);
  }
  return is_new;
}

CaseId Cases::open_or_join(const CaseFinding& finding, WallTime now) {
  Transaction change(database_, Transaction::Kind::write);
  auto upload = upload_of_decision(database_, finding.decision);
  if (upload && !finding.location.empty()) upload->location = finding.location;
  const CaseUpload* const about = upload ? &*upload : nullptr;
  auto id = filed(finding);
  const bool is_filed = id.has_value();
  const UploadTraits traits{{}, "", finding.platform, finding.account, finding.channel};
  if (!id && upload && is_settled(database_, *upload, traits)) return {};
  if (!id) id = to_join(finding, about);
  const bool is_new_case = !id;
  if (is_new_case) id = open(finding, now);
  if (attach(*id, finding, about, now)) {
    const LegalCase before = wanted(*id);
    database_.run(kTouchCase, id->value, microseconds_of(now));
    database_.run(kLearnChannel, id->value, finding.channel, finding.account);
    if (is_new_case && upload) note_alike(*id, finding, *upload, now);
    if (before.state == CaseState::removed && !is_filed)
      change_state(before, {CaseState::open, CaseReason::reappeared, "", CaseMover::service}, finding.actor,
                   now);
    tell(*id, is_new_case ? "case.opened" : "case.changed", "finding", now);
  }
  change.commit();
  return *id;
}

std::optional<LegalCase> Cases::find(CaseId id) {
  std::optional<LegalCase> found;
  {
    Statement row = database_.statement(kReadCase, id.value);
    if (!row.step()) return std::nullopt;
    found = case_in(row);
  }
  Statement decision = database_.statement(kListCaseDecisions, id.value);
  while (decision.step()) found->decisions.push_back(DecisionId{decision.integer(0)});
  Statement sighting = database_.statement(kListCaseSightings, id.value);
  while (sighting.step()) found->sightings.push_back(SightingId{sighting.integer(0)});
  return found;
}

std::vector<LegalCase> Cases::list(const CaseFilter& filter, CaseId before, std::size_t limit) {
  const std::string sql = listing_for(filter);
  Statement row = database_.statement({"list the cases", sql});
  row.bind(1, before.value == 0 ? std::numeric_limits<std::int64_t>::max() : before.value);
  row.bind(2, limit);
  bind(row, filter);
  std::vector<LegalCase> cases;
  while (row.step()) cases.push_back(case_in(row));
  return cases;
}

CaseSize Cases::size_of(CaseId id) {
  CaseSize size;
  Statement uploads = database_.statement(kCountCaseUploads, id.value);
  if (uploads.step()) {
    size.uploads = uploads.integer<std::size_t>(0);
    size.decisions = uploads.integer<std::size_t>(1);
  }
  Statement sightings = database_.statement(kCountCaseSightings, id.value);
  if (sightings.step()) size.sightings = sightings.integer<std::size_t>(0);
  return size;
}

std::size_t Cases::not_noticed(CaseId id) {
  Statement row = database_.statement(kCountNotNoticed, id.value);
  return row.step() ? row.integer<std::size_t>(0) : 0;
}

void Cases::note(CaseId id, const CaseEvent& event) {
  database_.run(kInsertCaseEvent, id.value, microseconds_of(event.at), event.actor, event.what,
                event.detail.empty() ? "{}" : event.detail);
}

std::vector<CaseEvent> Cases::history(CaseId id) {
  return history(id, 0, std::numeric_limits<std::int32_t>::max());
}

std::vector<CaseEvent> Cases::history(CaseId id, std::int64_t after, std::size_t limit) {
  Statement row = database_.statement(kListCaseEvents, id.value, after, limit);
  std::vector<CaseEvent> events;
  while (row.step())
    events.push_back({row.integer(0), id, wall_time_in(row, 1), row.text(2), row.text(3), row.text(4)});
  return events;
}

std::int64_t Cases::last_change(CaseId id) {
  Statement row = database_.statement(kFindLastChange, id.value);
  return row.step() ? row.integer(0) : 0;
}

}  // namespace reelprint::store
