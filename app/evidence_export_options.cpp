#include "app/evidence_export_options.h"

#include <CLI/CLI.hpp>

#include "app/version.h"

namespace reelprint::app {

void add_report_language_option(CLI::App& command, std::string& language) {
  command.add_option("--language", language, "Of the reports")
      ->check(CLI::IsMember({"en", "zh", "both"}))
      ->capture_default_str();
}

std::vector<evidence::ReportLanguage> report_languages_named(const std::string& name) {
  using evidence::ReportLanguage;
  if (name == "both") return {ReportLanguage::en, ReportLanguage::zh};
  return {evidence::report_language_of(name).value_or(ReportLanguage::en)};
}

pipeline::CaseExportTools export_tools(const Context& context, const pipeline::JailedMediaReader& reader) {
  pipeline::CaseExportTools tools;
  tools.data = context.data;
  tools.tool_version = kVersion;
  tools.frames = [&reader](const std::filesystem::path& file, std::span<const Timestamp> times,
                           std::size_t short_side, const std::stop_token& stop) {
    return reader.frames_at(file, times, short_side, stop);
  };
  return tools;
}

}  // namespace reelprint::app
