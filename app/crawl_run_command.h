// reelprint crawl run: belongs below `reelprint crawl`.
#pragma once

#include "app/command.h"

namespace reelprint::app {

/// Adds "run" to the crawl command.
void add_crawl_run_command(CLI::App& crawl, Context& context, Action& action);

}  // namespace reelprint::app
