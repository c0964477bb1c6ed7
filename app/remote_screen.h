// reelprint screen --server: the same, done by a service.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "app/command.h"
#include "pipeline/remote_screening.h"

namespace reelprint::app {

struct RemoteOptions {
  std::string server;
  std::string key_file;
  std::string account;
  std::string channel;
  std::string url;
  std::string territory;
  std::string title;
};

/// Adds the options of `screen` that need a server. `options` must live as long as the command.
void add_remote_options(CLI::App& command, RemoteOptions& options);

/// How a service is asked for what the options say. Throws Error for a server or a key file that makes no
/// sense.
[[nodiscard]] pipeline::RemoteSettings settings_of(const RemoteOptions& options, const std::string& effort,
                                                   bool no_audio);

/// Prints what the service says of each file, in the order given, `jobs` at a time.
[[nodiscard]] ExitCode screen_at_server(Context& context, const std::vector<std::string>& files,
                                        const pipeline::RemoteSettings& settings, std::size_t jobs);

}  // namespace reelprint::app
