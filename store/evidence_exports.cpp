#include "store/evidence_exports.h"

#include <span>

#include "store/columns.h"
#include "store/evidence_statements.h"

namespace reelprint::store {

using namespace statements;

void EvidenceExports::add(const EvidenceExport& made) {
  database_.run(kInsertExport, made.in_case.value, microseconds_of(made.made_at), made.made_by,
                made.last_audit.value, made.last_event, made.clock_source);
}

std::optional<EvidenceExport> EvidenceExports::find(CaseId in_case, WallTime made_at) {
  Statement row = database_.statement(kFindExport, in_case.value, microseconds_of(made_at));
  if (!row.step()) return std::nullopt;
  return EvidenceExport{in_case, made_at, row.text(0), AuditId{row.integer(1)}, row.integer(2), row.text(3)};
}

void EvidenceExports::keep_time_stamp(const Sha256& root, const std::string& authority,
                                      const std::string& token, WallTime now) {
  database_.run(kKeepTimeStamp, bytes_of(root), authority, std::as_bytes(std::span(token)),
                microseconds_of(now));
}

std::optional<std::string> EvidenceExports::time_stamp(const Sha256& root) {
  Statement row = database_.statement(kFindTimeStamp, bytes_of(root));
  if (!row.step()) return std::nullopt;
  const auto token = row.blob(0);
  return std::string(reinterpret_cast<const char*>(token.data()), token.size());
}

}  // namespace reelprint::store
