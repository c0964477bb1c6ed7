// A table that goes on over as many pages as it needs, with its head on each.
#pragma once

#include <string>
#include <vector>

#include "evidence/pdf_pages.h"
#include "evidence/report_model.h"

namespace reelprint::evidence {

void flow_table(PageFlow& flow, const TextSetter& setter, const Table& table);
/// Labels left, what they have right; no head.
void flow_facts(PageFlow& flow, const TextSetter& setter, const Facts& facts);
/// What must fit on a page for the beginning of either to stand there.
inline constexpr double kLeastTableHeight = 70;

}  // namespace reelprint::evidence
