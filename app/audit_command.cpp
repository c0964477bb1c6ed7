// reelprint audit: what was changed, by whom, and whether the log of it is whole.
#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "api/access_models.h"
#include "app/account_options.h"
#include "app/command.h"

namespace reelprint::app {
namespace {

struct AuditOptions {
  std::size_t limit = 100;
};

ExitCode list(Context& context, const AuditOptions& options) {
  store::Store store(context.data, false);
  std::vector<std::vector<Cell>> table = {{{"ID", Colour::plain, true},
                                           {"AT"},
                                           {"ACTOR"},
                                           {"TENANT", Colour::plain, true},
                                           {"ACTION"},
                                           {"OBJECT"}}};
  for (const store::AuditEntry& entry : store::Audit(store.database()).list({}, {}, options.limit)) {
    if (context.json) context.console.print(api::audit_json(entry));
    table.push_back({{std::to_string(entry.id.value), Colour::dim, true},
                     {to_rfc3339(entry.at), Colour::dim},
                     {printable(entry.actor)},
                     {number_or_blank(entry.tenant.value), Colour::plain, true},
                     {printable(entry.action)},
                     {printable(entry.object)}});
  }
  if (context.json) return ExitCode::ok;
  for (const std::string& line : lay_out(table, context.console.has_colour())) context.console.print(line);
  return ExitCode::ok;
}

ExitCode verify(Context& context, const AuditOptions&) {
  store::Store store(context.data, false);
  store::Audit audit(store.database());
  const auto broken = audit.first_broken();
  const auto newest = audit.list({}, {}, 1);
  const std::string entries = std::to_string(newest.empty() ? 0 : newest.front().id.value);
  const std::string first = broken ? std::to_string(broken->value) : "null";
  if (context.json) {
    context.console.print(std::string(R"({"ok":)") + (broken ? "false" : "true") + R"(,"entries":)" +
                          entries + R"(,"first_broken":)" + first + "}");
  } else if (broken) {
    context.console.print("entry " + first + " of the audit log is broken, missing or out of place");
  } else {
    context.console.print(
        entries + " entries, each fits the one before it" +
        (newest.empty() ? "" : "; the newest has the digest " + to_hex(newest.front().digest)));
  }
  return broken ? ExitCode::failed : ExitCode::ok;
}

}  // namespace

void add_audit_command(CLI::App& cli, Context& context, Action& action) {
  CLI::App* audit = cli.add_subcommand("audit", "Read and verify the log of what was changed");
  audit->require_subcommand(1);
  audit->fallthrough();
  auto options = std::make_shared<AuditOptions>();
  const auto add = [&](const char* name, const char* description, auto run) {
    CLI::App* command = audit->add_subcommand(name, description);
    add_json_flag(*command, context);
    command->callback([&context, &action, options, run] {
      action = [&context, options, run] { return run(context, *options); };
    });
    return command;
  };
  add("list", "The newest entries first", list)
      ->add_option("--limit", options->limit, "How many entries at most")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str()
      ->type_name("N");
  add("verify", "Read all entries; fails when one does not fit", verify);
}

}  // namespace reelprint::app
