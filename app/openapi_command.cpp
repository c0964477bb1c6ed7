// reelprint openapi: the description of the service's API.
#include <CLI/CLI.hpp>

#include "api/openapi.h"
#include "app/command.h"

namespace reelprint::app {
namespace {

constexpr const char* kFooter = R"(
Examples:
  reelprint openapi > openapi.yaml      as YAML
  reelprint openapi --json              as a running service has it at /openapi.json)";

}  // namespace

void add_openapi_command(CLI::App& cli, Context& context, Action& action) {
  CLI::App* command = cli.add_subcommand("openapi", "Print the OpenAPI 3.1 description of the service");
  command->footer(kFooter);
  add_json_flag(*command, context);
  command->callback([&context, &action] {
    action = [&context] {
      context.console.print(api::openapi_text(context.json));
      return ExitCode::ok;
    };
  });
}

}  // namespace reelprint::app
