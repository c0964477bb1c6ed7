// reelprint crawl list, show, status, report, requests, sightings: what there is and what came of it.
#include <CLI/CLI.hpp>
#include <charconv>
#include <limits>
#include <memory>

#include "app/account_options.h"
#include "app/crawl_options.h"
#include "core/error.h"

namespace reelprint::app {
namespace {

using Table = std::vector<std::vector<Cell>>;

constexpr std::size_t kAll = std::numeric_limits<std::int32_t>::max();

void print(Context& context, const Table& table) {
  for (const std::string& line : lay_out(table, context.console.has_colour())) context.console.print(line);
}

Cell number(std::uint64_t value) {
  return {std::to_string(value), Colour::plain, true};
}

/// "4.2".
std::string seconds_text(double seconds) {
  const auto tenths = static_cast<std::uint64_t>(seconds * 10 + 0.5);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

std::vector<CrawlSource> sources_of(store::Store& store, const CrawlOptions& options) {
  if (!options.source.empty()) return {source_named(store, options)};
  return store::CrawlSources(store.database()).list(tenant_named(store, options.tenant), {}, kAll);
}

std::string next_round_text(const CrawlSource& source) {
  return source.next_round_at == kNoMoreRounds ? "never" : to_rfc3339(source.next_round_at);
}

ExitCode list(Context& context, const CrawlOptions& options) {
  store::Store store(context.data, false);
  Table table = {{{"ID", Colour::plain, true}, {"KIND"}, {"STATE"}, {"NEXT ROUND"}, {"NAME"}}};
  for (const CrawlSource& source : sources_of(store, options)) {
    if (context.json) context.console.print(api::crawl_source_json(source));
    const bool is_paused = source.state == CrawlSourceState::paused;
    table.push_back({{std::to_string(source.id.value), Colour::dim, true},
                     {std::string(to_string(source.kind))},
                     {std::string(to_string(source.state)), is_paused ? Colour::yellow : Colour::plain},
                     {next_round_text(source), Colour::dim},
                     {printable(source.name)}});
  }
  if (!context.json) print(context, table);
  return ExitCode::ok;
}

ExitCode show(Context& context, const CrawlOptions& options) {
  store::Store store(context.data, false);
  print_source(context, source_named(store, options));
  return ExitCode::ok;
}

ExitCode status(Context& context, const CrawlOptions& options) {
  store::Store store(context.data, false);
  const WallTime now = SystemClock().now();
  store::CrawlSources sources(store.database());
  Table table = {{{"ID", Colour::plain, true},
                  {"WAITS FOR"},
                  {"ROUND", Colour::plain, true},
                  {"PAGES", Colour::plain, true},
                  {"VIDEOS", Colour::plain, true},
                  {"MATCHED", Colour::plain, true},
                  {"NEXT ROUND"},
                  {"NAME"}}};
  for (const CrawlSource& source : sources_of(store, options)) {
    if (context.json) {
      context.console.print(api::crawl_status_json(store, source, now));
      continue;
    }
    const auto newest = sources.rounds(source.id, 1);
    const store::CrawlRound round = newest.empty() ? store::CrawlRound{} : newest[0];
    table.push_back({{std::to_string(source.id.value), Colour::dim, true},
                     {api::crawl_waits_for(store, source, now)},
                     {number_or_blank(round.number), Colour::plain, true},
                     number(round.pages),
                     number(round.videos_screened),
                     {std::to_string(round.matched), round.matched > 0 ? Colour::red : Colour::plain, true},
                     {next_round_text(source), Colour::dim},
                     {printable(source.name)}});
  }
  if (!context.json) print(context, table);
  return ExitCode::ok;
}

std::string time_problem(const std::string& text) {
  return wall_time_of(text) ? std::string() : "'" + text + "' is no time as in 2026-11-20T00:00:00Z";
}

std::vector<Cell> report_row(const std::string& name, const store::CrawlReportRow& row) {
  const store::CrawlRound& figures = row.figures;
  return {{name, Colour::dim, true},
          number(figures.pages),
          number(row.hosts),
          number(figures.bytes),
          number(figures.bytes_offered),
          number(figures.videos_found),
          number(figures.videos_screened),
          number(figures.matched),
          number(figures.videos_screened == 0 ? 0 : figures.bytes / figures.videos_screened),
          {figures.videos_screened == 0
               ? ""
               : seconds_text(figures.video_s / static_cast<double>(figures.videos_screened)),
           Colour::plain, true}};
}

ExitCode report(Context& context, const CrawlOptions& options) {
  store::Store store(context.data, false);
  store::CrawlReportQuestion question{.tenant = tenant_named(store, options.tenant)};
  if (!options.source.empty()) question.source = source_named(store, options).id;
  if (!options.from.empty()) question.from = *wall_time_of(options.from);
  if (!options.until.empty()) question.until = *wall_time_of(options.until);
  const store::CrawlReport report = store::crawl_report(store.database(), question);
  if (context.json) {
    context.console.print(api::crawl_report_json(report));
    return ExitCode::ok;
  }
  Table table(1);
  for (const char* heading : {"SOURCE", "PAGES", "HOSTS", "BYTES", "OFFERED", "FOUND", "SCREENED", "MATCHED",
                              "BYTES A DECISION", "SECONDS"})
    table[0].push_back({heading, Colour::plain, true});
  for (const store::CrawlReportRow& row : report.sources)
    table.push_back(report_row(std::to_string(row.source.value), row));
  table.push_back(report_row("all", report.whole));
  print(context, table);
  return ExitCode::ok;
}

ExitCode requests(Context& context, const CrawlOptions& options) {
  store::Store store(context.data, false);
  store::CrawlRequestFilter filter{.tenant = tenant_named(store, options.tenant)};
  if (!options.source.empty()) filter.source = source_named(store, options).id;
  Table table = {{{"AT"}, {"PURPOSE"}, {"ANSWER"}, {"BYTES", Colour::plain, true}, {"URL"}}};
  for (const auto& request : store::Frontier(store.database()).requests(filter, 0, options.limit)) {
    if (context.json) context.console.print(api::crawl_request_json(request));
    const std::string answer = !request.refused.empty()      ? request.refused
                               : !request.error_code.empty() ? request.error_code
                                                             : std::to_string(request.status);
    table.push_back({{to_rfc3339(request.at), Colour::dim},
                     {std::string(to_string(request.purpose))},
                     {printable(answer)},
                     number(request.bytes),
                     {printable(request.url)}});
  }
  if (!context.json) print(context, table);
  return ExitCode::ok;
}

ExitCode sightings(Context& context, const CrawlOptions& options) {
  store::Store store(context.data, false);
  store::SightingFilter filter{.tenant = tenant_named(store, options.tenant)};
  if (!options.source.empty()) filter.source = source_named(store, options).id;
  Table table = {{{"ID", Colour::plain, true},
                  {"SEEN"},
                  {"UP"},
                  {"CASE", Colour::plain, true},
                  {"BYTES", Colour::plain, true},
                  {"SECONDS", Colour::plain, true},
                  {"LOCATION"}}};
  for (const Sighting& sighting : store::Sightings(store.database()).list(filter, {}, options.limit)) {
    if (context.json) context.console.print(api::sighting_json(sighting));
    table.push_back({{std::to_string(sighting.id.value), Colour::dim, true},
                     {time_or_blank(sighting.seen_at), Colour::dim},
                     {sighting.is_up ? "yes" : "no", sighting.is_up ? Colour::plain : Colour::green},
                     {number_or_blank(sighting.in_case.value), Colour::plain, true},
                     number(sighting.fetched_bytes),
                     {seconds_text(to_seconds(sighting.took)), Colour::plain, true},
                     {printable(sighting.location)}});
  }
  if (!context.json) print(context, table);
  return ExitCode::ok;
}

}  // namespace

CrawlSource source_named(store::Store& store, const CrawlOptions& options) {
  store::CrawlSources sources(store.database());
  const std::string& name = options.source;
  if (auto found = sources.find(tenant_named(store, options.tenant), name)) return *std::move(found);
  const std::string_view digits = std::string_view(name).substr(name.starts_with('#') ? 1 : 0);
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), id);
  if (error == std::errc{} && end == digits.data() + digits.size())
    if (auto found = sources.find(CrawlSourceId{id})) return *std::move(found);
  throw Error(ErrorCode::not_found, "find the source '" + name + "': there is none of that name or id");
}

pipeline::CrawlSourceRules crawl_rules(const CrawlOptions& options) {
  pipeline::CrawlSourceRules rules{.folders = {"/"}};
  rules.fetch.allow_loopback = options.allows_loopback;
  return rules;
}

void print_source(Context& context, const CrawlSource& source) {
  if (context.json) return context.console.print(api::crawl_source_json(source));
  context.console.print("#" + std::to_string(source.id.value) + " " + printable(source.name) + " (" +
                        std::string(to_string(source.kind)) + ", " + std::string(to_string(source.state)) +
                        "), next round " + next_round_text(source));
  for (const std::string& url : source.start_urls) context.console.print("  " + printable(url));
}

void add_crawl_result_commands(CLI::App& crawl, Context& context, Action& action) {
  auto options = std::make_shared<CrawlOptions>();
  const auto add = [&](const char* name, const char* description, auto run) {
    CLI::App* command = crawl.add_subcommand(name, description);
    add_json_flag(*command, context);
    command->add_option("--tenant", options->tenant, "Whose, by name or id; else all")->type_name("TENANT");
    command->callback([&context, &action, options, run] {
      action = [&context, options, run] { return run(context, *options); };
    });
    return command;
  };
  const auto add_source = [&](CLI::App* command) {
    command->add_option("source", options->source, "Only this one, by id or name")->type_name("SOURCE");
    return command;
  };
  const auto add_limit = [&](CLI::App* command) {
    command->add_option("--limit", options->limit, "How many at most, the newest first")
        ->capture_default_str()
        ->type_name("N");
  };
  add("list", "One line a source", list);
  add("show", "One source", show)
      ->add_option("source", options->source, "Its id or name")
      ->required()
      ->type_name("SOURCE");
  add_source(add("status", "What each source does, and what it waits for", status));
  CLI::App* report_command = add_source(add("report", "What the crawl has cost and brought", report));
  report_command->add_option("--from", options->from, "Not before that day")
      ->type_name("TIME")
      ->check(time_problem);
  report_command->add_option("--until", options->until, "Up to that day, which counts too")
      ->type_name("TIME")
      ->check(time_problem);
  add_limit(add_source(add("requests", "Every request that was made or refused", requests)));
  add_limit(add_source(add("sightings", "Videos that were seen", sightings)));
}

}  // namespace reelprint::app
