// What the commands below `reelprint crawl` have in common.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "api/crawl_models.h"
#include "app/command.h"

namespace reelprint::app {

struct CrawlOptions {
  std::string source;  ///< id or name
  std::vector<std::string> urls{};
  std::map<std::string, std::vector<std::string>> values{};  ///< fields by name; empty: not given
  std::string tenant;
  std::string from;  ///< of `add` a file, of `report` a time
  std::string until;
  std::size_t limit = 100;
  bool allows_loopback = false;
};

/// By id ("3" or "#3") or by name in the tenant that is given. Throws Error{not_found}.
[[nodiscard]] CrawlSource source_named(store::Store& store, const CrawlOptions& options);
/// The command line is of whoever keeps the machine: any folder may be watched.
[[nodiscard]] pipeline::CrawlSourceRules crawl_rules(const CrawlOptions& options);
void print_source(Context& context, const CrawlSource& source);

/// add, change, pause, resume, round, remove.
void add_crawl_source_commands(CLI::App& crawl, Context& context, Action& action);
/// list, show, status, report, requests, sightings.
void add_crawl_result_commands(CLI::App& crawl, Context& context, Action& action);

}  // namespace reelprint::app
