// reelprint index: compares the index with the store, or makes it again.
#include <CLI/CLI.hpp>
#include <string>

#include "api/models.h"
#include "app/command.h"
#include "pipeline/workspace.h"

namespace reelprint::app {
namespace {

constexpr const char* kFooter = R"(
The index is a copy of what the store knows; it can always be made again.

Examples:
  reelprint --data archive index verify
  reelprint --data archive index rebuild)";

ExitCode tell(Context& context, const pipeline::IndexReport& report) {
  if (context.json) {
    context.console.print(api::index_report_json(report));
  } else {
    for (const std::string& problem : report.problems) context.console.print(printable(problem));
    context.console.print(std::to_string(report.references) + " references, " +
                          std::to_string(report.problems.size()) + " problems");
  }
  return report.problems.empty() ? ExitCode::ok : ExitCode::failed;
}

ExitCode verify(Context& context) {
  pipeline::Workspace workspace(context.data, false);
  return tell(context, workspace.verify_index(&context.console));
}

ExitCode rebuild(Context& context) {
  pipeline::Workspace workspace(context.data, false);
  workspace.rebuild_index(&context.console);
  return tell(context, workspace.verify_index(&context.console));
}

}  // namespace

void add_index_command(CLI::App& cli, Context& context, Action& action) {
  CLI::App* index = cli.add_subcommand("index", "Check or rebuild the search index");
  index->require_subcommand(1);
  index->fallthrough();
  index->footer(kFooter);
  CLI::App* verify_command =
      index->add_subcommand("verify", "Compare the index with the store, change nothing");
  add_json_flag(*verify_command, context);
  verify_command->callback([&] { action = [&context] { return verify(context); }; });
  CLI::App* rebuild_command = index->add_subcommand("rebuild", "Make the index again from the store");
  add_json_flag(*rebuild_command, context);
  rebuild_command->callback([&] { action = [&context] { return rebuild(context); }; });
}

}  // namespace reelprint::app
