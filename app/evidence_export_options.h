// What the commands that make bundles have in common.
#pragma once

#include <string>
#include <vector>

#include "app/command.h"
#include "pipeline/case_export.h"
#include "pipeline/jailed_media_reader.h"

namespace reelprint::app {

/// `--language en|zh|both`.
void add_report_language_option(CLI::App& command, std::string& language);
[[nodiscard]] std::vector<evidence::ReportLanguage> report_languages_named(const std::string& name);
/// Frames are read in the jail; the reader must outlive the tools.
[[nodiscard]] pipeline::CaseExportTools export_tools(const Context& context,
                                                     const pipeline::JailedMediaReader& reader);

/// `bulk` below `evidence`.
void add_evidence_bulk_command(CLI::App& evidence, Context& context, Action& action);

}  // namespace reelprint::app
