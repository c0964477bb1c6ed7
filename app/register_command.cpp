// reelprint register: protects what a catalog lists.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <string>

#include "api/catalog_json.h"
#include "api/models.h"
#include "app/command.h"
#include "core/error.h"
#include "core/files.h"
#include "pipeline/registration.h"

namespace reelprint::app {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMaxCatalogBytes = 512ULL << 20;
constexpr const char* kFooter = R"(
CATALOG is a CSV file whose first line names its columns:
  holder,series,episode,language,file    and, if wanted, title,season,licence_number,eidr,isan,cut,subtitles
or a JSON array of objects with the same members (.json), or a folder of Series/ep01.mp4. Paths are relative to it.

Examples:
  reelprint --data archive register catalog.csv
  reelprint --data archive register --keep-going --jobs 8 catalog.json
  reelprint --data archive register --holder "Northlight" /media/series)";

struct RegisterOptions {
  std::string catalog;
  std::string holder;
  bool keep_going = false;
  pipeline::RegistrationSettings settings;
};

pipeline::Catalog read_catalog(const RegisterOptions& options) {
  const fs::path document = options.catalog;
  if (fs::is_directory(document)) {
    return pipeline::validate(pipeline::read_folder(document, options.holder), document);
  }
  const auto bytes = read_file(document, kMaxCatalogBytes);
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const bool is_json = document.extension() == ".json";
  return pipeline::validate(is_json ? api::read_catalog_json(text) : pipeline::read_csv(text),
                            document.parent_path());
}

void tell_problem(Context& context, const std::string& document, const pipeline::RowProblem& problem) {
  if (context.json) context.console.print(api::row_problem_json(document, problem));
  const std::string column = problem.column.empty() ? "" : "column '" + problem.column + "': ";
  context.console.complain(document + ":" + std::to_string(problem.line) + ": " + column + problem.reason);
}

void tell_outcome(Context& context, const pipeline::RowOutcome& outcome) {
  if (context.json) context.console.print(api::row_outcome_json(outcome));
  const auto& wanted = outcome.row->reference;
  const std::string work = wanted.series + ", " + to_text(wanted.episode);
  if (outcome.error) {
    context.console.complain(work + ": " + outcome.message);
  } else if (outcome.damaged > 0) {
    context.console.complain(work + ": registered, but " + std::to_string(outcome.damaged) +
                             " packets or frames of '" + outcome.row->file.string() + "' are damaged");
  }
}

std::string summary_text(const pipeline::RegistrationSummary& s, std::size_t problems) {
  std::string text = std::to_string(s.added) + " registered, " + std::to_string(s.unchanged) +
                     " unchanged, " + std::to_string(s.updated) + " updated, " +
                     std::to_string(s.failed + problems) + " failed";
  if (s.left_out > 0) text += ", " + std::to_string(s.left_out) + " left for the next run";
  return text;
}

ExitCode register_now(Context& context, const RegisterOptions& options) {
  const pipeline::Catalog catalog = read_catalog(options);
  for (const auto& problem : catalog.problems) tell_problem(context, options.catalog, problem);
  if (!catalog.problems.empty() && !options.keep_going) {
    context.console.complain(
        "nothing was registered: mend the catalog, or register the good rows with --keep-going");
    return ExitCode::failed;
  }
  if (catalog.rows.empty())
    throw Error(ErrorCode::invalid_input, "register '" + options.catalog + "': it lists nothing");

  pipeline::Workspace workspace(context.data);
  const auto summary = pipeline::register_catalog(
      workspace, catalog, options.settings, [&](const auto& outcome) { tell_outcome(context, outcome); },
      &context.console, context.stop);
  const std::size_t problems = catalog.problems.size();
  if (context.json)
    context.console.print(api::registration_summary_json(summary, problems));
  else
    context.console.print(summary_text(summary, problems));
  if (summary.left_out > 0) {
    context.console.complain("stopped; the same command goes on from here");
    return ExitCode::failed;
  }
  return exit_code_of(summary.failed + problems, catalog.rows.size() + problems);
}

}  // namespace

void add_register_command(CLI::App& cli, Context& context, Action& action) {
  CLI::App* command = cli.add_subcommand("register", "Protect the episodes that a catalog lists");
  auto options = std::make_shared<RegisterOptions>();
  command->add_option("catalog", options->catalog, "CSV or JSON file, or folder")
      ->required()
      ->type_name("CATALOG");
  command->add_flag("--keep-going", options->keep_going,
                    "Register the good rows of a catalog that has bad ones");
  options->holder = "unknown";
  command->add_option("--holder", options->holder, "Holder of the series of a folder")->capture_default_str();
  add_jobs_option(*command, options->settings.jobs);
  add_json_flag(*command, context);
  command->footer(kFooter);
  command->callback([&context, &action, options] {
    action = [&context, options] { return register_now(context, *options); };
  });
}

}  // namespace reelprint::app
