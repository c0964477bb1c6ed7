// reelprint doctor and version: what this machine has, and what is wrong.
#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "api/models.h"
#include "app/command.h"
#include "app/version.h"
#include "pipeline/diagnosis.h"

namespace reelprint::app {
namespace {

using pipeline::Finding;

std::vector<Finding> with_own_version(std::vector<Finding> findings) {
  findings.insert(findings.begin(), {"reelprint", kVersion, false});
  return findings;
}

void print(Context& context, const std::vector<Finding>& findings) {
  if (context.json) return context.console.print(api::findings_json(findings));
  std::vector<std::vector<Cell>> table = {{{"WHAT"}, {""}, {"FOUND"}}};
  for (const Finding& finding : findings) {
    table.push_back(
        {{finding.name}, {finding.is_problem ? "!" : " ", Colour::red}, {printable(finding.value)}});
  }
  for (const std::string& line : lay_out(table, context.console.has_colour())) context.console.print(line);
}

ExitCode diagnose(Context& context) {
  const auto findings = with_own_version(pipeline::diagnose(context.data, &context.console));
  print(context, findings);
  std::size_t problems = 0;
  for (const Finding& finding : findings) problems += finding.is_problem ? 1 : 0;
  if (!context.json)
    context.console.print(problems == 0 ? "nothing is wrong"
                                        : std::to_string(problems) + " marked ! need attention");
  return problems == 0 ? ExitCode::ok : ExitCode::failed;
}

}  // namespace

void add_doctor_command(CLI::App& cli, Context& context, Action& action) {
  CLI::App* command = cli.add_subcommand("doctor", "Say what this machine has and what is wrong");
  add_json_flag(*command, context);
  command->footer("\nExamples:\n  reelprint doctor\n  reelprint --data archive doctor --json");
  command->callback([&] { action = [&context] { return diagnose(context); }; });
}

void add_version_command(CLI::App& cli, Context& context, Action& action) {
  CLI::App* command = cli.add_subcommand("version", "Print the versions of reelprint and its libraries");
  add_json_flag(*command, context);
  command->footer("\nExamples:\n  reelprint version\n  reelprint version --json");
  command->callback([&] {
    action = [&context] {
      if (context.json)
        context.console.print(api::findings_json(with_own_version(pipeline::library_versions())));
      else
        for (const Finding& finding : with_own_version(pipeline::library_versions()))
          context.console.print(finding.name + " " + finding.value);
      return ExitCode::ok;
    };
  });
}

}  // namespace reelprint::app
