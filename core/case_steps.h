// Which state of a case may follow which, for what reason, and who may take it there. Pure.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/legal_case.h"

namespace reelprint {

/// Who moves a case.
enum class CaseMover : std::uint8_t {
  person,   ///< of the legal team
  service,  ///< because of what happened: a notice was sent, an upload is gone, a decision was taken back
};

struct CaseStep {
  CaseState to = CaseState::open;
  CaseReason reason = CaseReason::none;
  std::string remark{};
  CaseMover mover = CaseMover::person;
};

/// Why the step may not be taken, as a sentence; "" when it may. A person gives a reason, and with `other` a
/// remark.
[[nodiscard]] std::string why_not(CaseState from, const CaseStep& step);
/// Where a person may take a case from there, in the order of CaseState.
[[nodiscard]] std::vector<CaseState> next_states(CaseState from);
/// Reasons that a person may give for this step.
[[nodiscard]] std::vector<CaseReason> reasons_for(CaseState from, CaseState to);

/// Whether a dismissal for this reason says that the whole account may show the work.
[[nodiscard]] bool clears_account(CaseReason reason);
/// Whether it says that the file is no infringement whoever shows it: a thief may have a licensee's file,
/// byte by byte.
[[nodiscard]] bool clears_file(CaseReason reason);
/// Whether it says that there is no infringement: decisions are taken back, and later ones come out clear.
[[nodiscard]] bool clears_upload(CaseReason reason);

}  // namespace reelprint
