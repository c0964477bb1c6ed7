// Screenings as a table for a person.
#pragma once

#include <vector>

#include "app/console.h"
#include "core/screening.h"
#include "pipeline/work_names.h"

namespace reelprint::app {

using Table = std::vector<std::vector<Cell>>;

[[nodiscard]] Table screening_heading();
/// A row for each match, in the order of time.
void add_screening(Table& table, const Screening& screening, const pipeline::WorkNames& works);
/// The row of a file that was not screened.
void add_unscreened(Table& table, const std::string& file);

}  // namespace reelprint::app
