// A TOML file that sets a command's options.
#pragma once

#include <filesystem>
#include <string>

namespace CLI {
class App;
}

namespace reelprint::app {

/// Sets those options of `command` that neither the command line nor the environment has set: "port" below
/// [http] is --http.port. Throws Error{not_found, io} when it cannot be read, and CLI::ParseError for what is
/// no TOML, for unknown names and values that are refused.
void read_config(CLI::App& command, const std::filesystem::path& file);

/// All options as TOML with what each is for and its value, by sections.
[[nodiscard]] std::string config_text(const CLI::App& command);

}  // namespace reelprint::app
