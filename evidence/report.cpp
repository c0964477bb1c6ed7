#include "evidence/report.h"

#include <span>
#include <string>

#include "core/files.h"
#include "evidence/report_builder.h"
#include "evidence/report_html.h"
#include "evidence/report_pdf.h"

namespace reelprint::evidence {

std::string_view to_string(ReportLanguage language) {
  return language == ReportLanguage::zh ? "zh" : "en";
}

std::optional<ReportLanguage> report_language_of(std::string_view name) {
  if (name == "en") return ReportLanguage::en;
  if (name == "zh") return ReportLanguage::zh;
  return std::nullopt;
}

void write_pdf_report(const CaseFile& case_file, ReportLanguage language, const std::filesystem::path& file) {
  replace_file(file, pdf_of(build_report(case_file, language)));
}

void write_html_report(const CaseFile& case_file, ReportLanguage language,
                       const std::filesystem::path& file) {
  const std::string html = html_of(build_report(case_file, language));
  replace_file(file, std::as_bytes(std::span(html)));
}

}  // namespace reelprint::evidence
