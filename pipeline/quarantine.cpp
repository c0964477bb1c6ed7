#include "pipeline/quarantine.h"

#include <optional>

#include "core/json_object.h"
#include "pipeline/release.h"
#include "pipeline/upload_events.h"
#include "store/audit.h"
#include "store/decisions.h"

namespace reelprint::pipeline {
namespace {

constexpr std::string_view kService = "service";

/// Nothing when all is well, else why not.
std::optional<std::string> suspicion(store::Store& store, ReferenceId reference,
                                     const QuarantineSettings& settings, WallTime now) {
  store::Decisions decisions(store.database());
  const WallTime since = now - settings.window;
  const auto reach = decisions.reach_of(reference, since);
  const std::string told = "it matches " + std::to_string(reach.uploads) + " uploads of " +
                           std::to_string(reach.accounts) + " accounts within " +
                           std::to_string(settings.window.count()) + " hours";
  if (reach.uploads > settings.most_uploads && reach.accounts > settings.most_accounts) return told;
  if (reach.uploads < settings.share_from) return std::nullopt;
  const auto screened = static_cast<double>(decisions.screened_since(since));
  if (static_cast<double>(reach.uploads) > settings.most_share * screened)
    return told + ", of " + std::to_string(static_cast<std::size_t>(screened)) + " screened";
  return std::nullopt;
}

}  // namespace

bool quarantine_if_suspicious(store::Store& store, ReferenceId reference, const QuarantineSettings& settings,
                              const rights::Policy& thresholds, WallTime now) {
  const auto entry = store.reference(reference);
  if (!entry || entry->reference.state != ReferenceState::active) return false;
  if (store::Decisions(store.database()).is_pardoned(reference, now)) return false;
  const auto why = suspicion(store, reference, settings, now);
  if (!why || !quarantine(store, reference, *why, thresholds, kService, now)) return false;
  store::AuditEntry note;
  note.at = now;
  note.actor = kService;
  note.tenant = store::Decisions(store.database()).tenant_of(entry->holder.id);
  note.action = "reference.quarantine";
  note.object = "reference " + std::to_string(reference.value);
  note.detail = JsonObject().text("reason", *why).str();
  store::Audit(store.database()).append(note);
  return true;
}

bool quarantine(store::Store& store, ReferenceId reference, const std::string& why,
                const rights::Policy& thresholds, std::string_view by, WallTime now) {
  const auto entry = store.reference(reference);
  if (!entry || entry->reference.state != ReferenceState::active) return false;
  store.set_reference_state(reference, ReferenceState::quarantined, why);
  (void)release_decisions(store, reference, thresholds, {by, "the reference is in quarantine", now});
  tell_of_quarantine(store, *entry, why, now);
  return true;
}

bool lift_quarantine(store::Store& store, ReferenceId reference, const QuarantineSettings& settings,
                     const rights::Policy& thresholds, std::string_view by, WallTime now) {
  const auto entry = store.reference(reference);
  if (!entry || entry->reference.state != ReferenceState::quarantined) return false;
  store.set_reference_state(reference, ReferenceState::active);
  store::Decisions(store.database()).pardon(reference, now + settings.pardon);
  (void)release_decisions(store, reference, thresholds, {by, "the quarantine was lifted", now});
  return true;
}

}  // namespace reelprint::pipeline
