// reelprint fingerprint: a video's fingerprint as a file, so that the media need not travel.
#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "api/models.h"
#include "app/command.h"
#include "pipeline/fingerprinting.h"

namespace reelprint::app {
namespace {

constexpr const char* kFooter = R"(
Examples:
  reelprint fingerprint upload.mp4 -o upload.rpf
  reelprint fingerprint --effort deep --no-audio upload.mp4 -o upload.rpf
  reelprint fingerprint --pdq upload.mp4         PDQ hashes for other systems, as JSON lines)";

struct FingerprintOptions {
  std::string file;
  std::string output;
  std::string effort = "standard";
  bool no_audio = false;
  bool pdq = false;
};

fingerprint::FingerprintProgress progress_of(Context& context, const std::string& name) {
  return [&context, name](Timestamp reached, Duration expected) {
    context.console.report("fingerprint", to_seconds(reached), to_seconds(expected), name);
  };
}

ExitCode print_pdq(Context& context, const FingerprintOptions& options) {
  for (const auto& hash : pipeline::published_hashes(options.file, context.stop)) {
    context.console.print(api::published_hash_json(options.file, hash));
  }
  return ExitCode::ok;
}

ExitCode make_fingerprint(Context& context, const FingerprintOptions& options) {
  if (options.pdq) return print_pdq(context, options);
  fingerprint::FingerprintSettings settings;
  settings.effort = effort_of(options.effort).value_or(Effort::standard);
  settings.audio = !options.no_audio;
  settings.detail = fingerprint::kQueryDetail;
  const auto made = pipeline::write_fingerprint_of(options.file, options.output, settings, context.stop,
                                                   progress_of(context, options.file));
  if (context.json) {
    context.console.print(api::fingerprint_json(options.file, options.output, made));
  } else {
    context.console.print(options.output + ": " + std::to_string(made.fingerprint.keyframes.size()) +
                          " keyframes of " + time_code(to_seconds(made.fingerprint.duration)));
  }
  if (made.facts.damaged > 0) {
    context.console.complain("'" + options.file + "': " + std::to_string(made.facts.damaged) +
                             " packets or frames are damaged");
  }
  return ExitCode::ok;
}

}  // namespace

void add_fingerprint_command(CLI::App& cli, Context& context, Action& action) {
  CLI::App* command = cli.add_subcommand("fingerprint", "Write a video's fingerprint to a file");
  auto options = std::make_shared<FingerprintOptions>();
  command->add_option("file", options->file, "Video")->required()->type_name("FILE");
  auto* output = command->add_option("-o,--output", options->output, "Fingerprint file")->type_name("X.rpf");
  auto* pdq = command->add_flag(
      "--pdq", options->pdq, "Print the keyframes' PDQ hashes, sampled as the published code does, instead");
  command->add_option("--effort", options->effort, "How much is decoded")
      ->check(CLI::IsMember({"fast", "standard", "deep"}))
      ->capture_default_str();
  command->add_flag("--no-audio", options->no_audio, "Leave the sound out");
  add_json_flag(*command, context);
  command->footer(kFooter);
  command->callback([&context, &action, options, output, pdq] {
    if (output->count() + pdq->count() != 1) throw CLI::RequiredError("one of --output and --pdq");
    action = [&context, options] { return make_fingerprint(context, *options); };
  });
}

}  // namespace reelprint::app
