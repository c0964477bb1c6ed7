// reelprint coverage: which seconds of which episodes of a series are in an upload.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "api/explanation_json.h"
#include "app/command.h"
#include "app/figures.h"
#include "app/screening_options.h"
#include "pipeline/coverage.h"
#include "pipeline/coverage_picture.h"
#include "pipeline/screening.h"
#include "pipeline/stored_details.h"
#include "pipeline/work_search.h"

namespace reelprint::app {
namespace {

constexpr const char* kFooter = R"(
FILE is a video or a fingerprint (.rpf). Every episode of the series is listed, also those that
are not in the upload. Nothing is recorded.

Examples:
  reelprint --data archive coverage film.mp4 --series "The Lantern Oath"
  reelprint --data archive coverage film.mp4 --series "The Lantern Oath" --picture coverage.png
  reelprint --data archive coverage --json film.mp4 --series "The Lantern Oath" | jq .episodes)";

constexpr int kBarCells = 30;

struct CoverageOptions {
  std::string file;
  std::string series;
  std::string picture;
  ScreeningOptions screening;
};

/// Which cells of an episode's bar are covered, at least in part.
std::string bar_of(const pipeline::EpisodeCoverage& episode) {
  std::vector<bool> is_covered(kBarCells);
  const double length = to_seconds(episode.entry.reference.duration);
  for (const Match& match : episode.matches) {
    const auto cell = [&](Timestamp t) { return kBarCells * to_seconds(t) / std::max(length, 1e-6); };
    const int last = std::min(kBarCells, static_cast<int>(std::ceil(cell(match.reference_span.end) - 0.25)));
    for (int i = std::max(0, static_cast<int>(cell(match.reference_span.begin) + 0.25)); i < last; ++i)
      is_covered[static_cast<std::size_t>(i)] = true;
  }
  std::string bar;
  for (const bool covered : is_covered) bar += covered ? "█" : "·";
  return bar;
}

void print_table(Console& console, const std::vector<pipeline::EpisodeCoverage>& episodes) {
  std::vector<std::vector<Cell>> table = {{{"EPISODE"},
                                           {"LENGTH", Colour::plain, true},
                                           {"COVERED", Colour::plain, true},
                                           {""},
                                           {"WHERE"},
                                           {"IN THE EPISODE"},
                                           {"IN THE UPLOAD"},
                                           {"SCORE", Colour::plain, true}}};
  for (const pipeline::EpisodeCoverage& episode : episodes) {
    const Colour colour = episode.matches.empty() ? Colour::dim : Colour::plain;
    std::vector<Cell> row = {{to_text(episode.entry.episode), colour},
                             {time_code(to_seconds(episode.entry.reference.duration)), colour, true},
                             {time_code(to_seconds(episode.covered)), colour, true},
                             {fixed(100 * episode.share, 0, " %"), colour, true},
                             {bar_of(episode), colour}};
    if (episode.matches.empty()) row.insert(row.end(), {{"–", colour}, {"–", colour}, {"–", colour, true}});
    for (const Match& match : episode.matches) {
      if (row.empty()) row.resize(5);
      row.insert(row.end(), {{span_text(match.reference_span)},
                             {span_text(match.query_span)},
                             {fixed(match.score, 3), Colour::plain, true}});
      table.push_back(std::move(row));
      row.clear();
    }
    if (!row.empty()) table.push_back(std::move(row));
  }
  for (const std::string& line : lay_out(table, console.has_colour())) console.print(line);
}

ExitCode cover(Context& context, const CoverageOptions& options) {
  pipeline::Workspace workspace(context.data, false);
  const auto entries = pipeline::find_work(workspace.store(), options.series);
  const pipeline::StoredDetails details(context.data);
  const pipeline::StoredWorkNames works(workspace.store());
  const pipeline::ScreeningSettings settings = settings_of(options.screening);
  const auto progress = [&](Timestamp reached, Duration expected) {
    context.console.report("coverage", to_seconds(reached), to_seconds(expected), options.file);
  };
  const Screening screening =
      pipeline::screen(options.file, pipeline::open_protected(workspace, details, works, &context.console),
                       settings, pipeline::DirectMediaReader(), SystemClock(), context.stop, progress);
  const auto episodes = pipeline::coverage_of(entries, screening.matches);
  if (!options.picture.empty()) pipeline::write_coverage_picture(screening, episodes, options.picture);
  if (context.json)
    context.console.print(api::coverage_json(screening, episodes, options.picture));
  else
    print_table(context.console, episodes);
  return ExitCode::ok;
}

}  // namespace

void add_coverage_command(CLI::App& cli, Context& context, Action& action) {
  CLI::App* command =
      cli.add_subcommand("coverage", "Show which seconds of which episodes of a series are in a file");
  auto options = std::make_shared<CoverageOptions>();
  command->add_option("file", options->file, "Video or fingerprint")->required()->type_name("FILE");
  command->add_option("--series", options->series, "The series")->required()->type_name("SERIES");
  command->add_option("--picture", options->picture, "Also draw it, as PNG")->type_name("OUT.png");
  add_screening_options(*command, options->screening);
  add_json_flag(*command, context);
  command->footer(kFooter);
  command->callback(
      [&context, &action, options] { action = [&context, options] { return cover(context, *options); }; });
}

}  // namespace reelprint::app
