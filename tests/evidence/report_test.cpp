#include "evidence/report.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "case_sample.h"
#include "core/error.h"
#include "samples.h"

namespace reelprint::evidence {
namespace {

using test::case_sample;
using test::PictureFolder;

std::string content_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

TEST(Report, IsTheSameBytesWhenMadeTwice) {
  const PictureFolder folder;
  const CaseFile file = case_sample(folder.file(""));
  for (const ReportLanguage language : {ReportLanguage::en, ReportLanguage::zh}) {
    write_pdf_report(file, language, folder.file("a.pdf"));
    write_pdf_report(file, language, folder.file("b.pdf"));
    EXPECT_EQ(content_of(folder.file("a.pdf")), content_of(folder.file("b.pdf")));
    write_html_report(file, language, folder.file("a.html"));
    write_html_report(file, language, folder.file("b.html"));
    EXPECT_EQ(content_of(folder.file("a.html")), content_of(folder.file("b.html")));
  }
}

TEST(Report, NamesItsLanguages) {
  EXPECT_EQ(report_language_of("zh"), ReportLanguage::zh);
  EXPECT_EQ(report_language_of(to_string(ReportLanguage::en)), ReportLanguage::en);
  EXPECT_FALSE(report_language_of("EN"));
}

TEST(Report, RefusesAPictureThatIsNone) {
  const PictureFolder folder;
  CaseFile file = case_sample(folder.file(""));
  std::ofstream(folder.file("bad.png")) << "GIF89a";
  file.uploads.front().matches.front().pairs.front().picture.file = folder.file("bad.png");
  EXPECT_THROW(write_pdf_report(file, ReportLanguage::en, folder.file("a.pdf")), Error);
  EXPECT_THROW(write_html_report(file, ReportLanguage::en, folder.file("a.html")), Error);
  EXPECT_FALSE(std::filesystem::exists(folder.file("a.pdf")));
}

}  // namespace
}  // namespace reelprint::evidence
