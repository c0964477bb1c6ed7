// reelprint explain: why a file matched what it is held against, or why not.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <memory>
#include <string>

#include "api/explanation_json.h"
#include "app/command.h"
#include "app/figures.h"
#include "app/screening_options.h"
#include "core/error.h"
#include "pipeline/explanation.h"
#include "pipeline/explanation_pictures.h"
#include "pipeline/stored_details.h"
#include "pipeline/work_search.h"

namespace reelprint::app {
namespace {

constexpr const char* kFooter = R"(
FILE is a video or a fingerprint (.rpf). WORK is a series, "Series/7" for its episode 7,
"Series/2/7" for season 2 episode 7, or "#12" for reference 12. Nothing is recorded.

Examples:
  reelprint --data archive explain upload.mp4 --against "The Lantern Oath/3"
  reelprint --data archive explain upload.mp4 --against "The Lantern Oath/3" --pictures evidence
  reelprint --data archive explain --json upload.rpf --against "#12" | jq .references)";

constexpr std::size_t kMostDropped = 6;  ///< dropped alignments of a reference that people are shown

struct ExplainOptions {
  std::string file;
  std::string against;
  std::string pictures;
  ScreeningOptions screening;
};

/// The explanation as lines of text.
class Teller {
 public:
  Teller(Console& console, const pipeline::Explanation& explanation)
      : console_(console), explanation_(explanation) {}

  void tell() {
    const Screening& screening = explanation_.screening;
    console_.print(printable(screening.query) + ": " + std::string(to_string(screening.verdict.decision)));
    console_.print("");
    tell_decoding();
    for (const pipeline::ExplainedReference& reference : explanation_.references) tell(reference);
    tell_verdict();
  }

 private:
  void tell_decoding() {
    const index::SearchTrace& search = explanation_.trace.search;
    field("decoded", pipeline::why_decoded(explanation_));
    field("pictures",
          std::to_string(search.pictures) + " in " + time_code(to_seconds(explanation_.screening.duration)) +
              "; " + std::to_string(search.searched_pictures) + " with structure enough to be searched, " +
              std::to_string(search.detailed_pictures) + " with local features");
    field("features", pipeline::why_features(explanation_));
  }

  void tell(const pipeline::ExplainedReference& reference) {
    const ReferenceEntry& entry = reference.entry;
    console_.print("");
    console_.print(printable(entry.series.name) + ", " + to_text(entry.episode) + "  #" +
                   std::to_string(entry.reference.id.value) + ", " +
                   time_code(to_seconds(entry.reference.duration)) +
                   (entry.reference.cut.empty() ? "" : ", " + printable(entry.reference.cut)));
    console_.print("  " + pipeline::why(reference));
    for (const index::TracedStage& stage : reference.stages) {
      console_.print("  by " + std::string(to_string(stage.found_by)) + (stage.mirrored ? ", mirrored" : "") +
                     ": " + counted(stage) + "; " + pipeline::why(stage));
    }
    std::size_t dropped = 0;
    for (const index::Considered& considered : reference.considered) {
      if (considered.outcome != index::Outcome::kept && ++dropped > kMostDropped) continue;
      tell(considered);
    }
    if (dropped > kMostDropped)
      console_.print("  and " + std::to_string(dropped - kMostDropped) + " weaker ones, dropped too");
  }

  static std::string counted(const index::TracedStage& stage) {
    const bool is_one = stage.hits == 1;
    const char* what =
        stage.found_by == FoundBy::sound ? (is_one ? " stretch" : " stretches") : (is_one ? " hit" : " hits");
    return std::to_string(stage.hits) + what;
  }

  void tell(const index::Considered& considered) {
    const Match& match = considered.match;
    const index::MatchSettings& least = explanation_.matching;
    std::string how = "by " + std::string(to_string(match.found_by)) + ", speed " + fixed(match.speed, 3);
    if (match.mirrored) how += ", mirrored";
    console_.print("  " + span_text(match.query_span) + " of the upload is " +
                   span_text(match.reference_span) + " of it (" + how + ")");
    if (match.found_by == FoundBy::sound)
      tell_sound(match);
    else
      tell_pictures(match);
    console_.print("    → " + pipeline::why(considered, least));
  }

  void tell_sound(const Match& match) {
    console_.print("    " + fixed(100 * match.sound_agreement.value_or(0), 0, " % of the sound agrees, ") +
                   fixed(to_seconds(match.distinctive), 1, " s of it as in no other series; score ") +
                   fixed(match.score, 3));
  }

  void tell_pictures(const Match& match) {
    const index::MatchSettings& least = explanation_.matching;
    std::string agreeing =
        std::to_string(match.agreeing) + " of " + std::to_string(match.compared) + " pictures agree";
    if (match.inliers > 0) agreeing += ", at " + std::to_string(match.inliers) + " places";
    if (match.sound_agreement) agreeing += "; " + fixed(100 * *match.sound_agreement, 0, " % of the sound");
    console_.print("    " + agreeing);
    console_.print("    score " + fixed(match.score, 3) + ", at least " + fixed(least.least_score, 3) +
                   " is asked: chance would give one so good 10^" + fixed(match.log10_false_alarms, 1) +
                   " times a screening");
    console_.print("    what moves agrees " +
                   (match.moment_agreement ? fixed(*match.moment_agreement, 2) + " in " +
                                                 std::to_string(match.moment_pictures) + " pictures"
                                           : std::string("– (nothing moves, or it was not asked)")) +
                   ", at least " + fixed(least.least_moment, 2) + " is asked");
    console_.print("    " + fixed(to_seconds(match.distinctive), 1) +
                   " s that no other series shows, at least " +
                   fixed(to_seconds(least.least_distinctive), 1) + " s are asked");
    if (match.negative > Duration{0})
      console_.print("    " + fixed(to_seconds(match.negative), 1, " s are in the negative bank"));
  }

  void tell_verdict() {
    const rights::Policy& policy = explanation_.policy;
    console_.print("");
    field("verdict", std::string(to_string(explanation_.screening.verdict.decision)));
    for (const std::string& reason : explanation_.screening.verdict.reasons)
      console_.print("  " + printable(reason));
    console_.print("  infringing: score from " + fixed(policy.flag_score, 2) + " and " +
                   fixed(to_seconds(policy.least_distinctive), 0) +
                   " distinctive seconds; review: score from " + fixed(policy.review_score, 2));
  }

  void field(const char* name, const std::string& value) {
    console_.print(name + std::string(10 - std::string_view(name).size(), ' ') + value);
  }

  Console& console_;
  const pipeline::Explanation& explanation_;
};

ExitCode explain(Context& context, const ExplainOptions& options) {
  pipeline::Workspace workspace(context.data, false);
  const auto against = pipeline::find_work(workspace.store(), options.against);
  const pipeline::StoredDetails details(context.data);
  const pipeline::StoredWorkNames works(workspace.store());
  const pipeline::ScreeningSettings settings = settings_of(options.screening);
  const auto progress = [&](Timestamp reached, Duration expected) {
    context.console.report("explain", to_seconds(reached), to_seconds(expected), options.file);
  };
  const auto explanation = pipeline::explain(
      options.file, against, pipeline::open_protected(workspace, details, works, &context.console), settings,
      SystemClock(), context.stop, progress);
  pipeline::WrittenPictures pictures;
  if (!options.pictures.empty())
    pictures = pipeline::write_pictures(explanation, details, options.pictures, context.stop);
  if (context.json) {
    context.console.print(api::explanation_json(explanation, pictures));
    return ExitCode::ok;
  }
  Teller(context.console, explanation).tell();
  if (!pictures.files.empty()) {
    context.console.print("");
    context.console.print(std::to_string(pictures.files.size()) +
                          (pictures.files.size() == 1 ? " picture in '" : " pictures in '") +
                          printable(options.pictures) + "'");
  }
  for (const std::string& remark : pictures.remarks) context.console.print("  " + printable(remark));
  return ExitCode::ok;
}

}  // namespace

void add_explain_command(CLI::App& cli, Context& context, Action& action) {
  CLI::App* command = cli.add_subcommand("explain", "Say why a file matched a registered work, or why not");
  auto options = std::make_shared<ExplainOptions>();
  command->add_option("file", options->file, "Video or fingerprint")->required()->type_name("FILE");
  command->add_option("--against", options->against, "The work it is held against")
      ->required()
      ->type_name("WORK");
  command->add_option("--pictures", options->pictures, "Also write PNGs that show it into this folder")
      ->type_name("DIR");
  add_screening_options(*command, options->screening);
  add_json_flag(*command, context);
  command->footer(kFooter);
  command->callback(
      [&context, &action, options] { action = [&context, options] { return explain(context, *options); }; });
}

}  // namespace reelprint::app
