// reelprint screen: looks for copies in uploads.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/models.h"
#include "app/command.h"
#include "app/remote_screen.h"
#include "app/screening_options.h"
#include "app/screening_table.h"
#include "core/error.h"
#include "pipeline/ordered_work.h"
#include "pipeline/progress_meter.h"
#include "pipeline/screening.h"
#include "pipeline/stored_details.h"

namespace reelprint::app {
namespace {

constexpr const char* kFooter = R"(
FILE is a video, a fingerprint (.rpf), or a folder of either.

Examples:
  reelprint --data archive screen upload.mp4
  reelprint --data archive screen --json --no-audio uploads/ | jq .verdict
  reelprint --data archive screen --effort fast upload.rpf
  reelprint screen --server https://reelprint.example --key-file key --account amy upload.mp4)";

struct ScreenOptions {
  std::vector<std::string> files;
  ScreeningOptions screening;
  RemoteOptions remote;
  std::size_t jobs = 1;
};

/// A screening, or why there is none.
struct Outcome {
  std::optional<Screening> screening;
  ErrorCode code = ErrorCode::io;
  std::string message;
};

class Screener {
 public:
  Screener(Context& context, const ScreenOptions& options)
      : context_(context),
        workspace_(context.data, false),
        details_(context.data),
        works_(workspace_.store()),
        protected_(pipeline::open_protected(workspace_, details_, works_, &context.console)),
        files_(pipeline::expand_folders(options.files)),
        meter_(&context.console, "screen", files_.size()),
        jobs_(options.jobs),
        settings_(settings_of(options.screening)),
        table_(screening_heading()) {
    settings_.search_threads = static_cast<unsigned>(jobs_ / std::max<std::size_t>(1, files_.size()));
    if (protected_.index.size() == 0)
      context.console.complain("nothing is registered in '" + context.data.string() + "' yet");
  }

  ExitCode run() {
    std::size_t told = 0;
    pipeline::work_in_order<Outcome>(
        files_.size(), jobs_, [&](std::size_t i) { return screen_one(i); },
        [&](std::size_t i, Outcome outcome) {
          meter_.finish_item(i);
          if (!outcome.screening && outcome.code == ErrorCode::cancelled) return;
          ++told;
          tell(files_[i], std::move(outcome));
        },
        context_.stop);
    if (!context_.json) {
      for (const std::string& line : lay_out(table_, context_.console.has_colour()))
        context_.console.print(line);
    }
    if (context_.stop.stop_requested()) {
      context_.console.complain("stopped after " + std::to_string(told) + " of " +
                                std::to_string(files_.size()) + " files");
      return ExitCode::failed;
    }
    return exit_code_of(failed_, files_.size());
  }

 private:
  Outcome screen_one(std::size_t i) {
    Outcome outcome;
    try {
      outcome.screening =
          pipeline::screen(files_[i], protected_, settings_, reader_, clock_, context_.stop,
                           meter_.for_item(i, std::filesystem::path(files_[i]).filename().string()));
    } catch (const Error& error) {  // one upload's trouble is that upload's result
      outcome.code = error.code();
      outcome.message = error.what();
    }
    return outcome;
  }

  void tell(const std::string& file, Outcome outcome) {
    if (!outcome.screening) {
      ++failed_;
      if (context_.json)
        context_.console.print(api::failed_query_json(file, outcome.code, outcome.message));
      else
        add_unscreened(table_, file);
      context_.console.complain(outcome.message);
      return;
    }
    Screening& screening = *outcome.screening;
    screening.id = workspace_.store().add_screening(screening);
    if (context_.json)
      context_.console.print(api::screening_json(screening, works_));
    else
      add_screening(table_, screening, works_);
  }

  Context& context_;
  pipeline::Workspace workspace_;
  pipeline::StoredDetails details_;
  pipeline::StoredWorkNames works_;
  pipeline::Protected protected_;
  std::vector<std::string> files_;
  pipeline::ProgressMeter meter_;
  std::size_t jobs_;
  pipeline::ScreeningSettings settings_;
  pipeline::DirectMediaReader reader_;
  SystemClock clock_;
  Table table_;
  std::size_t failed_ = 0;
};

ExitCode run(Context& context, const ScreenOptions& options) {
  if (options.remote.server.empty()) return Screener(context, options).run();
  const ScreeningOptions& screening = options.screening;
  const auto settings = settings_of(options.remote, screening.effort, screening.no_audio);
  return screen_at_server(context, options.files, settings, options.jobs);
}

}  // namespace

void add_screen_command(CLI::App& cli, Context& context, Action& action) {
  CLI::App* command = cli.add_subcommand("screen", "Look for copies of registered episodes in uploads");
  auto options = std::make_shared<ScreenOptions>();
  command->add_option("files", options->files, "Videos, fingerprints or folders")
      ->required()
      ->type_name("FILE...");
  add_screening_options(*command, options->screening);
  add_remote_options(*command, options->remote);
  add_jobs_option(*command, options->jobs);
  add_json_flag(*command, context);
  command->footer(kFooter);
  command->callback(
      [&context, &action, options] { action = [&context, options] { return run(context, *options); }; });
}

}  // namespace reelprint::app
