#include "store/case_upload.h"

#include <algorithm>

#include "store/cases_statements.h"
#include "store/columns.h"
#include "store/decisions_statements.h"

namespace reelprint::store {

std::optional<CaseUpload> upload_of_decision(Database& database, DecisionId decision) {
  if (decision == DecisionId{}) return std::nullopt;
  CaseUpload upload;
  {
    Statement row = database.statement(statements::kReadUploadOfDecision, decision.value);
    if (!row.step()) return std::nullopt;
    upload.request = RequestId{row.integer(0)};
    upload.location = row.text(1);
    if (upload.location.empty() && row.text(2) == "url") upload.location = row.text(3);
    upload.media = sha256_in(row, 4);
    upload.verdict = row.text(5);
    upload.action = row.text(6);
  }
  Statement reference = database.statement(statements::kReadDecisionReferences, decision.value);
  while (reference.step()) upload.references.push_back(ReferenceId{reference.integer(0)});
  return upload;
}

bool is_settled(Database& database, const CaseUpload& upload, UploadTraits traits) {
  traits.media = upload.media;
  traits.location = upload.location;
  SettledPairs pairs(database);
  return !upload.references.empty() && std::ranges::all_of(upload.references, [&](ReferenceId reference) {
    return pairs.find(reference, traits).has_value();
  });
}

}  // namespace reelprint::store
