#include "store/settled_pairs.h"

#include <span>

#include "store/cases_statements.h"
#include "store/columns.h"

namespace reelprint::store {
namespace {

using namespace statements;

std::span<const std::byte> as_bytes(const std::string& text) {
  return std::as_bytes(std::span(text));
}

std::optional<Settled> settled(Database& database, ReferenceId reference, std::string_view kind,
                               std::span<const std::byte> value) {
  Statement row = database.statement(kFindSettled, reference.value, kind, value);
  if (!row.step()) return std::nullopt;
  const auto reason = case_reason_of(row.text(1));
  if (!reason) row.refuse(ErrorCode::corrupt, "a case's reason has no meaning");
  return Settled{CaseId{row.integer(0)}, *reason, row.flag(2)};
}

}  // namespace

void SettledPairs::learn(CaseId dismissed, CaseReason reason, WallTime now) {
  learn(dismissed, DecisionId{}, reason, now);
}

void SettledPairs::learn(CaseId in_case, DecisionId decision, CaseReason reason, WallTime now) {
  const bool is_clear = clears_upload(reason);
  const auto settle = [&](const StatementText& text) {
    database_.run(text, in_case.value, is_clear, to_string(reason), decision.value);
  };
  database_.run(kSettleMedia, in_case.value, is_clear, to_string(reason), decision.value,
                !clears_file(reason));
  settle(kSettleLocations);
  settle(clears_account(reason) ? kSettleAccount : kSettleMediaOfAccount);
  if (is_clear) note_verdict(in_case, CaseState::dismissed, now, decision);
}

std::vector<RequestId> SettledPairs::uploads_alike(CaseId in_case, DecisionId decision, CaseReason reason,
                                                   std::size_t limit) {
  std::vector<RequestId> uploads;
  Statement row = database_.statement(kListUploadsAlike, in_case.value, clears_account(reason),
                                      clears_file(reason), decision.value, limit);
  while (row.step()) uploads.push_back(RequestId{row.integer(0)});
  return uploads;
}

void SettledPairs::unlearn(CaseId id) {
  database_.run(kUnsettle, id.value);
  database_.run(kForgetVerdicts, id.value);
}

std::optional<Settled> SettledPairs::find(ReferenceId reference, const UploadTraits& upload) {
  std::optional<Settled> best;
  const auto look = [&](std::string_view kind, std::span<const std::byte> value) {
    if (best && best->is_clear) return;
    if (const auto found = settled(database_, reference, kind, value)) best = found;
  };
  if (upload.media != Sha256{}) look("media", bytes_of(upload.media));
  if (!upload.location.empty()) look("location", as_bytes(upload.location));
  for (const std::string* uploader : {&upload.channel, &upload.account}) {
    if (uploader->empty()) continue;
    const std::string account = upload.platform + "\n" + *uploader;
    look("account", as_bytes(account));
    const std::string file = to_hex(upload.media) + "\n" + account;
    if (upload.media != Sha256{}) look("media_of_account", as_bytes(file));
  }
  return best;
}

void SettledPairs::note_verdict(CaseId id, CaseState verdict, WallTime now, DecisionId decision) {
  database_.run(kNoteVerdicts, id.value, to_string(verdict), microseconds_of(now), decision.value);
}

ReferenceVerdicts SettledPairs::verdicts_of(ReferenceId reference, std::size_t last) {
  Statement row = database_.statement(kCountVerdicts, reference.value, last);
  if (!row.step()) return {};
  return {row.integer<std::size_t>(0), row.integer<std::size_t>(1)};
}

}  // namespace reelprint::store
