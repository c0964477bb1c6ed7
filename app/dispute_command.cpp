// reelprint dispute: what the accused say, and the rules of the legal team's work.
#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "api/case_lines.h"
#include "app/command.h"
#include "app/legal_options.h"
#include "core/error.h"
#include "core/json_object.h"
#include "pipeline/dispute_handling.h"
#include "pipeline/statement_of_reasons.h"
#include "store/case_rules.h"
#include "store/cases.h"
#include "store/disputes.h"

namespace reelprint::app {
namespace {

struct DisputeOptions {
  std::int64_t id = 0;
  std::string statement, contact, outcome, why, by;
};

void print(Context& context, const Dispute& dispute) {
  if (context.json) return context.console.print(api::dispute_line(dispute));
  context.console.print("dispute " + std::to_string(dispute.id.value) + ", case " +
                        std::to_string(dispute.in_case.value) + ", decision " +
                        std::to_string(dispute.decision.value) + ": " +
                        std::string(to_string(dispute.state)) + ", due " + to_rfc3339(dispute.due_at));
}

Dispute dispute_numbered(store::Store& store, std::int64_t id) {
  auto found = store::Disputes(store.database()).find(DisputeId{id});
  if (!found) throw Error(ErrorCode::not_found, "look up dispute " + std::to_string(id) + ": there is none");
  return *std::move(found);
}

ExitCode finish(Context& context, LegalChange& change, std::string_view what, DisputeId id) {
  const Dispute dispute = dispute_numbered(change.store(), id.value);
  const auto in_case = store::Cases(change.store().database()).find(dispute.in_case);
  change.audit(
      "dispute." + std::string(what), "dispute " + std::to_string(id.value),
      in_case ? in_case->tenant : TenantId{},
      JsonObject().number("case", dispute.in_case.value).text("state", to_string(dispute.state)).str());
  change.commit();
  print(context, dispute);
  return ExitCode::ok;
}

ExitCode list(Context& context, const DisputeOptions&) {
  store::Store store(context.data, false);
  for (const Dispute& dispute : store::Disputes(store.database()).list({}, {}, 1000)) print(context, dispute);
  return ExitCode::ok;
}

ExitCode explain(Context& context, const DisputeOptions& options) {
  store::Store store(context.data, false);
  const auto statement = pipeline::statement_of_reasons(store, DecisionId{options.id});
  if (!statement)
    throw Error(ErrorCode::not_found,
                "explain decision " + std::to_string(options.id) + ": there is none that accuses anybody");
  std::string text = context.json ? to_json(*statement) : to_text(*statement);
  if (!context.json) text.pop_back();  // print() ends the last line
  context.console.print(text);
  return ExitCode::ok;
}

ExitCode open(Context& context, const DisputeOptions& options) {
  store::Store store(context.data, false);
  LegalChange change(store, options.by);
  const auto id = pipeline::open_dispute(
      store, {DecisionId{options.id}, {}, options.statement, options.contact}, change.actor());
  if (!id)
    throw Error(ErrorCode::invalid_input, "dispute decision " + std::to_string(options.id) +
                                              ": it accuses nobody (any more), or is disputed already");
  return finish(context, change, "open", *id);
}

ExitCode appeal(Context& context, const DisputeOptions& options) {
  store::Store store(context.data, false);
  LegalChange change(store, options.by);
  const auto id =
      pipeline::appeal(store, dispute_numbered(store, options.id), options.statement, change.actor());
  if (!id)
    throw Error(ErrorCode::invalid_input, "appeal against dispute " + std::to_string(options.id) +
                                              ": only what was rejected, and once");
  return finish(context, change, "appeal", *id);
}

ExitCode decide(Context& context, const DisputeOptions& options) {
  const auto outcome = dispute_state_of(options.outcome);
  if (!outcome || *outcome == DisputeState::open)
    throw Error(ErrorCode::invalid_input,
                "decide a dispute: '" + options.outcome + "' is none of upheld, rejected, withdrawn");
  store::Store store(context.data, false);
  LegalChange change(store, options.by);
  const Dispute dispute = dispute_numbered(store, options.id);
  const auto first = dispute.appeal_of == DisputeId{}
                         ? std::nullopt
                         : store::Disputes(store.database()).find(dispute.appeal_of);
  if (first && *outcome != DisputeState::withdrawn && first->decided_by == change.actor().name)
    throw Error(ErrorCode::invalid_input, "decide dispute " + std::to_string(options.id) +
                                              ": another person than who rejected the first must do it");
  if (!pipeline::decide_dispute(store, dispute, {*outcome, options.why}, {}, change.actor()))
    throw Error(ErrorCode::invalid_input,
                "decide dispute " + std::to_string(options.id) + ": it is decided already");
  return finish(context, change, "decide", dispute.id);
}

struct RulesOptions {
  std::string confirm, notice, by;
  std::vector<std::string> holidays;
  int dispute_days = 0;
  int acknowledgement_days = 0;
};

void read_flag(const std::string& text, bool& flag) {
  if (!text.empty()) flag = text == "on";
}

ExitCode rules(Context& context, const RulesOptions& options) {
  store::Store store(context.data, false);
  CaseRules now = store::case_rules(store.database());
  if (!options.by.empty()) {
    LegalChange change(store, options.by);
    read_flag(options.confirm, now.two_persons_confirm);
    read_flag(options.notice, now.two_persons_notice);
    if (options.dispute_days > 0) now.dispute_days = options.dispute_days;
    if (options.acknowledgement_days > 0) now.acknowledgement_days = options.acknowledgement_days;
    for (const std::string& text : options.holidays) {
      const auto day = day_named(text);
      if (!day) throw Error(ErrorCode::invalid_input, "add a holiday: '" + text + "' is no day");
      now.holidays.push_back(*day);
    }
    store::put_case_rules(store.database(), now);
    now = store::case_rules(store.database());
    change.audit("case_rules.change", "", {}, api::case_rules_line(now));
    change.commit();
  }
  context.console.print(api::case_rules_line(now));
  return ExitCode::ok;
}

void add_rules_command(CLI::App& cli, Context& context, Action& action) {
  CLI::App* command = cli.add_subcommand("case-rules", "Show or change how cases are worked on");
  auto options = std::make_shared<RulesOptions>();
  const auto flag = [&](const char* name, std::string& value, const char* description) {
    command->add_option(name, value, description)->check(CLI::IsMember({"on", "off"}))->type_name("on|off");
  };
  flag("--two-persons-confirm", options->confirm, "Two persons confirm a case");
  flag("--two-persons-notice", options->notice, "Two persons approve a notice");
  command->add_option("--dispute-days", options->dispute_days, "To answer a dispute")
      ->check(CLI::Range(1, 365));
  command->add_option("--acknowledgement-days", options->acknowledgement_days, "Business days")
      ->check(CLI::Range(1, 100));
  command->add_option("--holiday", options->holidays, "Adds a day that is no business day")
      ->type_name("DAY...");
  command->add_option("--by", options->by, "Who you are; without it nothing changes")->type_name("NAME");
  add_json_flag(*command, context);
  command->callback(
      [&context, &action, options] { action = [&context, options] { return rules(context, *options); }; });
}

}  // namespace

void add_dispute_command(CLI::App& cli, Context& context, Action& action) {
  add_rules_command(cli, context, action);
  CLI::App* dispute = cli.add_subcommand("dispute", "Keep what the accused say, and answer it");
  dispute->require_subcommand(1);
  dispute->fallthrough();
  auto options = std::make_shared<DisputeOptions>();
  const auto add = [&](const char* name, const char* description, auto run) {
    CLI::App* command = dispute->add_subcommand(name, description);
    add_json_flag(*command, context);
    command->callback([&context, &action, options, run] {
      action = [&context, options, run] { return run(context, *options); };
    });
    return command;
  };
  const auto about = [&](CLI::App* command, const char* what) {
    command->add_option("number", options->id, what)->required()->type_name("N");
    command->add_option("--by", options->by, "Who you are")->required()->type_name("NAME");
    return command;
  };
  add("list", "The newest first", list);
  add("explain", "What the accused are told of a decision, and of nobody else", explain)
      ->add_option("number", options->id, "The decision")
      ->required()
      ->type_name("N");
  CLI::App* opened = about(add("open", "Dispute a decision on the accused's behalf", open), "The decision");
  opened->add_option("--statement", options->statement, "What they say")->required()->type_name("TEXT");
  opened->add_option("--contact", options->contact, "How to reach them")->type_name("TEXT");
  about(add("appeal", "Against a rejected one, once", appeal), "The dispute")
      ->add_option("--statement", options->statement, "What they say")
      ->required()
      ->type_name("TEXT");
  CLI::App* decided = about(add("decide", "Uphold, reject or withdraw it", decide), "The dispute");
  decided->add_option("outcome", options->outcome, "upheld, rejected or withdrawn")->required();
  decided->add_option("--why", options->why, "The reason")->required()->type_name("TEXT");
}

}  // namespace reelprint::app
