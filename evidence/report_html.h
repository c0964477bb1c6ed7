// A report as one HTML file.
#pragma once

#include <string>

#include "evidence/report_model.h"

namespace reelprint::evidence {

/// Pictures are data: URLs; no script, nothing loaded from elsewhere, a Content-Security-Policy that says so.
/// Throws Error as write_html_report does.
[[nodiscard]] std::string html_of(const Report& report);

}  // namespace reelprint::evidence
