// Explanations and coverage as JSON: one line of text each. The fields are a contract; docs/cli.md lists
// them.
#pragma once

#include <string>
#include <vector>

#include "pipeline/coverage.h"
#include "pipeline/explanation.h"
#include "pipeline/explanation_pictures.h"

namespace reelprint::api {

[[nodiscard]] std::string explanation_json(const pipeline::Explanation& explanation,
                                           const pipeline::WrittenPictures& pictures);

/// `picture`: the file drawn, "" for none.
[[nodiscard]] std::string coverage_json(const Screening& screening,
                                        const std::vector<pipeline::EpisodeCoverage>& episodes,
                                        const std::string& picture);

}  // namespace reelprint::api
