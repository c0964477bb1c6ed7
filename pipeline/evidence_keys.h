// The keys that bundles are signed with: made, used, published, revoked.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/clock.h"
#include "evidence/published_keys.h"
#include "evidence/signing_key.h"
#include "store/signing_keys.h"
#include "store/store.h"

namespace reelprint::pipeline {

/// Who asks, and when: what the audit log notes.
struct EvidenceActor {
  std::string name{};        ///< Principal::name
  std::string request_id{};  ///< of the HTTP request; ""
  WallTime now{};
};

/// Makes a key that signs from now on; the one that did so is retired. Its secret is in a file of its own
/// that only its owner may read (0600), evidence-keys/NAME.key in the data folder: no copy of the database
/// and no backup has it. Audit entry "evidence_key.create", or "evidence_key.rotate" where one is retired.
/// Throws Error{io}.
store::SigningKeyRecord create_evidence_key(store::Store& store, const std::filesystem::path& data,
                                            const EvidenceActor& actor);
/// The key that signs. Throws Error: not_found when there is none, or its secret is not in this data folder;
/// corrupt when the file is another's.
[[nodiscard]] evidence::SigningKey evidence_key_in_use(store::Store& store,
                                                       const std::filesystem::path& data);
/// What it signed from `from` on is not to be trusted; its secret is removed. Audit entry
/// "evidence_key.revoke". Throws Error: not_found; invalid_input when it was revoked before.
void revoke_evidence_key(store::Store& store, const std::filesystem::path& data, const std::string& name,
                         WallTime from, const std::string& why, const EvidenceActor& actor);
/// All keys, as everybody may have them.
[[nodiscard]] std::vector<evidence::PublishedKey> published_evidence_keys(store::Store& store);

}  // namespace reelprint::pipeline
