// The options of every command that screens.
#pragma once

#include <string>

#include "pipeline/screening.h"

namespace CLI {
class App;
}

namespace reelprint::app {

struct ScreeningOptions {
  std::string effort = "auto";
  bool no_audio = false;
  double flag_score = rights::Policy{}.flag_score;
  double review_score = rights::Policy{}.review_score;
};

/// Wrong usage, besides what each option refuses: a review score above the flag score. `options` must live as
/// long as the command.
void add_screening_options(CLI::App& command, ScreeningOptions& options);

[[nodiscard]] pipeline::ScreeningSettings settings_of(const ScreeningOptions& options);

}  // namespace reelprint::app
