// reelprint negatives: what never counts as evidence.
#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "api/models.h"
#include "app/command.h"
#include "core/error.h"
#include "pipeline/negatives.h"
#include "pipeline/screening.h"

namespace reelprint::app {
namespace {

constexpr const char* kFooter = R"(
The negative bank holds cards, logos, stock shots and footage that belongs to nobody. What an upload shows of
them is never evidence. FILE is a video, a fingerprint (.rpf), or a folder of either.

Examples:
  reelprint --data archive negatives add licence-card.mp4 stock/
  reelprint --data archive negatives list
  reelprint --data archive negatives remove 3 licence-card.mp4)";

struct NegativesOptions {
  std::vector<std::string> files;
  std::vector<std::string> names;
  std::size_t jobs = 1;
};

void tell_outcome(Context& context, const pipeline::NegativeOutcome& outcome) {
  if (context.json) context.console.print(api::negative_outcome_json(outcome));
  if (outcome.error) return context.console.complain(outcome.message);
  if (outcome.damaged > 0) {
    context.console.complain("'" + outcome.file + "': added, but " + std::to_string(outcome.damaged) +
                             " packets or frames are damaged");
  }
  if (outcome.outcome != store::Registration::unchanged && outcome.searched == 0) {
    context.console.complain("'" + outcome.file +
                             "': added, but none of its pictures has enough structure to be searched; "
                             "such pictures count nowhere");
  }
}

std::string summary_text(const pipeline::NegativeSummary& s) {
  std::string text = std::to_string(s.added) + " added, " + std::to_string(s.unchanged) + " there already, " +
                     std::to_string(s.updated) + " updated, " + std::to_string(s.failed) + " failed";
  if (s.left_out > 0) text += ", " + std::to_string(s.left_out) + " left for the next run";
  return text;
}

ExitCode add_now(Context& context, const NegativesOptions& options) {
  const auto files = pipeline::expand_folders(options.files);
  if (files.empty())
    throw Error(ErrorCode::invalid_input, "add to the negative bank: there is no video in what is named");
  pipeline::Workspace workspace(context.data);
  const auto summary = pipeline::add_negatives(
      workspace, files, options.jobs, [&](const auto& outcome) { tell_outcome(context, outcome); },
      &context.console, context.stop);
  context.console.print(context.json ? api::negative_summary_json(summary) : summary_text(summary));
  if (summary.left_out > 0) {
    context.console.complain("stopped; the same command goes on from here");
    return ExitCode::failed;
  }
  return exit_code_of(summary.failed, files.size());
}

void print_all(Context& context, const std::vector<Negative>& negatives) {
  std::vector<std::vector<Cell>> table = {
      {{"ID", Colour::plain, true}, {"NAME"}, {"LENGTH", Colour::plain, true}, {"ADDED"}}};
  for (const Negative& negative : negatives) {
    if (context.json) context.console.print(api::negative_json(negative));
    table.push_back({{"#" + std::to_string(negative.id.value), Colour::dim, true},
                     {printable(negative.name)},
                     {time_code(to_seconds(negative.duration)), Colour::plain, true},
                     {to_rfc3339(negative.added_at), Colour::dim}});
  }
  if (context.json) return;
  for (const std::string& line : lay_out(table, context.console.has_colour())) context.console.print(line);
}

ExitCode list(Context& context, const NegativesOptions&) {
  pipeline::Workspace workspace(context.data, false);
  print_all(context, workspace.store().negatives());
  return ExitCode::ok;
}

ExitCode remove(Context& context, const NegativesOptions& options) {
  pipeline::Workspace workspace(context.data, false);
  const auto found = pipeline::find_negatives(workspace.store(), options.names);
  std::vector<NegativeId> ids;
  for (const Negative& negative : found) ids.push_back(negative.id);
  workspace.store().remove_negatives(ids);
  print_all(context, found);
  if (!context.json)
    context.console.print(std::to_string(ids.size()) + (ids.size() == 1 ? " negative" : " negatives") +
                          " removed");
  return ExitCode::ok;
}

}  // namespace

void add_negatives_command(CLI::App& cli, Context& context, Action& action) {
  CLI::App* negatives = cli.add_subcommand("negatives", "Keep the bank of what never counts as evidence");
  negatives->require_subcommand(1);
  negatives->fallthrough();
  negatives->footer(kFooter);
  auto options = std::make_shared<NegativesOptions>();
  const auto add = [&](const char* name, const char* description, auto run) {
    CLI::App* command = negatives->add_subcommand(name, description);
    add_json_flag(*command, context);
    command->callback([&context, &action, options, run] {
      action = [&context, options, run] { return run(context, *options); };
    });
    return command;
  };
  CLI::App* add_command = add("add", "Add videos to the bank", add_now);
  add_command->add_option("files", options->files, "Videos, fingerprints or folders")
      ->required()
      ->type_name("FILE...");
  add_jobs_option(*add_command, options->jobs);
  add("list", "One line a negative", list);
  add("remove", "Take negatives out of the bank", remove)
      ->add_option("names", options->names, "Ids, or names as `list` gives them")
      ->required()
      ->type_name("ID|NAME...");
}

}  // namespace reelprint::app
