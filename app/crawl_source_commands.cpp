// reelprint crawl add, change, pause, resume, round, remove: keep the sources.
#include <CLI/CLI.hpp>
#include <array>
#include <charconv>
#include <fstream>
#include <memory>

#include "app/account_options.h"
#include "app/crawl_file.h"
#include "app/crawl_options.h"
#include "core/error.h"

namespace reelprint::app {
namespace {

struct FieldOption {
  const char* option;
  const char* field;
  const char* what;
};

constexpr std::array<FieldOption, 19> kFieldOptions{{
    {"--name", "name", "Its name; else the first URL"},
    {"--kind", "kind", "site, sitemap, feed, channel, list, videos or folder"},
    {"--host", "scope.hosts", "A host that belongs to it, *.HOST for all below; else those of the URLs"},
    {"--prefix", "scope.path_prefixes", "A path that belongs to it begins so; else all"},
    {"--exclude", "scope.excluded_prefixes", "No path that begins so belongs to it"},
    {"--most-depth", "scope.most_depth", "Links away from a start URL"},
    {"--pages", "budget.pages", "Pages of a round; 0: no limit, as below"},
    {"--bytes", "budget.bytes", "Bytes of a round"},
    {"--time-s", "budget.time_s", "Seconds of a round"},
    {"--host-pages", "budget.host_pages", "Pages of one host in a round"},
    {"--host-bytes", "budget.host_bytes", "Bytes of one host in a round"},
    {"--every-min", "every_min", "Minutes from the beginning of a round to the next; 0: one round only"},
    {"--at", "at", "Time of the day at which rounds begin, UTC: 03:30"},
    {"--priority", "priority", "-100 to 100, the higher the sooner"},
    {"--depth", "depth", "What is fetched of a video: sample or whole"},
    {"--obeys-nofollow", "obeys_nofollow", "true or false"},
    {"--obeys-noindex", "obeys_noindex", "true or false"},
    {"--uses-extractor", "uses_extractor", "true or false"},
    {"--territory", "territory", "Where its videos are shown: DE"},
}};

api::SourceValues given_values(const CrawlOptions& options) {
  api::SourceValues values;
  for (const auto& [name, texts] : options.values)
    if (!texts.empty()) values[name] = texts;
  if (!options.urls.empty()) values["start_urls"] = options.urls;
  return values;
}

ExitCode add_one(Context& context, const CrawlOptions& options) {
  store::Store store(context.data);
  api::SourceValues values = given_values(options);
  if (!values.contains("name")) values["name"] = {options.urls[0]};
  CrawlSource source;
  source.tenant = tenant_named(store, options.tenant);
  source = api::changed_source(std::move(source), api::source_json(values), crawl_rules(options));
  print_source(context, api::add_crawl_source(store, std::move(source), author_now()));
  return ExitCode::ok;
}

/// Adds a source of a file, or changes the one of its name.
void put(Context& context, store::Store& store, const CrawlOptions& options, const std::string& object) {
  const TenantId tenant = tenant_named(store, options.tenant);
  const auto known = store::CrawlSources(store.database()).find(tenant, api::name_in(object));
  CrawlSource source = known.value_or(CrawlSource{.tenant = tenant});
  source = api::changed_source(std::move(source), object, crawl_rules(options));
  if (!known)
    source = api::add_crawl_source(store, std::move(source), author_now());
  else if (source != *known)
    source = api::update_crawl_source(store, std::move(source), "update", author_now());
  print_source(context, source);
}

ExitCode add_file(Context& context, const CrawlOptions& options) {
  const auto objects = read_crawl_file(options.from);
  store::Store store(context.data);
  std::size_t failed = 0;
  for (const std::string& object : objects) {
    try {
      put(context, store, options, object);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::invalid_input) throw;
      context.console.complain("'" + api::name_in(object) + "': " + error.what());
      ++failed;
    }
  }
  return exit_code_of(failed, objects.size());
}

ExitCode add_now(Context& context, const CrawlOptions& options) {
  return options.from.empty() ? add_one(context, options) : add_file(context, options);
}

ExitCode change(Context& context, const CrawlOptions& options) {
  store::Store store(context.data, false);
  const CrawlSource before = source_named(store, options);
  CrawlSource source =
      api::changed_source(before, api::source_json(given_values(options)), crawl_rules(options));
  const auto newest = store::CrawlSources(store.database()).rounds(source.id, 1);
  if ((source.every != before.every || source.at != before.at) && !newest.empty())
    source.next_round_at = next_round_after(source, newest[0].began_at);
  print_source(context, api::update_crawl_source(store, std::move(source), "update", author_now()));
  return ExitCode::ok;
}

ExitCode set_state(Context& context, const CrawlOptions& options, CrawlSourceState state) {
  store::Store store(context.data, false);
  CrawlSource source = source_named(store, options);
  if (source.state != state) {
    source.state = state;
    const char* action = state == CrawlSourceState::paused ? "pause" : "resume";
    source = api::update_crawl_source(store, std::move(source), action, author_now());
  }
  print_source(context, source);
  return ExitCode::ok;
}

ExitCode begin_round(Context& context, const CrawlOptions& options) {
  store::Store store(context.data, false);
  CrawlSource source = source_named(store, options);
  if (source.state == CrawlSourceState::paused)
    throw Error(ErrorCode::invalid_input, "begin a round of '" + source.name + "': it is paused");
  source.next_round_at = author_now().now;
  print_source(context, api::update_crawl_source(store, std::move(source), "round", author_now()));
  return ExitCode::ok;
}

ExitCode remove(Context& context, const CrawlOptions& options) {
  store::Store store(context.data, false);
  const CrawlSource source = source_named(store, options);
  api::remove_crawl_source(store, source, author_now());
  print_source(context, source);
  return ExitCode::ok;
}

void add_field_options(CLI::App& command, CrawlOptions& options) {
  for (const FieldOption& field : kFieldOptions)
    command.add_option(field.option, options.values[field.field], field.what)->type_name("VALUE");
  command.add_flag("--allow-loopback", options.allows_loopback, "This very machine may be crawled");
}

}  // namespace

void add_crawl_source_commands(CLI::App& crawl, Context& context, Action& action) {
  auto options = std::make_shared<CrawlOptions>();
  const auto add = [&](const char* name, const char* description, auto run) {
    CLI::App* command = crawl.add_subcommand(name, description);
    add_json_flag(*command, context);
    command->add_option("--tenant", options->tenant, "Whose sources, by name or id; else the service's own")
        ->type_name("TENANT");
    command->callback([&context, &action, options, run] {
      action = [&context, options, run] { return run(context, *options); };
    });
    return command;
  };
  const auto add_of_source = [&](const char* name, const char* description, auto run) {
    CLI::App* command = add(name, description, run);
    command->add_option("source", options->source, "Its id or name")->required()->type_name("SOURCE");
    return command;
  };
  CLI::App* add_command = add("add", "Add a source, or all of a file", add_now);
  CLI::Option* urls = add_command->add_option("urls", options->urls, "Start URLs, or the path of a folder")
                          ->type_name("URL...");
  add_command
      ->add_option("--from", options->from, "A TOML, CSV or JSON file; a source of a known name is changed")
      ->type_name("FILE")
      ->excludes(urls);
  add_command->callback([&context, &action, options] {
    if (options->urls.empty() && options->from.empty()) throw CLI::RequiredError("A URL or --from");
    action = [&context, options] { return add_now(context, *options); };
  });
  add_field_options(*add_command, *options);
  CLI::App* change_command = add_of_source("change", "Change what is given of a source", change);
  change_command->add_option("--url", options->urls, "Start URLs, instead of those there are")
      ->type_name("URL");
  add_field_options(*change_command, *options);
  add_of_source("pause", "Ask for nothing of a source any more",
                [](Context& c, const CrawlOptions& o) { return set_state(c, o, CrawlSourceState::paused); });
  add_of_source("resume", "Go on with a source that was paused",
                [](Context& c, const CrawlOptions& o) { return set_state(c, o, CrawlSourceState::active); });
  add_of_source("round", "Let a round begin now, whatever the schedule says", begin_round);
  add_of_source("remove", "Remove a source with its frontier", remove);
}

}  // namespace reelprint::app
