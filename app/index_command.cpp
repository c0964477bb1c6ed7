// reelprint index: compares the index with the store, mends it, merges it, or makes it again.
#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "api/models.h"
#include "app/command.h"
#include "pipeline/workspace.h"

namespace reelprint::app {
namespace {

constexpr const char* kFooter = R"(
The index is a copy of what the store knows; it can always be made again.

Examples:
  reelprint --data archive index verify      compare it with the store, change nothing
  reelprint --data archive index repair      make those parts again that are damaged
  reelprint --data archive index compact     merge its parts; what was removed is gone from the disk
  reelprint --data archive index rebuild     make all of it again)";

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

/// Changes the index, then says what is still wrong with it.
ExitCode verify_after(Context& context, const std::function<void(pipeline::Workspace&)>& change) {
  pipeline::Workspace workspace(context.data, false);
  change(workspace);
  return tell(context, workspace.verify_index(&context.console));
}

ExitCode rebuild(Context& context) {
  return verify_after(context, [&](pipeline::Workspace& w) { w.rebuild_index(&context.console); });
}

ExitCode repair(Context& context) {
  return verify_after(context, [&](pipeline::Workspace& w) { w.repair_index(&context.console); });
}

ExitCode compact(Context& context) {
  return verify_after(context, [&](pipeline::Workspace& w) { w.compact_index(&context.console); });
}

}  // namespace

void add_index_command(CLI::App& cli, Context& context, Action& action) {
  CLI::App* index = cli.add_subcommand("index", "Check, mend, merge or rebuild the search index");
  index->require_subcommand(1);
  index->fallthrough();
  index->footer(kFooter);
  const auto add = [&](const char* name, const char* what, ExitCode (*run)(Context&)) {
    CLI::App* command = index->add_subcommand(name, what);
    add_json_flag(*command, context);
    command->callback([&context, &action, run] { action = [&context, run] { return run(context); }; });
  };
  add("verify", "Compare the index with the store, change nothing", verify);
  add("repair", "Make the damaged parts of the index again from the store", repair);
  add("compact", "Merge the parts of the index; what was removed is gone from the disk", compact);
  add("rebuild", "Make the index again from the store", rebuild);
}

}  // namespace reelprint::app
