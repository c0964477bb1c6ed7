#include "app/screening_options.h"

#include <CLI/CLI.hpp>

namespace reelprint::app {

void add_screening_options(CLI::App& command, ScreeningOptions& options) {
  command.add_option("--effort", options.effort, "How much is decoded: auto goes as deep as the case needs")
      ->check(CLI::IsMember({"auto", "fast", "standard", "deep"}))
      ->capture_default_str();
  command.add_flag("--no-audio", options.no_audio, "Use the picture alone");
  command
      .add_option(
          "--flag-score", options.flag_score,
          "Least score to call a match infringing; 0.9 is one false alarm expected in a million uploads")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  command
      .add_option("--review-score", options.review_score,
                  "Least score to show a match to a person; 0.5 is one false alarm expected in 1,000 uploads")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  command.parse_complete_callback([&options] {
    if (options.review_score > options.flag_score)
      throw CLI::ValidationError("--review-score", "must not be above --flag-score");
  });
}

pipeline::ScreeningSettings settings_of(const ScreeningOptions& options) {
  pipeline::ScreeningSettings settings;
  if (options.effort != "auto") settings.effort = effort_of(options.effort);
  settings.audio = !options.no_audio;
  settings.policy.flag_score = options.flag_score;
  settings.policy.review_score = options.review_score;
  return settings;
}

}  // namespace reelprint::app
