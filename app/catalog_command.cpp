// reelprint catalog: looks at what is registered, and takes out.
#include <CLI/CLI.hpp>
#include <charconv>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/models.h"
#include "app/command.h"
#include "core/error.h"
#include "pipeline/workspace.h"

namespace reelprint::app {
namespace {

constexpr const char* kFooter = R"(
WORK is a series, "Series/7" for its episode 7, or "#12" for reference 12.

Examples:
  reelprint --data archive catalog list
  reelprint --data archive catalog show "The Lantern Oath/3"
  reelprint --data archive catalog remove --dry-run "The Lantern Oath"
  reelprint --data archive catalog stats --json)";

struct CatalogOptions {
  std::string work;
  std::string holder;
  std::optional<int> season;
  bool dry_run = false;
};

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size() || number < 0)
    return std::nullopt;
  return number;
}

store::CatalogFilter filter_of(const CatalogOptions& options) {
  store::CatalogFilter filter;
  filter.holder = options.holder;
  filter.season = options.season;
  const std::string& work = options.work;
  if (work.starts_with('#')) {
    const auto id = whole_number(std::string_view(work).substr(1));
    if (!id) throw Error(ErrorCode::invalid_input, "find '" + work + "': no reference has such an id");
    filter.reference = ReferenceId{*id};
    return filter;
  }
  filter.series = work;
  const std::size_t slash = work.rfind('/');
  if (slash == std::string::npos) return filter;
  if (const auto number = whole_number(std::string_view(work).substr(slash + 1))) {
    filter.series = work.substr(0, slash);
    filter.episode = static_cast<int>(*number);
  }
  return filter;
}

std::vector<ReferenceEntry> find_work(const store::Store& store, const CatalogOptions& options) {
  auto entries = store.references(filter_of(options));
  if (entries.empty())
    throw Error(ErrorCode::not_found, "find '" + options.work + "': nothing like it is registered");
  return entries;
}

ExitCode list(Context& context, const CatalogOptions& options) {
  pipeline::Workspace workspace(context.data, false);
  std::vector<std::vector<Cell>> table = {{{"ID", Colour::plain, true},
                                           {"HOLDER"},
                                           {"SERIES"},
                                           {"EPISODE"},
                                           {"TITLE"},
                                           {"CUT"},
                                           {"LANGUAGE"},
                                           {"LENGTH", Colour::plain, true},
                                           {"FILE"}}};
  for (const ReferenceEntry& entry : workspace.store().references(filter_of(options))) {
    if (context.json) {
      context.console.print(api::reference_json(entry));
      continue;
    }
    const Reference& r = entry.reference;
    table.push_back({{"#" + std::to_string(r.id.value), Colour::dim, true},
                     {printable(entry.holder.name)},
                     {printable(entry.series.name)},
                     {to_text(entry.episode)},
                     {printable(entry.episode.title)},
                     {printable(r.cut)},
                     {printable(r.language)},
                     {time_code(to_seconds(r.duration)), Colour::plain, true},
                     {printable(r.file), Colour::dim}});
  }
  if (context.json) return ExitCode::ok;
  for (const std::string& line : lay_out(table, context.console.has_colour())) context.console.print(line);
  return ExitCode::ok;
}

void show_entry(Console& console, const ReferenceEntry& entry) {
  const Reference& r = entry.reference;
  const auto field = [&](const char* name, const std::string& value) {
    if (!value.empty()) console.print("  " + std::string(name) + ": " + printable(value));
  };
  console.print("#" + std::to_string(r.id.value) + "  " + printable(entry.series.name) + ", " +
                to_text(entry.episode));
  if (r.state != ReferenceState::active)
    field("state", std::string(to_string(r.state)) + (r.reason.empty() ? "" : ": " + r.reason));
  field("holder", entry.holder.name);
  field("title", entry.episode.title);
  field("cut", r.cut);
  field("language", r.language);
  field("subtitles", r.subtitles);
  field("licence number", entry.episode.licence_number);
  field("EIDR", entry.episode.eidr);
  field("ISAN", entry.episode.isan);
  field("length", time_code(to_seconds(r.duration)));
  field("file", r.file);
  field("SHA-256", to_hex(r.media));
  field("registered", to_rfc3339(r.registered_at));
}

ExitCode show(Context& context, const CatalogOptions& options) {
  pipeline::Workspace workspace(context.data, false);
  for (const ReferenceEntry& entry : find_work(workspace.store(), options)) {
    if (context.json)
      context.console.print(api::reference_json(entry));
    else
      show_entry(context.console, entry);
  }
  return ExitCode::ok;
}

ExitCode remove(Context& context, const CatalogOptions& options) {
  pipeline::Workspace workspace(context.data, false);
  std::vector<ReferenceId> ids;
  for (const ReferenceEntry& entry : find_work(workspace.store(), options)) {
    ids.push_back(entry.reference.id);
    if (context.json)
      context.console.print(api::reference_json(entry));
    else
      show_entry(context.console, entry);
  }
  if (!options.dry_run) {
    workspace.store().remove_references(ids);
    workspace.compact_index(&context.console);
  }
  const std::string what = std::to_string(ids.size()) + (ids.size() == 1 ? " reference" : " references");
  if (!context.json) context.console.print(options.dry_run ? what + " would be removed" : what + " removed");
  return ExitCode::ok;
}

ExitCode show_stats(Context& context) {
  pipeline::Workspace workspace(context.data, false);
  const store::CatalogStats stats = workspace.store().stats();
  if (context.json) {
    context.console.print(api::catalog_stats_json(stats));
    return ExitCode::ok;
  }
  const auto line = [&](const char* name, const std::string& value) {
    context.console.print(std::string(name) + ": " + value);
  };
  line("holders", std::to_string(stats.holders));
  line("series", std::to_string(stats.series));
  line("episodes", std::to_string(stats.episodes));
  line("references", std::to_string(stats.references));
  line("length", time_code(to_seconds(stats.duration)));
  line("fingerprint bytes", std::to_string(stats.fingerprint_bytes));
  line("screenings", std::to_string(stats.screenings));
  return ExitCode::ok;
}

}  // namespace

void add_catalog_command(CLI::App& cli, Context& context, Action& action) {
  CLI::App* catalog = cli.add_subcommand("catalog", "Look at what is registered, or take it out");
  catalog->require_subcommand(1);
  catalog->fallthrough();
  catalog->footer(kFooter);
  auto options = std::make_shared<CatalogOptions>();
  const auto add = [&](const char* name, const char* description, auto run) {
    CLI::App* command = catalog->add_subcommand(name, description);
    add_json_flag(*command, context);
    command->callback([&context, &action, options, run] {
      action = [&context, options, run] { return run(context, *options); };
    });
    return command;
  };
  const auto add_narrowing = [&](CLI::App* command) {
    command->add_option("--holder", options->holder, "Only this holder's");
    command->add_option("--season", options->season, "Only this season");
  };
  CLI::App* list_command = add("list", "One line a reference", list);
  list_command->add_option("work", options->work, "Series, Series/EPISODE or #ID")->type_name("WORK");
  add_narrowing(list_command);
  CLI::App* show_command = add("show", "Everything known of a series, an episode or a reference", show);
  show_command->add_option("work", options->work, "Series, Series/EPISODE or #ID")
      ->required()
      ->type_name("WORK");
  add_narrowing(show_command);
  CLI::App* remove_command = add("remove", "Remove references, their fingerprints and their matches", remove);
  remove_command->add_option("work", options->work, "Series, Series/EPISODE or #ID")
      ->required()
      ->type_name("WORK");
  remove_command->add_flag("--dry-run", options->dry_run, "Only say what would be removed");
  add_narrowing(remove_command);
  add("stats", "Counts and sizes", [](Context& c, const CatalogOptions&) { return show_stats(c); });
}

}  // namespace reelprint::app
