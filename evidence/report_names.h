// What the values of the domain are called in a report.
#pragma once

#include <string>

#include "core/holder_ruling.h"
#include "core/legal_case.h"
#include "core/match.h"
#include "core/policy.h"
#include "core/verdict.h"
#include "evidence/case_file.h"
#include "evidence/wording.h"

namespace reelprint::evidence {

[[nodiscard]] Phrase phrase_of(CaseState state);
[[nodiscard]] Phrase phrase_of(CaseReason reason);
[[nodiscard]] Phrase phrase_of(Decision decision);
[[nodiscard]] Phrase phrase_of(Action action);
[[nodiscard]] Phrase phrase_of(StepKind kind);
[[nodiscard]] Phrase phrase_of(FoundBy found_by);

/// "“The Lantern Oath”, season 1, episode 3", on one line.
[[nodiscard]] std::string name_of(const WorkFacts& work, const Wording& wording);
/// "the account “tvnord”".
[[nodiscard]] std::string account_of(const UploadFacts& upload, const LegalCase& legal_case,
                                     const Wording& wording);
[[nodiscard]] std::string platform_of(const LegalCase& legal_case, const Wording& wording);

/// The match with the fewest expected false alarms; nothing when there is none.
[[nodiscard]] const MatchFacts* strongest_of(const CaseFile& case_file);
/// Seconds of the upload, each once, that its matches cover.
[[nodiscard]] Duration matched_of(const UploadFacts& upload);

}  // namespace reelprint::evidence
