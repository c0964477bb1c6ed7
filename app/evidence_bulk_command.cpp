// reelprint evidence bulk: the bundles of many cases.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>

#include "app/command.h"
#include "app/evidence_export_options.h"
#include "app/evidence_keys.h"
#include "app/legal_options.h"
#include "core/error.h"
#include "core/json_object.h"
#include "core/utf8.h"
#include "pipeline/bulk_export.h"
#include "pipeline/jailed_media_reader.h"

namespace reelprint::app {
namespace {

struct BulkOptions {
  GivenSpan time;
  std::int64_t holder = 0;
  std::string platform, account, state, output;
  std::string language = "en";
  std::size_t jobs = 1;
  bool with_media = false;
  std::string authority;
};

store::CaseFilter filter_of(const BulkOptions& options) {
  store::CaseFilter filter;
  const WallSpan time = span_given(options.time);
  filter.from = time.from;
  filter.until = time.until;
  filter.holder = HolderId{options.holder};
  filter.platform = options.platform;
  filter.account = options.account;
  if (options.state.empty()) return filter;
  filter.state = case_state_of(options.state);
  if (!filter.state)
    throw Error(ErrorCode::invalid_input, "export cases: there is no state '" + options.state + "'");
  return filter;
}

std::string json_of(const pipeline::BulkBundle& bundle) {
  JsonObject object;
  const auto begin = [&](const char* event) {
    object.text("event", event).number("case", bundle.in_case.value);
  };
  switch (bundle.outcome) {
    case pipeline::BulkOutcome::made:
      begin("bundle");
      object.text("file", to_valid_utf8(bundle.file.string()))
          .number("bytes", bundle.bytes)
          .text("sha256", to_hex(bundle.sha256))
          .text("cause", to_string(bundle.cause));
      break;
    case pipeline::BulkOutcome::skipped:
      begin("skipped");
      object.text("file", to_valid_utf8(bundle.file.string()));
      break;
    case pipeline::BulkOutcome::failed:
      begin("failed");
      object.text("code", bundle.error_code).text("error", to_valid_utf8(bundle.error));
      break;
  }
  return object.str();
}

std::string line_of(const pipeline::BulkBundle& bundle) {
  std::string line = printable(bundle.file.string()) + ": SHA-256 " + to_hex(bundle.sha256);
  switch (bundle.cause) {
    case pipeline::BulkCause::first: break;
    case pipeline::BulkCause::case_changed: line += " (made again: the case has changed)"; break;
    case pipeline::BulkCause::other_settings: line += " (made again: with other settings)"; break;
    case pipeline::BulkCause::damaged: line += " (made again: the file was damaged)"; break;
  }
  return line;
}

void tell(Context& context, const pipeline::BulkBundle& bundle) {
  if (bundle.outcome == pipeline::BulkOutcome::failed)
    context.console.complain("case " + std::to_string(bundle.in_case.value) + ": " + printable(bundle.error));
  if (context.json) {
    context.console.print(json_of(bundle));
  } else if (bundle.outcome == pipeline::BulkOutcome::made) {
    context.console.print(line_of(bundle));
  }
}

void summarize(Context& context, const pipeline::BulkCounts& counts, double took_s) {
  if (context.json) {
    context.console.print(JsonObject()
                              .text("event", "summary")
                              .number("made", counts.made)
                              .number("skipped", counts.skipped)
                              .number("failed", counts.failed)
                              .real("took_s", took_s)
                              .str());
    return;
  }
  std::string line = std::to_string(counts.made) + " made, " + std::to_string(counts.skipped) +
                     " there already, " + std::to_string(counts.failed) + " failed";
  if (counts.made > 0) {
    std::array<char, 60> rate{};
    const double per_minute = 60 * static_cast<double>(counts.made) / std::max(took_s, 1e-3);
    std::snprintf(rate.data(), rate.size(), "; %.0f bundles a minute", per_minute);
    line += rate.data();
  }
  context.console.print(line);
}

ExitCode export_many(Context& context, const BulkOptions& options) {
  pipeline::BulkExport wanted;
  wanted.cases = filter_of(options);
  wanted.each.languages = report_languages_named(options.language);
  wanted.each.with_media = options.with_media;
  wanted.each.authority = options.authority;
  wanted.folder = options.output;
  wanted.jobs = options.jobs;
  wanted.actor = evidence_actor_now().name;
  wanted.progress = &context.console;
  pipeline::JailedReaderSettings jail;
  jail.most_at_once = options.jobs;
  const pipeline::JailedMediaReader reader(jail);
  const auto began = std::chrono::steady_clock::now();
  const auto counts = pipeline::export_cases(
      wanted, export_tools(context, reader), SystemClock(),
      [&](const pipeline::BulkBundle& bundle) { tell(context, bundle); }, context.stop);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  summarize(context, counts, took.count());
  return exit_code_of(counts.failed, counts.made + counts.skipped + counts.failed);
}

}  // namespace

void add_evidence_bulk_command(CLI::App& evidence, Context& context, Action& action) {
  CLI::App* command = evidence.add_subcommand(
      "bulk",
      "Write the bundle of every case that fits; run again, it makes what is missing, changed or damaged");
  auto options = std::make_shared<BulkOptions>();
  add_span_options(*command, options->time, "Cases opened");
  command->add_option("--holder", options->holder, "Only those about this holder's works")->type_name("ID");
  command->add_option("--platform", options->platform, "Only those of this host")->type_name("HOST");
  command->add_option("--account", options->account, "Only those of this account")->type_name("NAME");
  command->add_option("--state", options->state, "Only those in this state")->type_name("STATE");
  command->add_option("-o,--output", options->output, "Folder of the bundles; it is made")
      ->required()
      ->type_name("FOLDER");
  add_report_language_option(*command, options->language);
  command->add_flag("--with-media", options->with_media,
                    "Enclose the uploads themselves, not only their SHA-256");
  command
      ->add_option("--time-stamp", options->authority, "Authority that is asked for time stamps (RFC 3161)")
      ->type_name("URL");
  add_jobs_option(*command, options->jobs);
  add_json_flag(*command, context);
  command->callback([&context, &action, options] {
    action = [&context, options] { return export_many(context, *options); };
  });
}

}  // namespace reelprint::app
