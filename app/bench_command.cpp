// reelprint bench: what screening and registering cost on this machine.
#include <CLI/CLI.hpp>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "api/models.h"
#include "app/command.h"
#include "app/figures.h"
#include "core/error.h"
#include "pipeline/cost_measurement.h"
#include "pipeline/stored_details.h"

namespace reelprint::app {
namespace {

constexpr const char* kFooter = R"(
CPU time on one thread, medians of rounds taken in turn. FILE is a video or a folder of them, best such as
you are sent and of about a minute; what is not clear of the catalog counts only for registering. Without
FILE, the uploads that `make demo` left in build/demo, or in $REELPRINT_DEMO_DIR.

Examples:
  reelprint --data archive bench cost --price-per-vcpu-hour 0.04 uploads/
  reelprint --data archive bench cost --price-per-vcpu-hour 0.04 --json uploads/)";

struct CostOptions {
  std::vector<std::string> files;
  double price = 0;
  std::size_t rounds = 3;
};

std::vector<std::string> videos_of(const CostOptions& options) {
  if (!options.files.empty()) return pipeline::expand_folders(options.files);
  const char* named = std::getenv("REELPRINT_DEMO_DIR");
  const std::filesystem::path uploads = std::filesystem::path(named ? named : "build/demo") / "uploads";
  if (!std::filesystem::is_directory(uploads))
    throw Error(ErrorCode::not_found, "measure costs: no video is named, and there is no demo in '" +
                                          uploads.string() + "': name some, or run `make demo`");
  return pipeline::expand_folders({uploads.string()});
}

void print_table(Console& console, const pipeline::CostMeasurement& costs, double price) {
  using pipeline::kEpisodeSeconds;
  using pipeline::kUploadSeconds;
  constexpr Colour kPlain = Colour::plain;
  std::vector<std::vector<Cell>> table = {{{"WHAT"},
                                           {"CPU TIME OF ONE", kPlain, true},
                                           {"DOLLARS", kPlain, true},
                                           {"FOR"},
                                           {"CORES AT 12/S", kPlain, true}}};
  for (const auto& [effort, cost] : costs.screening) {
    table.push_back({{"screen, " + std::string(pipeline::name_of_plan(effort))},
                     {fixed(cost * kUploadSeconds, 3, " s"), kPlain, true},
                     {fixed(pipeline::dollars_of(cost, kUploadSeconds, 1e6, price), 2), kPlain, true},
                     {"a million uploads of 60 s"},
                     {fixed(pipeline::cores_of(cost), 1), kPlain, true}});
  }
  const double cost = costs.registering_per_media_s;
  table.push_back({{"register"},
                   {fixed(cost * kEpisodeSeconds, 3, " s"), kPlain, true},
                   {fixed(pipeline::dollars_of(cost, kEpisodeSeconds, 1e3, price), 4), kPlain, true},
                   {"a thousand episodes of 90 s"},
                   {"–", Colour::dim, true}});
  for (const std::string& line : lay_out(table, console.has_colour())) console.print(line);
  console.print("measured on " + std::to_string(costs.uploads) + " clear uploads of " +
                time_code(costs.media_s) + " in all, against " + std::to_string(costs.references) +
                " references; " + std::to_string(costs.not_clear) + " not clear");
}

ExitCode tell_costs(Context& context, const CostOptions& options) {
  const auto videos = videos_of(options);
  pipeline::Workspace workspace(context.data, false);
  const pipeline::StoredDetails details(context.data);
  const pipeline::StoredWorkNames works(workspace.store());
  const auto catalog = pipeline::open_protected(workspace, details, works, &context.console);
  const auto costs = pipeline::measure_costs(videos, catalog, options.rounds, &context.console, context.stop);
  if (context.json)
    context.console.print(api::cost_json(costs, options.price));
  else
    print_table(context.console, costs, options.price);
  return ExitCode::ok;
}

}  // namespace

void add_bench_command(CLI::App& cli, Context& context, Action& action) {
  CLI::App* bench = cli.add_subcommand("bench", "Measure this machine");
  bench->require_subcommand(1);
  bench->fallthrough();
  bench->footer(kFooter);
  CLI::App* cost = bench->add_subcommand("cost", "Say what a million uploads cost, by measured CPU time");
  auto options = std::make_shared<CostOptions>();
  cost->add_option("files", options->files, "Videos, or folders of them")->type_name("FILE...");
  cost->add_option("--price-per-vcpu-hour", options->price, "Dollars for an hour of one virtual CPU")
      ->required()
      ->check(CLI::Range(0.0, 1e6))
      ->type_name("DOLLARS");
  cost->add_option("--rounds", options->rounds, "How often each video is measured")
      ->check(CLI::Range(1, 100))
      ->capture_default_str()
      ->type_name("N");
  add_json_flag(*cost, context);
  cost->footer(kFooter);
  cost->callback([&context, &action, options] {
    action = [&context, options] { return tell_costs(context, *options); };
  });
}

}  // namespace reelprint::app
