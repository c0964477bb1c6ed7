#include "pipeline/registration_outcome.h"

#include <set>
#include <vector>

#include "pipeline/release.h"
#include "pipeline/screen_job.h"
#include "store/conflicts.h"
#include "store/events.h"
#include "store/references.h"
#include "store/sqlite.h"

namespace reelprint::pipeline {
namespace {

std::string text_of(auto id) {
  return std::to_string(id.value);
}

/// A JSON array; all it is made of are numbers and plain words.
std::string warnings_about(const std::set<SeriesId>& series) {
  std::string json = "[";
  for (const SeriesId id : series) {
    if (json.size() > 1) json += ',';
    json += R"({"where":"","reason":"series )" + text_of(id) +
            R"( of the same holder shows the same: those seconds are distinctive of neither, so that a copy )"
            R"(of them may not be found"})";
  }
  return json + "]";
}

/// Lets a held reference go on when nothing keeps it held.
void free_if_undisputed(store::Store& store, ReferenceId id, WallTime now) {
  const auto entry = store.reference(id);
  if (!entry || entry->reference.state != ReferenceState::held) return;
  if (store::Conflicts(store.database()).open_of(id) > 0) return;
  store.set_reference_state(id, ReferenceState::active);
  enqueue_retroactive(store, id, now);
  emit_outcome(store, *entry, "reference.ready", "", now);
}

std::size_t store_conflicts(store::Store& store, const ReferenceEntry& reference,
                            std::span<const Overlap> overlaps, std::set<SeriesId>& own_series, WallTime now) {
  store::Conflicts conflicts(store.database());
  std::size_t stored = 0;
  for (const Overlap& overlap : overlaps) {
    const auto other = store.reference(overlap.other);
    if (!other || other->reference.id == reference.reference.id) continue;
    if (other->holder.id == reference.holder.id) {
      if (other->series.id != reference.series.id) own_series.insert(other->series.id);
      continue;
    }
    Conflict conflict;
    conflict.reference = reference.reference.id;
    conflict.other = overlap.other;
    conflict.segments = overlap.segments;
    conflict.score = overlap.score;
    conflict.found_at = now;
    conflicts.add(conflict);
    ++stored;
  }
  return stored;
}

}  // namespace

void emit_outcome(store::Store& store, const ReferenceEntry& reference, std::string_view type,
                  const std::string& more, WallTime now) {
  const auto state = store.reference(reference.reference.id);
  std::string data = R"({"reference":)" + text_of(reference.reference.id) + R"(,"episode":)" +
                     text_of(reference.episode.id) + R"(,"series":)" + text_of(reference.series.id) +
                     R"(,"holder":)" + text_of(reference.holder.id) + R"(,"state":")" +
                     std::string(to_string(state ? state->reference.state : reference.reference.state)) +
                     '"' + more + "}";
  store::Events(store.database())
      .emit({{}, reference.holder.tenant, std::string(type), std::move(data), now});
}

void store_outcome(store::Store& store, const ReferenceEntry& reference, std::span<const Overlap> overlaps,
                   WallTime now) {
  store::Transaction change(store.database(), store::Transaction::Kind::write);
  const ReferenceId id = reference.reference.id;
  const auto current = store.reference(id);
  if (!current || current->reference.state != ReferenceState::pending) return;
  std::set<SeriesId> own_series;
  const std::size_t conflicts = store_conflicts(store, reference, overlaps, own_series, now);
  store::References references(store.database());
  references.set_warnings(id, warnings_about(own_series));
  references.forget_source(id);
  if (conflicts == 0) {
    store.set_reference_state(id, ReferenceState::active);
    enqueue_retroactive(store, id, now);
    emit_outcome(store, reference, "reference.ready", "", now);
  } else {
    store.set_reference_state(id, ReferenceState::held, "another holder's reference shows the same");
    emit_outcome(store, reference, "reference.held", R"(,"conflicts":)" + std::to_string(conflicts), now);
  }
  change.commit();
}

bool retract(store::Store& store, const ReferenceEntry& reference, const Ruling& ruling) {
  const ReferenceId id = reference.reference.id;
  const auto current = store.reference(id);
  if (!current || current->reference.state == ReferenceState::retracted) return false;
  store::Transaction change(store.database(), store::Transaction::Kind::write);
  store.set_reference_state(id, ReferenceState::retracted, ruling.reason);
  store::References(store.database()).forget_source(id);
  const auto freed = store::Conflicts(store.database())
                         .close_all_of(id, {ConflictState::withdrawn, ruling.by, ruling.at, ruling.reason});
  for (const ReferenceId other : freed) free_if_undisputed(store, other, ruling.at);
  (void)release_decisions(store, id, {}, {ruling.by, ruling.reason, ruling.at});
  emit_outcome(store, reference, "reference.retracted", "", ruling.at);
  change.commit();
  return true;
}

bool decide(store::Store& store, const Conflict& conflict, ConflictState state, const Ruling& ruling) {
  store::Transaction change(store.database(), store::Transaction::Kind::write);
  if (!store::Conflicts(store.database()).decide(conflict.id, {state, ruling.by, ruling.at, ruling.reason})) {
    return false;
  }
  if (state != ConflictState::both) {
    const ReferenceId loser = state == ConflictState::kept ? conflict.other : conflict.reference;
    if (const auto entry = store.reference(loser)) retract(store, *entry, ruling);
  }
  free_if_undisputed(store, conflict.reference, ruling.at);
  change.commit();
  return true;
}

}  // namespace reelprint::pipeline
