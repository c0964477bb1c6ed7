// The coverage of a series as a picture.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "core/screening.h"
#include "pipeline/coverage.h"

namespace reelprint::pipeline {

/// Whether the picture has a title and a legend, or numbers only.
enum class CoverageWords : std::uint8_t { none, all };

/// Draws the coverage of a series as a strip: a row an episode, what is covered coloured by score. Throws
/// what evidence::write_coverage_strip throws.
void write_coverage_picture(const Screening& screening, const std::vector<EpisodeCoverage>& episodes,
                            const std::filesystem::path& file, CoverageWords words = CoverageWords::all);

}  // namespace reelprint::pipeline
