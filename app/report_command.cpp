// reelprint report: what the legal team's work came to.
#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "app/command.h"
#include "app/legal_options.h"
#include "pipeline/transparency_report.h"

namespace reelprint::app {
namespace {

struct ReportOptions {
  GivenSpan time;
  std::int64_t holder = 0;
  bool csv = false;
};

ExitCode transparency(Context& context, const ReportOptions& options) {
  store::Store store(context.data, false);
  store::TransparencyQuery query;
  const WallSpan time = span_given(options.time);
  query.from = time.from.value_or(WallTime{});
  query.until = time.until.value_or(SystemClock().now());
  query.holder = HolderId{options.holder};
  const auto figures = store::transparency(store.database(), query);
  std::string text =
      options.csv ? pipeline::transparency_csv(figures, query) : pipeline::transparency_json(figures, query);
  if (options.csv) text.resize(text.size() - 2);  // print() ends the last line
  context.console.print(text);
  return ExitCode::ok;
}

}  // namespace

void add_report_command(CLI::App& cli, Context& context, Action& action) {
  CLI::App* report = cli.add_subcommand("report", "Figures of a period");
  report->require_subcommand(1);
  report->fallthrough();
  auto options = std::make_shared<ReportOptions>();
  CLI::App* command = report->add_subcommand(
      "transparency", "Claims, confirmations, dismissals, disputes, outcomes and median times, as JSON");
  add_span_options(*command, options->time, "What happened");
  command->add_option("--holder", options->holder, "Only about this holder's works")->type_name("ID");
  command->add_flag("--csv", options->csv, "As CSV");
  add_json_flag(*command, context);
  command->callback([&context, &action, options] {
    action = [&context, options] { return transparency(context, *options); };
  });
}

}  // namespace reelprint::app
