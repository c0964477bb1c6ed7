// reelprint user: people who log in to the service.
#include <CLI/CLI.hpp>
#include <limits>
#include <memory>
#include <string>

#include "api/access_models.h"
#include "app/account_options.h"
#include "app/command.h"
#include "app/password_prompt.h"
#include "core/error.h"

namespace reelprint::app {
namespace {

struct UserOptions {
  std::string email;
  std::string name;
  std::string role;
  std::string tenant;
  bool is_password_piped = false;
};

void print(Context& context, const std::vector<store::User>& users) {
  std::vector<std::vector<Cell>> table = {{{"ID", Colour::plain, true},
                                           {"ROLE"},
                                           {"TENANT", Colour::plain, true},
                                           {"STATE"},
                                           {"E-MAIL"},
                                           {"NAME"}}};
  for (const store::User& user : users) {
    if (context.json) context.console.print(api::user_json(user));
    table.push_back({{std::to_string(user.id.value), Colour::dim, true},
                     {std::string(to_string(user.role))},
                     {number_or_blank(user.tenant.value), Colour::plain, true},
                     {user.is_disabled ? "disabled" : "good"},
                     {printable(user.email)},
                     {printable(user.name)}});
  }
  if (context.json) return;
  for (const std::string& line : lay_out(table, context.console.has_colour())) context.console.print(line);
}

std::string hash_of_chosen(const UserOptions& options, const store::User& user) {
  return api::hash_of_new_password(options.is_password_piped ? read_password() : ask_for_password(), user);
}

ExitCode create(Context& context, const UserOptions& options) {
  store::User user;
  user.email = options.email;
  user.name = options.name;
  user.role = role_named(options.role);
  store::Store store(context.data);
  user.tenant = tenant_named(store, options.tenant);
  print(context, {api::add_user(store, user, hash_of_chosen(options, user), author_now())});
  return ExitCode::ok;
}

ExitCode set_password(Context& context, const UserOptions& options) {
  store::Store store(context.data, false);
  const auto found = store::Users(store.database()).find_login(options.email);
  if (!found) {
    throw Error(ErrorCode::not_found,
                "set the password of '" + printable(options.email) + "': there is no such user");
  }
  api::set_password(store, found->user.id, hash_of_chosen(options, found->user), author_now());
  print(context, {*store::Users(store.database()).find(found->user.id)});
  return ExitCode::ok;
}

ExitCode list(Context& context, const UserOptions&) {
  store::Store store(context.data, false);
  print(context, store::Users(store.database()).list({}, {}, std::numeric_limits<std::int32_t>::max()));
  return ExitCode::ok;
}

void add_password_options(CLI::App& command, UserOptions& options) {
  command.add_option("email", options.email, "E-mail address")->required()->type_name("EMAIL");
  command.add_flag("--password-stdin", options.is_password_piped,
                   "Read the password from the first line of stdin");
}

}  // namespace

void add_user_command(CLI::App& cli, Context& context, Action& action) {
  CLI::App* user = cli.add_subcommand("user", "Keep the people who log in to the service");
  user->require_subcommand(1);
  user->fallthrough();
  auto options = std::make_shared<UserOptions>();
  const auto add = [&](const char* name, const char* description, auto run) {
    CLI::App* command = user->add_subcommand(name, description);
    add_json_flag(*command, context);
    command->callback([&context, &action, options, run] {
      action = [&context, options, run] { return run(context, *options); };
    });
    return command;
  };
  CLI::App* create_command = add("create", "Add a person", create);
  add_password_options(*create_command, *options);
  create_command->add_option("--name", options->name, "As others see it")->required()->type_name("NAME");
  create_command->add_option("--role", options->role, "admin, holder, platform, legal or auditor")
      ->required()
      ->type_name("ROLE");
  create_command->add_option("--tenant", options->tenant, "Whose: a name or an id")->type_name("T");
  add_password_options(
      *add("set-password", "Give a person another password, and end all sessions", set_password), *options);
  add("list", "One line a person", list);
}

}  // namespace reelprint::app
