// reelprint tenant: the companies that share the service.
#include <CLI/CLI.hpp>
#include <limits>
#include <memory>
#include <string>

#include "api/access_models.h"
#include "app/account_options.h"
#include "app/command.h"
#include "core/error.h"

namespace reelprint::app {
namespace {

struct TenantOptions {
  std::string name;
  std::string kind;
};

void print(Context& context, const std::vector<store::Tenant>& tenants) {
  std::vector<std::vector<Cell>> table = {{{"ID", Colour::plain, true}, {"KIND"}, {"CREATED"}, {"NAME"}}};
  for (const store::Tenant& tenant : tenants) {
    if (context.json) context.console.print(api::tenant_json(tenant));
    table.push_back({{std::to_string(tenant.id.value), Colour::dim, true},
                     {std::string(store::to_string(tenant.kind))},
                     {to_rfc3339(tenant.created_at), Colour::dim},
                     {printable(tenant.name)}});
  }
  if (context.json) return;
  for (const std::string& line : lay_out(table, context.console.has_colour())) context.console.print(line);
}

ExitCode create(Context& context, const TenantOptions& options) {
  const auto kind = store::tenant_kind_of(options.kind);
  if (!kind) throw Error(ErrorCode::invalid_input, "create a tenant: its kind must be holder or platform");
  store::Store store(context.data);
  print(context, {api::add_tenant(store, options.name, *kind, author_now())});
  return ExitCode::ok;
}

ExitCode list(Context& context, const TenantOptions&) {
  store::Store store(context.data, false);
  print(context, store::Tenants(store.database()).list({}, std::numeric_limits<std::int32_t>::max()));
  return ExitCode::ok;
}

}  // namespace

void add_tenant_command(CLI::App& cli, Context& context, Action& action) {
  CLI::App* tenant = cli.add_subcommand("tenant", "Keep the companies that share the service");
  tenant->require_subcommand(1);
  tenant->fallthrough();
  auto options = std::make_shared<TenantOptions>();
  const auto add = [&](const char* name, const char* description, auto run) {
    CLI::App* command = tenant->add_subcommand(name, description);
    add_json_flag(*command, context);
    command->callback([&context, &action, options, run] {
      action = [&context, options, run] { return run(context, *options); };
    });
    return command;
  };
  CLI::App* create_command = add("create", "Add a company", create);
  create_command->add_option("name", options->name, "Its name, not taken yet")->required()->type_name("NAME");
  create_command->add_option("--kind", options->kind, "holder (has a catalog) or platform (has uploads)")
      ->required()
      ->type_name("KIND");
  add("list", "One line a company", list);
}

}  // namespace reelprint::app
