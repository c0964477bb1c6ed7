// A reference that suddenly matches very many uploads is not trusted until a person has looked.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "core/ids.h"
#include "rights/judge.h"
#include "store/store.h"

namespace reelprint::pipeline {

struct QuarantineSettings {
  std::size_t most_uploads = 200;  ///< more of them, from more accounts than `most_accounts`, within `window`
  std::size_t most_accounts = 100;
  double most_share = 0.2;      ///< or a larger share than this of all uploads screened within `window`
  std::size_t share_from = 50;  ///< matched uploads at least, before a share tells anything
  std::chrono::hours window{24};
  std::chrono::hours pardon{24 * 7};  ///< for so long a person's word counts
};

/// Quarantines the reference if it is active, not pardoned, and matches too much: its active decisions are
/// ruled on again, so that none accuses; holder and audit log are told. Inside a transaction; returns whether
/// it did.
bool quarantine_if_suspicious(store::Store& store, ReferenceId reference, const QuarantineSettings& settings,
                              const rights::Policy& thresholds, WallTime now);
/// Ends the quarantine and rules again; false when it is not in quarantine. Inside a transaction.
bool lift_quarantine(store::Store& store, ReferenceId reference, const QuarantineSettings& settings,
                     const rights::Policy& thresholds, std::string_view by, WallTime now);
/// A person's own quarantine of an active reference; false when it is not active.
bool quarantine(store::Store& store, ReferenceId reference, const std::string& why,
                const rights::Policy& thresholds, std::string_view by, WallTime now);

}  // namespace reelprint::pipeline
