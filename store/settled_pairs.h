// What dismissals have taught: which reference is not raised again for which upload, and which references are
// dismissed often.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/case_steps.h"
#include "core/clock.h"
#include "core/ids.h"
#include "core/sha256.h"
#include "store/sqlite.h"

namespace reelprint::store {

/// What an upload is recognised by; empty fields recognise nothing.
struct UploadTraits {
  Sha256 media{};
  std::string location{};
  std::string platform{};
  std::string account{};
};

/// A dismissal that covers an upload and a reference.
struct Settled {
  CaseId in_case{};
  CaseReason reason = CaseReason::none;
  bool is_clear = false;  ///< there is no infringement: a ruling leaves the reference out
};

/// How persons have judged the latest cases that rest on a reference.
struct ReferenceVerdicts {
  std::size_t dismissed = 0;
  std::size_t judged = 0;
};

/// The settled pairs' part of Store, with its contract.
class SettledPairs {
 public:
  explicit SettledPairs(Database& database) : database_(database) {}

  /// The media and locations of a dismissed case are settled for each reference that it rests on; for a
  /// licensed use and the holder's own upload the account too.
  void learn(CaseId dismissed, CaseReason reason, WallTime now);
  /// One upload of a case was found to be no infringement, whatever becomes of the rest of it.
  void learn(CaseId in_case, DecisionId decision, CaseReason reason);
  /// The case is open again: it settles nothing, and its verdict about references is taken back.
  void unlearn(CaseId id);
  /// The newest dismissal that covers them; one that clears goes first.
  [[nodiscard]] std::optional<Settled> find(ReferenceId reference, const UploadTraits& upload);

  void note_verdict(CaseId id, CaseState verdict, WallTime now);
  /// Of the latest `last` verdicts.
  [[nodiscard]] ReferenceVerdicts verdicts_of(ReferenceId reference, std::size_t last);

 private:
  Database& database_;
};

}  // namespace reelprint::store
