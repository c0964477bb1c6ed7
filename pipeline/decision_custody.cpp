#include "pipeline/decision_custody.h"

#include <string>

#include "core/json_object.h"
#include "store/audit.h"
#include "store/decisions.h"

namespace reelprint::pipeline {

void note_decision(store::Store& store, const UploadDecision& decision, const Sha256& media, WallTime now) {
  if (decision.references.empty()) return;
  std::string references;
  for (const ReferenceId reference : decision.references)
    references += (references.empty() ? "[" : ",") + std::to_string(reference.value);
  store::AuditEntry entry;
  entry.at = now;
  entry.actor = "service";
  entry.tenant = store::Decisions(store.database()).tenant_of(decision.ruling.holder);
  entry.action = "decision.made";
  entry.object = "decision " + std::to_string(decision.id.value);
  entry.detail = JsonObject()
                     .number("screening", decision.request.value)
                     .text("media_sha256", to_hex(media))
                     .text("decision", to_string(decision.ruling.decision))
                     .text("action", to_string(decision.ruling.action))
                     .raw("references", references + "]")
                     .flag("retroactive", decision.is_retroactive)
                     .str();
  store::Audit(store.database()).append(entry);
}

}  // namespace reelprint::pipeline
