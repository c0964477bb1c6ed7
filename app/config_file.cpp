#include "app/config_file.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fstream>
#include <sstream>
#include <vector>

#include "core/error.h"

namespace reelprint::app {
namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 20;

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in)
    throw Error(ErrorCode::not_found, "read the configuration '" + file.string() + "': cannot be opened");
  std::string text(kMostBytes + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (in.bad() || text.size() > kMostBytes) {
    throw Error(ErrorCode::io,
                "read the configuration '" + file.string() + "': it cannot be read, or is over 1 MiB");
  }
  return text;
}

/// CLI11 tells of a section's beginning and end by items of these names.
bool is_section_mark(const CLI::ConfigItem& item) {
  return item.name == "++" || item.name == "--";
}

bool is_setting(const CLI::Option& option) {
  return option.get_configurable() && !option.get_lnames().empty();
}

/// A number or truth as it is, a list of texts in brackets, anything else in quotes.
std::string toml_value(const CLI::Option& option) {
  const auto quoted = [](const std::string& text) {
    std::string value = "\"";
    for (const char c : text) {
      if (c == '"' || c == '\\') value += '\\';
      value += c;
    }
    return value + "\"";
  };
  if (!option.get_envname().empty()) return "\"\"";  // a secret, which stays in the environment
  const auto results = option.reduced_results();
  if (option.get_items_expected_max() > 1) {
    std::string list;
    for (const std::string& one : results) list += (list.empty() ? "" : ", ") + quoted(one);
    return "[" + list + "]";
  }
  const std::string value = results.empty() ? option.get_default_str() : results.front();
  const bool is_number = !value.empty() && value.find_first_not_of("0123456789.") == std::string::npos &&
                         std::ranges::count(value, '.') <= 1;
  return is_number || value == "true" || value == "false" ? value : quoted(value);
}

}  // namespace

void read_config(CLI::App& command, const std::filesystem::path& file) {
  std::istringstream text(text_of(file));
  for (const CLI::ConfigItem& item : CLI::ConfigTOML().from_config(text)) {
    if (is_section_mark(item)) continue;
    CLI::Option* option = command.get_option_no_throw("--" + item.fullname());
    if (option == nullptr || !is_setting(*option))
      throw CLI::ConfigError("'" + file.string() + "': there is no setting '" + item.fullname() + "'");
    if (option->count() > 0 || item.inputs.empty()) continue;
    option->add_result(item.inputs);
    option->run_callback();
  }
}

std::string config_text(const CLI::App& command) {
  std::string text = "# reelprint serve --config FILE; what is left out has the value that stands here.\n";
  std::string section;
  for (const CLI::Option* option : command.get_options()) {
    if (!is_setting(*option)) continue;
    const std::string name = option->get_lnames().front();
    const std::size_t dot = std::min(name.find('.'), name.size());
    if (name.substr(0, dot) != section) {
      section = name.substr(0, dot);
      text += "\n[" + section + "]\n";
    }
    text += "# " + option->get_description() + "\n" + name.substr(std::min(dot + 1, name.size())) + " = " +
            toml_value(*option) + "\n";
  }
  return text;
}

}  // namespace reelprint::app
