// reelprint evidence bulk: the bundles of many cases.
#include <CLI/CLI.hpp>
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
  std::string from, until, state, output;
  std::string language = "en";
  bool with_media = false;
  std::string authority;
};

store::CaseFilter filter_of(const BulkOptions& options) {
  store::CaseFilter filter;
  filter.from = time_given(options.from);
  filter.until = time_given(options.until);
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
          .text("sha256", to_hex(bundle.sha256));
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

void tell(Context& context, const pipeline::BulkBundle& bundle) {
  if (context.json) {
    context.console.print(json_of(bundle));
  } else if (bundle.outcome == pipeline::BulkOutcome::failed) {
    context.console.complain("case " + std::to_string(bundle.in_case.value) + ": " + printable(bundle.error));
  } else if (bundle.outcome == pipeline::BulkOutcome::made) {
    context.console.print(printable(bundle.file.string()) + ": SHA-256 " + to_hex(bundle.sha256));
  }
}

void summarize(Context& context, const pipeline::BulkCounts& counts) {
  if (context.json) {
    context.console.print(JsonObject()
                              .text("event", "summary")
                              .number("made", counts.made)
                              .number("skipped", counts.skipped)
                              .number("failed", counts.failed)
                              .str());
    return;
  }
  context.console.print(std::to_string(counts.made) + " made, " + std::to_string(counts.skipped) +
                        " there already, " + std::to_string(counts.failed) + " failed");
}

ExitCode export_many(Context& context, const BulkOptions& options) {
  pipeline::BulkExport wanted;
  wanted.cases = filter_of(options);
  wanted.each.languages = report_languages_named(options.language);
  wanted.each.with_media = options.with_media;
  wanted.each.authority = options.authority;
  wanted.folder = options.output;
  wanted.actor = evidence_actor_now().name;
  wanted.progress = &context.console;
  store::Store store(context.data, false);
  const pipeline::JailedMediaReader reader;
  const auto counts = pipeline::export_cases(
      store, wanted, export_tools(context, reader), SystemClock(),
      [&](const pipeline::BulkBundle& bundle) { tell(context, bundle); }, context.stop);
  summarize(context, counts);
  return counts.failed == 0 ? ExitCode::ok : ExitCode::failed;
}

}  // namespace

void add_evidence_bulk_command(CLI::App& evidence, Context& context, Action& action) {
  CLI::App* command = evidence.add_subcommand(
      "bulk", "Write the bundle of every case of a time; run again, it goes on where it was");
  auto options = std::make_shared<BulkOptions>();
  command->add_option("--from", options->from, "Cases opened from this day or time on")
      ->type_name("DAY|TIME");
  command->add_option("--until", options->until, "Cases opened before this day or time")
      ->type_name("DAY|TIME");
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
  add_json_flag(*command, context);
  command->callback([&context, &action, options] {
    action = [&context, options] { return export_many(context, *options); };
  });
}

}  // namespace reelprint::app
