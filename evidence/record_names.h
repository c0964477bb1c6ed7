// What the codes in records are called: actions and objects of the audit log, changes of a case, failures of
// requests.
#pragma once

#include <string>
#include <string_view>

#include "evidence/report.h"

namespace reelprint::evidence {

// A code that is not known stays as it is.

/// "case.export" → "evidence bundle made".
[[nodiscard]] std::string name_of_action(std::string_view action, ReportLanguage language);
/// "sighting 12" → "sighting no. 12".
[[nodiscard]] std::string name_of_object(std::string_view object, ReportLanguage language);
/// CaseEvent::what: "state" → "state".
[[nodiscard]] std::string name_of_event(std::string_view what, ReportLanguage language);
/// Exchange::error_code: "dns" → "the host's name has no address".
[[nodiscard]] std::string name_of_failure(std::string_view error_code, ReportLanguage language);
/// States of notices and disputes.
[[nodiscard]] std::string name_of_state(std::string_view state, ReportLanguage language);
/// Who acted: programs by what they are, persons by the name they gave.
[[nodiscard]] std::string name_of_actor(std::string_view actor, ReportLanguage language);

}  // namespace reelprint::evidence
