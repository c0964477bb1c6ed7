// What is true of a copy, and whether a screening says so.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/e2e/json_lines.h"

namespace reelprint::e2e {

/// That these seconds of a copy are those seconds of an episode.
struct Truth {
  std::string series;
  int episode = 0;
  double query_start = 0;
  double query_end = 0;
  double reference_start = 0;
  double reference_end = 0;
  std::optional<double> speed = 1;
  std::optional<bool> mirrored = false;
};

/// Expects one match for each truth, its borders right within a second, and no other match.
void expect_truths(const json::object& screening, const std::vector<Truth>& truths);

}  // namespace reelprint::e2e
