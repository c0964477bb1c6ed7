// reelprint crawl: finds uploads on the web.
#include <CLI/CLI.hpp>

#include "app/command.h"
#include "app/crawl_options.h"
#include "app/crawl_run_command.h"

namespace reelprint::app {
namespace {

constexpr const char* kFooter = R"(
SOURCE is an id or a name.

Examples:
  reelprint --data archive crawl add https://videos.example/drama/ --prefix /drama/ --every-min 360
  reelprint --data archive crawl add --from sources.csv
  reelprint --data archive crawl status
  reelprint --data archive crawl report --from 2026-11-01T00:00:00Z)";

}  // namespace

void add_crawl_command(CLI::App& cli, Context& context, Action& action) {
  CLI::App* crawl = cli.add_subcommand("crawl", "Find uploads on the web");
  crawl->require_subcommand(1);
  crawl->fallthrough();
  crawl->footer(kFooter);
  add_crawl_source_commands(*crawl, context, action);
  add_crawl_result_commands(*crawl, context, action);
  add_crawl_run_command(*crawl, context, action);
}

}  // namespace reelprint::app
