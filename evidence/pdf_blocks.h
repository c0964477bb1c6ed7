// Lays out the blocks of a report on pages.
#pragma once

#include <vector>

#include "evidence/pdf_pages.h"
#include "evidence/report_model.h"

namespace reelprint::evidence {

/// Reads of pictures only their size. Throws Error as read_png_file does.
[[nodiscard]] std::vector<Page> lay_out(const Report& report, const TextSetter& setter);

}  // namespace reelprint::evidence
