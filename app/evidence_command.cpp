// reelprint evidence: bundles that a stranger can check, and the keys that sign them.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <string>

#include "app/account_options.h"
#include "app/command.h"
#include "app/evidence_export_options.h"
#include "app/evidence_keys.h"
#include "core/error.h"
#include "core/json_object.h"
#include "core/utf8.h"
#include "pipeline/bundle_check.h"
#include "pipeline/case_export.h"
#include "pipeline/jailed_media_reader.h"

namespace reelprint::app {
namespace {

constexpr const char* kFooter = R"(
Examples:
  reelprint --data archive evidence key create
  reelprint --data archive evidence export 12 -o case-12.zip --language both --with-media
  reelprint --data archive evidence bulk --from 2026-10-01 --until 2026-11-01 --state confirmed -o october
  reelprint --data archive evidence key publish > published-keys.json
  reelprint evidence verify case-12.zip --keys published-keys.json --tsa-ca authority.pem)";

struct ExportOptions {
  std::int64_t in_case = 0;
  std::string output;
  std::string language = "en";
  bool with_media = false;
  std::string at;
  std::string authority;
};

struct VerifyOptions {
  std::string file;
  pipeline::BundleCheckSettings settings;
};

std::string json_of(const evidence::WrittenBundle& written, const ExportOptions& options) {
  JsonObject object;
  object.text("event", "bundle")
      .number("case", options.in_case)
      .text("file", to_valid_utf8(options.output))
      .number("bytes", written.bytes)
      .text("sha256", to_hex(written.sha256))
      .text("made_at", evidence::to_exact_time(written.manifest.made_at))
      .number("files", written.manifest.files.size())
      .text("root", to_hex(written.manifest.root))
      .text("key", evidence::key_id_of(written.manifest.key));
  if (written.manifest.time_stamp.is_present())
    object.null("time_stamp_missing_why");
  else
    object.text("time_stamp_missing_why", to_valid_utf8(written.manifest.time_stamp.missing_why));
  return object.str();
}

ExitCode export_one(Context& context, const ExportOptions& options) {
  pipeline::CaseExportSettings settings;
  settings.languages = report_languages_named(options.language);
  settings.with_media = options.with_media;
  settings.authority = options.authority;
  if (!options.at.empty()) {
    settings.made_at = wall_time_of(options.at);
    if (!settings.made_at) throw Error(ErrorCode::invalid_input, "read --at: it is no time of RFC 3339");
  }
  store::Store store(context.data, false);
  const pipeline::JailedMediaReader reader;
  const auto written =
      pipeline::export_case(store, CaseId{options.in_case}, settings, export_tools(context, reader),
                            evidence_actor_now(), options.output, context.stop);
  const evidence::TimeStampNote& time_stamp = written.manifest.time_stamp;
  if (!options.authority.empty() && !time_stamp.is_present())
    context.console.complain("the bundle has no time stamp: " + printable(time_stamp.missing_why));
  if (context.json)
    context.console.print(json_of(written, options));
  else
    context.console.print(options.output + ": " + std::to_string(written.manifest.files.size()) +
                          " files, SHA-256 " + to_hex(written.sha256) + ", recorded time " +
                          evidence::to_exact_time(written.manifest.made_at));
  return ExitCode::ok;
}

Cell outcome_cell(evidence::CheckOutcome outcome) {
  switch (outcome) {
    case evidence::CheckOutcome::passed: return {"passed", Colour::green};
    case evidence::CheckOutcome::failed: return {"FAILED", Colour::red};
    case evidence::CheckOutcome::not_possible: return {"not possible", Colour::yellow};
  }
  return {};
}

std::string conclusion_of(const evidence::VerifiedBundle& verified) {
  const auto left = std::ranges::count(verified.checks, evidence::CheckOutcome::not_possible,
                                       &evidence::BundleCheck::outcome);
  if (left == 0) return "Nothing is wrong with this bundle.";
  return "Nothing that could be checked is wrong with this bundle; " + std::to_string(left) +
         (left == 1 ? " check was not possible." : " checks were not possible.");
}

ExitCode verify(Context& context, const VerifyOptions& options) {
  const pipeline::JailedMediaReader reader;
  const auto verified = pipeline::check_bundle(options.file, options.settings, reader, context.stop);
  std::vector<std::vector<Cell>> table;
  for (const evidence::BundleCheck& check : verified.checks) {
    if (context.json) {
      context.console.print(JsonObject()
                                .text("event", "check")
                                .text("check", check.name)
                                .text("outcome", to_string(check.outcome))
                                .text("detail", to_valid_utf8(check.detail))
                                .str());
    }
    table.push_back({outcome_cell(check.outcome), {check.name}, {printable(check.detail)}});
  }
  const bool is_good = verified.is_good();
  if (context.json) {
    context.console.print(JsonObject()
                              .text("event", "summary")
                              .text("file", to_valid_utf8(options.file))
                              .flag("ok", is_good)
                              .str());
  } else {
    for (const std::string& line : lay_out(table, context.console.has_colour())) context.console.print(line);
    if (is_good) context.console.print(conclusion_of(verified));
  }
  if (!is_good)
    context.console.complain("this bundle is NOT what was signed, or does not show what it claims");
  return is_good ? ExitCode::ok : ExitCode::failed;
}

void add_export(CLI::App& evidence, Context& context, Action& action) {
  CLI::App* command = evidence.add_subcommand("export", "Write a case's evidence as one signed ZIP");
  auto options = std::make_shared<ExportOptions>();
  command->add_option("case", options->in_case, "Number of the case")->required()->type_name("CASE");
  command->add_option("-o,--output", options->output, "Bundle to be written")
      ->required()
      ->type_name("BUNDLE.zip");
  add_report_language_option(*command, options->language);
  command->add_flag("--with-media", options->with_media,
                    "Enclose the uploads themselves, not only their SHA-256");
  command->add_option("--at", options->at, "Recorded time; that of an earlier export makes it again")
      ->type_name("TIME");
  command
      ->add_option("--time-stamp", options->authority, "Authority that is asked for a time stamp (RFC 3161)")
      ->type_name("URL");
  add_json_flag(*command, context);
  command->callback([&context, &action, options] {
    action = [&context, options] { return export_one(context, *options); };
  });
}

void add_verify(CLI::App& evidence, Context& context, Action& action) {
  CLI::App* command = evidence.add_subcommand(
      "verify",
      "Check a bundle, offline and without a data folder: every byte, signature, time, custody, claim");
  auto options = std::make_shared<VerifyOptions>();
  command->add_option("file", options->file, "Bundle")->required()->type_name("BUNDLE.zip");
  command->add_option("--keys", options->settings.keys, "Keys that the signer has published (JSON)")
      ->type_name("FILE");
  command->add_option("--tsa-ca", options->settings.tsa_ca, "Certificates of time stamp authorities (PEM)")
      ->type_name("FILE");
  add_json_flag(*command, context);
  command->callback(
      [&context, &action, options] { action = [&context, options] { return verify(context, *options); }; });
}

}  // namespace

pipeline::EvidenceActor evidence_actor_now() {
  const api::Author author = author_now();
  return {author.name, "", author.now};
}

void add_evidence_command(CLI::App& cli, Context& context, Action& action) {
  CLI::App* evidence = cli.add_subcommand("evidence", "Make, sign and check bundles of evidence");
  evidence->require_subcommand(1);
  evidence->fallthrough();
  evidence->footer(kFooter);
  add_export(*evidence, context, action);
  add_evidence_bulk_command(*evidence, context, action);
  add_verify(*evidence, context, action);
  add_evidence_key_commands(*evidence, context, action);
}

}  // namespace reelprint::app
