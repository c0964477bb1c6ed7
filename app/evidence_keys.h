// What the commands about evidence have in common.
#pragma once

#include "app/command.h"
#include "pipeline/evidence_keys.h"

namespace reelprint::app {

/// The command line, now.
[[nodiscard]] pipeline::EvidenceActor evidence_actor_now();

/// `key create|rotate|list|revoke|publish` below `evidence`.
void add_evidence_key_commands(CLI::App& evidence, Context& context, Action& action);

}  // namespace reelprint::app
