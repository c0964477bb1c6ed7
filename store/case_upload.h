// What a decision is about, as cases recognise it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/ids.h"
#include "core/sha256.h"
#include "store/settled_pairs.h"
#include "store/sqlite.h"

namespace reelprint::store {

struct CaseUpload {
  RequestId request{};
  std::string location{};  ///< where it is shown, else where its media came from; "": not known
  Sha256 media{};
  std::string verdict{};                  ///< name of the Decision
  std::string action{};                   ///< name of the Action
  std::vector<ReferenceId> references{};  ///< that the decision rests on
};

/// Nothing when there is no such decision.
[[nodiscard]] std::optional<CaseUpload> upload_of_decision(Database& database, DecisionId decision);
/// Whether dismissals have settled all references of it; of `traits` media and location are the upload's.
[[nodiscard]] bool is_settled(Database& database, const CaseUpload& upload, UploadTraits traits);

}  // namespace reelprint::store
