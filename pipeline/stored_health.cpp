#include "pipeline/stored_health.h"

#include "core/error.h"
#include "fingerprint/fingerprint_codec.h"

namespace reelprint::pipeline {

std::optional<ReferenceHealth> health_of(const store::Store& store, const ReferenceEntry& entry,
                                         const CatalogSnapshot& catalog) {
  const auto stored = store.fingerprint(entry.reference.id);
  if (!stored) return std::nullopt;
  Fingerprint print;
  try {
    print = fingerprint::decode(stored->bytes,
                                "fingerprint of reference " + std::to_string(entry.reference.id.value));
  } catch (const Error& error) {
    if (error.code() == ErrorCode::incompatible) return std::nullopt;
    throw;
  }
  const auto is_same_holder = [&](const index::IndexedReference& other) {
    const ReferenceEntry* known = catalog.names->entry_of(other.reference);
    return known != nullptr && known->holder.id == entry.holder.id;
  };
  return examine({print, entry.reference.id, entry.episode.id, entry.series.id}, catalog.content->frames,
                 is_same_holder);
}

}  // namespace reelprint::pipeline
