// reelprint case: what the legal team does with what was found.
#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "api/case_lines.h"
#include "app/account_options.h"
#include "app/command.h"
#include "app/legal_options.h"
#include "core/error.h"
#include "core/json_object.h"
#include "store/cases.h"

namespace reelprint::app {
namespace {

constexpr const char* kFooter = R"(
A case is of one upload, or of all uploads of one account. docs/cases.md has its states and reasons.

Examples:
  reelprint --data archive case list --state open
  reelprint --data archive case show 17
  reelprint --data archive case confirm 17 --reason infringing_copy --by kim
  reelprint --data archive case dismiss 17 --reason licensed_use --remark "contract of May" --by kim)";

struct CaseOptions {
  std::int64_t id = 0;
  std::int64_t into = 0;
  std::string state, reason, remark, by, text, platform, account, assignee;
  std::int64_t holder = 0;
  GivenSpan time;
  std::size_t limit = 100;
};

std::string object_of(const CaseOptions& options) {
  return "case " + std::to_string(options.id);
}

void show_all(Context& context, store::Store& store, const std::vector<LegalCase>& cases) {
  std::vector<std::vector<Cell>> table = {{{"ID", Colour::plain, true},
                                           {"STATE"},
                                           {"OPENED"},
                                           {"UPLOADS", Colour::plain, true},
                                           {"PLATFORM"},
                                           {"ACCOUNT"},
                                           {"ASSIGNEE"}}};
  store::Cases parts(store.database());
  for (const LegalCase& one : cases) {
    if (context.json) context.console.print(api::case_line(one, store));
    table.push_back({{std::to_string(one.id.value), Colour::dim, true},
                     {std::string(to_string(one.state)) + (one.is_retraction_due ? " (retraction due)" : "")},
                     {to_rfc3339(one.opened_at), Colour::dim},
                     {std::to_string(parts.size_of(one.id).uploads), Colour::plain, true},
                     {printable(one.platform)},
                     {printable(one.account)},
                     {printable(one.assignee)}});
  }
  if (context.json) return;
  for (const std::string& line : lay_out(table, context.console.has_colour())) context.console.print(line);
}

ExitCode list(Context& context, const CaseOptions& options) {
  store::Store store(context.data, false);
  store::CaseFilter filter;
  filter.state = case_state_of(options.state);
  if (!options.state.empty() && !filter.state)
    throw Error(ErrorCode::invalid_input, "list cases: there is no state '" + options.state + "'");
  filter.platform = options.platform;
  filter.account = options.account;
  filter.assignee = options.assignee;
  filter.holder = HolderId{options.holder};
  const WallSpan time = span_given(options.time);
  filter.from = time.from;
  filter.until = time.until;
  show_all(context, store, store::Cases(store.database()).list(filter, {}, options.limit));
  return ExitCode::ok;
}

ExitCode show(Context& context, const CaseOptions& options) {
  store::Store store(context.data, false);
  const LegalCase one = case_numbered(store, options.id);
  if (context.json) {
    context.console.print(api::case_detail_line(one, store));
    return ExitCode::ok;
  }
  show_all(context, store, {one});
  const std::size_t not_noticed = store::Cases(store.database()).not_noticed(one.id);
  if (one.state == CaseState::noticed && not_noticed > 0)
    context.console.print("uploads that no notice names: " + std::to_string(not_noticed));
  if (one.proposal)
    context.console.print("proposed: " + std::string(to_string(one.proposal->state)) + ", by " +
                          printable(one.proposal->by) + "; another person has to take the same step");
  for (const CaseEvent& event : store::Cases(store.database()).history(one.id))
    context.console.print(to_rfc3339(event.at) + "  " + printable(event.actor) + "  " + event.what + "  " +
                          printable(event.detail));
  return ExitCode::ok;
}

ExitCode take(Context& context, const CaseOptions& options, CaseState to) {
  const auto reason = case_reason_of(options.reason);
  if (!reason)
    throw Error(ErrorCode::invalid_input, "change a case: there is no reason '" + options.reason + "'");
  store::Store store(context.data, false);
  LegalChange change(store, options.by);
  const LegalCase before = case_numbered(store, options.id);
  const auto taken = pipeline::take_case(store, before.id, {to, *reason, options.remark, CaseMover::person},
                                         {}, change.actor());
  if (taken == pipeline::CaseTaken::needs_other_person)
    throw Error(ErrorCode::invalid_input, "change " + object_of(options) +
                                              ": by the two-person rule another person must take this step");
  const bool is_proposed = taken == pipeline::CaseTaken::proposed;
  JsonObject detail;
  detail.text("from", to_string(before.state)).text("to", to_string(to)).text("reason", options.reason);
  change.audit(is_proposed ? "case.propose" : "case.change", object_of(options), before.tenant,
               detail.text("remark", options.remark).str());
  change.commit();
  if (is_proposed) context.console.complain("proposed: another person has to take the same step");
  show_all(context, store, {case_numbered(store, options.id)});
  return ExitCode::ok;
}

ExitCode confirm(Context& context, const CaseOptions& options) {
  return take(context, options, CaseState::confirmed);
}

ExitCode dismiss(Context& context, const CaseOptions& options) {
  return take(context, options, CaseState::dismissed);
}

ExitCode move(Context& context, const CaseOptions& options) {
  const auto to = case_state_of(options.state);
  if (!to) throw Error(ErrorCode::invalid_input, "change a case: there is no state '" + options.state + "'");
  return take(context, options, *to);
}

ExitCode assign(Context& context, const CaseOptions& options) {
  store::Store store(context.data, false);
  LegalChange change(store, options.by);
  const LegalCase one = case_numbered(store, options.id);
  store::Cases(store.database()).assign(one.id, options.text, change.actor().name, change.now());
  change.audit("case.assign", object_of(options), one.tenant,
               JsonObject().text("assignee", options.text).str());
  change.commit();
  show_all(context, store, {case_numbered(store, options.id)});
  return ExitCode::ok;
}

ExitCode comment(Context& context, const CaseOptions& options) {
  store::Store store(context.data, false);
  LegalChange change(store, options.by);
  const LegalCase one = case_numbered(store, options.id);
  const CaseEvent event{0,
                        one.id,
                        change.now(),
                        std::string(change.actor().name),
                        "comment",
                        JsonObject().text("text", options.text).str()};
  store::Cases(store.database()).note(one.id, event);
  change.audit("case.comment", object_of(options), one.tenant);
  change.commit();
  return ExitCode::ok;
}

ExitCode merge(Context& context, const CaseOptions& options) {
  store::Store store(context.data, false);
  LegalChange change(store, options.by);
  const LegalCase one = case_numbered(store, options.id);
  const LegalCase into = case_numbered(store, options.into);
  store::Cases(store.database()).merge(one.id, into.id, change.actor().name, change.now());
  change.audit("case.merge", object_of(options), one.tenant, JsonObject().number("into", options.into).str());
  change.commit();
  show_all(context, store, {case_numbered(store, options.into)});
  return ExitCode::ok;
}

}  // namespace

void add_case_command(CLI::App& cli, Context& context, Action& action) {
  CLI::App* cases = cli.add_subcommand("case", "Work on what was found, upload by upload");
  cases->require_subcommand(1);
  cases->fallthrough();
  cases->footer(kFooter);
  auto options = std::make_shared<CaseOptions>();
  const auto add = [&](const char* name, const char* description, auto run) {
    CLI::App* command = cases->add_subcommand(name, description);
    add_json_flag(*command, context);
    command->callback([&context, &action, options, run] {
      action = [&context, options, run] { return run(context, *options); };
    });
    return command;
  };
  const auto one = [&](CLI::App* command) {
    command->add_option("case", options->id, "Its number")->required()->type_name("CASE");
    return command;
  };
  const auto by = [&](CLI::App* command) {
    command->add_option("--by", options->by, "Who you are: stands in the history")
        ->required()
        ->type_name("NAME");
    return command;
  };
  const auto reasoned = [&](CLI::App* command) {
    command->add_option("--reason", options->reason, "docs/cases.md lists them")
        ->required()
        ->type_name("REASON");
    command->add_option("--remark", options->remark, "Needed with the reason 'other'")->type_name("TEXT");
    return command;
  };
  CLI::App* all = add("list", "The newest first", list);
  all->add_option("--state", options->state, "Only those in this state")->type_name("STATE");
  all->add_option("--platform", options->platform, "Only those of this host")->type_name("HOST");
  all->add_option("--account", options->account, "Only those of this account")->type_name("NAME");
  all->add_option("--assignee", options->assignee, "Only those of this person")->type_name("NAME");
  all->add_option("--holder", options->holder, "Only those about this holder's works")->type_name("ID");
  add_span_options(*all, options->time, "Cases opened");
  all->add_option("--limit", options->limit, "How many at most")->capture_default_str()->type_name("N");
  one(add("show", "One case with its history", show));
  by(reasoned(one(add("confirm", "It is an infringement", confirm))));
  by(reasoned(
      one(add("dismiss", "It is none: decisions are released, and it is not raised again", dismiss))));
  CLI::App* moved = by(reasoned(one(add("move", "Take it to any other state", move))));
  moved->add_option("state", options->state, "Where to")->required()->type_name("STATE");
  by(one(add("assign", "Say who works on it", assign)))
      ->add_option("person", options->text, "Who")
      ->required()
      ->type_name("PERSON");
  by(one(add("comment", "Append to its history", comment)))
      ->add_option("text", options->text, "What")
      ->required()
      ->type_name("TEXT");
  by(one(add("merge", "Put it into another case", merge)))
      ->add_option("into", options->into, "The case that stays")
      ->required()
      ->type_name("CASE");
}

}  // namespace reelprint::app
