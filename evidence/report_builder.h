// From a case file to what a report says: pure functions, one a chapter.
#pragma once

#include <vector>

#include "evidence/case_file.h"
#include "evidence/report_model.h"
#include "evidence/wording.h"

namespace reelprint::evidence {

/// Reads no file: pictures are named only.
[[nodiscard]] Report build_report(const CaseFile& case_file, ReportLanguage language);

/// Page one: what was found, how sure that is, what was not established.
[[nodiscard]] Section summary_of(const CaseFile& case_file, const Wording& wording);
[[nodiscard]] std::vector<Section> works_of(const CaseFile& case_file, const Wording& wording);
/// Where and when an upload was seen, and how that was recorded.
[[nodiscard]] std::vector<Section> sightings_of(const CaseFile& case_file, const Wording& wording);
[[nodiscard]] std::vector<Section> matches_of(const CaseFile& case_file, const Wording& wording);
[[nodiscard]] std::vector<Section> closing_of(const CaseFile& case_file, const Wording& wording);

/// What an entry of the history says; what it holds where that is not known.
[[nodiscard]] std::string told_of(const CaseEvent& event, const Wording& wording);
/// What was recorded: in the report's language, or as it was written, which is then said.
[[nodiscard]] std::string recorded(const Sentence& sentence, const Wording& wording);

/// A sentence each, of the whole case: what nobody may read into the report.
[[nodiscard]] std::vector<std::string> open_questions(const CaseFile& case_file, const Wording& wording);

}  // namespace reelprint::evidence
