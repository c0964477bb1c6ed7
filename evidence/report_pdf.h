// A report as PDF, A4.
#pragma once

#include <cstddef>
#include <vector>

#include "evidence/report_model.h"

namespace reelprint::evidence {

/// Fonts are embedded. The same report and fonts give the same bytes. Throws Error as write_pdf_report does.
[[nodiscard]] std::vector<std::byte> pdf_of(const Report& report);

}  // namespace reelprint::evidence
