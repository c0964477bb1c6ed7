#include "app/crawl_file.h"

#include <CLI/CLI.hpp>
#include <fstream>
#include <sstream>

#include "api/crawl_models.h"
#include "core/error.h"
#include "pipeline/csv_reader.h"

namespace reelprint::app {
namespace {

constexpr std::size_t kMostBytes = std::size_t{4} << 20;

[[noreturn]] void refuse(const std::filesystem::path& file, ErrorCode code, const std::string& why) {
  throw Error(code, "read the sources of '" + file.string() + "': " + why);
}

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) refuse(file, ErrorCode::not_found, "it cannot be opened");
  std::string text(kMostBytes + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > kMostBytes) refuse(file, ErrorCode::too_large, "it is over 4 MiB");
  return text;
}

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream words(text);
  std::vector<std::string> all;
  for (std::string word; words >> word;) all.push_back(word);
  return all;
}

bool is_list(const std::string& field) {
  return field == "start_urls" || field == "scope.hosts" || field.ends_with("_prefixes");
}

std::vector<std::string> read_csv(const std::filesystem::path& file, std::string_view text) {
  pipeline::CsvReader reader(text);
  const auto header = reader.next();
  std::vector<std::string> objects;
  while (const auto record = reader.next()) {
    if (record->fields.size() != header->fields.size())
      refuse(file, ErrorCode::invalid_input,
             "line " + std::to_string(record->line) + " has not as many fields as the first");
    api::SourceValues values;
    for (std::size_t i = 0; i < header->fields.size(); ++i) {
      const std::string& field = header->fields[i];
      const std::string& cell = record->fields[i];
      if (!cell.empty()) values[field] = is_list(field) ? words_of(cell) : std::vector{cell};
    }
    objects.push_back(api::source_json(values));
  }
  if (!reader.problems().empty())
    refuse(file, ErrorCode::invalid_input,
           "line " + std::to_string(reader.problems()[0].line) + ": " + reader.problems()[0].reason);
  return objects;
}

std::vector<std::string> read_toml(const std::filesystem::path& file, const std::string& text) {
  std::istringstream in(text);
  std::vector<std::pair<std::string, api::SourceValues>> sources;
  try {
    for (const CLI::ConfigItem& item : CLI::ConfigTOML().from_config(in)) {
      if (item.name == "++" || item.name == "--") continue;  // where a section begins and ends
      if (item.parents.empty())
        refuse(file, ErrorCode::invalid_input, "'" + item.name + "' stands before the first [section]");
      const std::string& section = item.parents.front();
      if (sources.empty() || sources.back().first != section)
        sources.emplace_back(section, api::SourceValues{{"name", {section}}});
      std::string field;
      for (std::size_t i = 1; i < item.parents.size(); ++i) field += item.parents[i] + ".";
      sources.back().second[field + item.name] = item.inputs;
    }
  } catch (const CLI::Error& error) {
    refuse(file, ErrorCode::invalid_input, error.what());
  }
  std::vector<std::string> objects;
  for (const auto& [section, values] : sources) objects.push_back(api::source_json(values));
  return objects;
}

}  // namespace

std::vector<std::string> read_crawl_file(const std::filesystem::path& file) {
  const std::string text = text_of(file);
  const std::string extension = file.extension().string();
  if (extension == ".json") return api::source_objects(text);
  if (extension == ".csv") return read_csv(file, text);
  if (extension == ".toml") return read_toml(file, text);
  refuse(file, ErrorCode::invalid_input, "its name must end in .json, .csv or .toml");
}

}  // namespace reelprint::app
