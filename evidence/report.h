// The report of a case for a person: PDF and HTML, English or Chinese.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

#include "evidence/case_file.h"

namespace reelprint::evidence {

enum class ReportLanguage : std::uint8_t { en, zh };

[[nodiscard]] std::string_view to_string(ReportLanguage language);
[[nodiscard]] std::optional<ReportLanguage> report_language_of(std::string_view name);

/// The same case file gives the same bytes. Throws Error{io}; and invalid_input when a picture cannot be
/// read.
void write_pdf_report(const CaseFile& case_file, ReportLanguage language, const std::filesystem::path& file);
/// One file, pictures within, no script, nothing loaded from elsewhere; works without the bundle around it.
void write_html_report(const CaseFile& case_file, ReportLanguage language, const std::filesystem::path& file);

}  // namespace reelprint::evidence
