// reelprint key: API keys, the first one above all.
#include <CLI/CLI.hpp>
#include <charconv>
#include <limits>
#include <memory>
#include <string>

#include "api/access_models.h"
#include "app/account_options.h"
#include "app/command.h"
#include "core/error.h"

namespace reelprint::app {
namespace {

constexpr const char* kFooter = R"(
Examples:
  reelprint --data archive key create root --role admin
  reelprint --data archive key create ingest --role holder --tenant "Lotus Pictures" --expires-days 365
  reelprint --data archive key revoke rp_Xk3v9QpA)";

struct KeyOptions {
  std::string name;
  std::string role;
  std::string tenant;
  int expires_days = 0;
};

ExitCode create(Context& context, const KeyOptions& options) {
  const Role role = role_named(options.role);
  store::Store store(context.data);
  const api::Author author = author_now();
  store::ApiKey wanted;
  wanted.name = options.name;
  wanted.role = role;
  wanted.tenant = tenant_named(store, options.tenant);
  if (options.expires_days > 0) wanted.expires_at = author.now + std::chrono::days(options.expires_days);
  const api::IssuedKey issued = api::issue_key(store, wanted, author);
  context.console.remark("keep it: it is not stored and cannot be shown again");
  context.console.print(context.json ? api::issued_key_json(issued) : issued.text);
  return ExitCode::ok;
}

std::string state_of(const store::ApiKey& key, WallTime now) {
  if (key.revoked_at != WallTime{}) return "revoked";
  return key.is_good(now) ? "good" : "expired";
}

ExitCode list(Context& context, const KeyOptions&) {
  store::Store store(context.data, false);
  const WallTime now = SystemClock().now();
  std::vector<std::vector<Cell>> table = {{{"ID", Colour::plain, true},
                                           {"PREFIX"},
                                           {"ROLE"},
                                           {"TENANT", Colour::plain, true},
                                           {"STATE"},
                                           {"EXPIRES"},
                                           {"LAST USED"},
                                           {"NAME"}}};
  const auto all = std::numeric_limits<std::int32_t>::max();
  for (const store::ApiKey& key : store::ApiKeys(store.database()).list({}, {}, all)) {
    if (context.json) context.console.print(api::key_json(key));
    table.push_back({{std::to_string(key.id.value), Colour::dim, true},
                     {key.prefix},
                     {std::string(to_string(key.role))},
                     {number_or_blank(key.tenant.value), Colour::plain, true},
                     {state_of(key, now)},
                     {time_or_blank(key.expires_at), Colour::dim},
                     {time_or_blank(key.last_used_at), Colour::dim},
                     {printable(key.name)}});
  }
  if (context.json) return ExitCode::ok;
  for (const std::string& line : lay_out(table, context.console.has_colour())) context.console.print(line);
  return ExitCode::ok;
}

store::ApiKey key_named(store::Store& store, const std::string& name) {
  store::ApiKeys keys(store.database());
  if (const auto found = keys.find_login(name)) return found->key;
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), id);
  const auto found =
      error == std::errc{} && end == name.data() + name.size() ? keys.find(ApiKeyId{id}) : std::nullopt;
  if (!found) throw Error(ErrorCode::not_found, "revoke the key '" + printable(name) + "': there is none");
  return *found;
}

ExitCode revoke(Context& context, const KeyOptions& options) {
  store::Store store(context.data, false);
  const store::ApiKey key = key_named(store, options.name);
  const bool is_new = api::revoke_key(store, key, author_now());
  if (context.json)
    context.console.print(api::key_json(*store::ApiKeys(store.database()).find(key.id)));
  else
    context.console.print(key.prefix + (is_new ? " is revoked" : " was revoked already"));
  return ExitCode::ok;
}

}  // namespace

void add_key_command(CLI::App& cli, Context& context, Action& action) {
  CLI::App* key = cli.add_subcommand("key", "Keep the API keys of the service");
  key->require_subcommand(1);
  key->fallthrough();
  key->footer(kFooter);
  auto options = std::make_shared<KeyOptions>();
  const auto add = [&](const char* name, const char* description, auto run) {
    CLI::App* command = key->add_subcommand(name, description);
    add_json_flag(*command, context);
    command->callback([&context, &action, options, run] {
      action = [&context, options, run] { return run(context, *options); };
    });
    return command;
  };
  CLI::App* create_command = add("create", "Make a key and print it, once", create);
  create_command->add_option("name", options->name, "What it is for")->required()->type_name("NAME");
  create_command->add_option("--role", options->role, "admin, holder, platform, legal or auditor")
      ->required()
      ->type_name("ROLE");
  create_command->add_option("--tenant", options->tenant, "Whose it is: a name or an id")->type_name("T");
  create_command->add_option("--expires-days", options->expires_days, "Days until it ends; 0: never")
      ->check(CLI::Range(0, 36500))
      ->capture_default_str()
      ->type_name("N");
  add("list", "One line a key", list);
  add("revoke", "End a key at once and for good", revoke)
      ->add_option("id", options->name, "Its id or its prefix")
      ->required()
      ->type_name("ID");
}

}  // namespace reelprint::app
