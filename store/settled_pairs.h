// What dismissals have taught: which reference is not raised again for which upload, and which references are
// dismissed often.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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
  std::string channel{};  ///< the account's own address there, normalised
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

  /// Settles the locations of a dismissed case for each reference that it rests on, and by its reason the
  /// files whoever shows them (clears_file), the account whatever it shows (clears_account), or the files as
  /// that account shows them. A file of which nothing else is known is settled as such.
  void learn(CaseId dismissed, CaseReason reason, WallTime now);
  /// Likewise for one upload of a case that was found to be no infringement, whatever becomes of the rest.
  void learn(CaseId in_case, DecisionId decision, CaseReason reason, WallTime now);
  /// The uploads of cases that this settles, those of the case, or that of the decision unless it is zero,
  /// among them; at most `limit`.
  [[nodiscard]] std::vector<RequestId> uploads_alike(CaseId in_case, DecisionId decision, CaseReason reason,
                                                     std::size_t limit);
  /// The case is open again: it settles nothing, and its verdict about references is taken back.
  void unlearn(CaseId id);
  /// The newest dismissal that covers them; one that clears goes first.
  [[nodiscard]] std::optional<Settled> find(ReferenceId reference, const UploadTraits& upload);

  void note_verdict(CaseId id, CaseState verdict, WallTime now, DecisionId decision = {});
  /// Of the latest `last` verdicts.
  [[nodiscard]] ReferenceVerdicts verdicts_of(ReferenceId reference, std::size_t last);

 private:
  Database& database_;
};

}  // namespace reelprint::store
