#include "evidence/report_pdf.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <span>

#include "case_sample.h"
#include "core/files.h"
#include "evidence/pdf_blocks.h"
#include "evidence/report_builder.h"
#include "samples.h"

namespace reelprint::evidence {
namespace {

using test::PictureFolder;

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

bool has_poppler() {
  return std::system("command -v pdftotext pdffonts >/dev/null 2>&1") == 0;
}

std::string output_of(const std::string& command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), &pclose);
  std::string text;
  std::array<char, 4096> part{};
  while (const std::size_t size = std::fread(part.data(), 1, part.size(), pipe.get()))
    text.append(part.data(), size);
  return text;
}

/// What a reader can copy out of the PDF, without blanks and line ends.
std::string text_of(const Report& report, const PictureFolder& folder) {
  replace_file(folder.file("report.pdf"), pdf_of(report));
  std::string text = output_of("pdftotext -raw '" + folder.file("report.pdf").string() + "' -");
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\f'; });
  return text;
}

TEST(PdfReport, HasTheFactsAsTextInBothLanguages) {
  if (!has_poppler()) GTEST_SKIP() << "poppler's tools are not installed";
  const PictureFolder folder;
  const CaseFile file = test::case_sample(folder.file(""));
  const std::string english = text_of(build_report(file, ReportLanguage::en), folder);
  const std::string chinese = text_of(build_report(file, ReportLanguage::zh), folder);
  for (const std::string& text : {english, chinese}) {
    for (const std::string_view fact :
         {"（浙）网微剧审字（2025）第012号", "10.5240/7791-8534-2C23-9030-8610-5", "国作登字-2026-I-00123456",
          "https://videos.example/watch/9f3c2b1188d0", "203.0.113.7", "1,284,311", "0:04.0–0:34.0"})
      EXPECT_TRUE(has(text, fact)) << fact;
  }
  EXPECT_TRUE(has(english, "Whatwasnotestablished"));
  EXPECT_TRUE(has(english, "Page1of"));
  EXPECT_TRUE(has(chinese, "本报告未能确认的事项"));
  EXPECT_TRUE(has(chinese, "第1页，共"));
}

TEST(PdfReport, EmbedsEveryFont) {
  if (!has_poppler()) GTEST_SKIP() << "poppler's tools are not installed";
  const PictureFolder folder;
  replace_file(folder.file("r.pdf"),
               pdf_of(build_report(test::case_sample(folder.file("")), ReportLanguage::zh)));
  const std::string fonts = output_of("pdffonts '" + folder.file("r.pdf").string() + "' | tail -n +3");
  EXPECT_FALSE(fonts.empty());
  EXPECT_FALSE(has(fonts, " no ")) << fonts;
}

TEST(PdfReport, IsTaggedAndSaysItsLanguageAndWhatItsFiguresShow) {
  if (!has_poppler()) GTEST_SKIP() << "poppler's tools are not installed";
  const PictureFolder folder;
  replace_file(folder.file("r.pdf"),
               pdf_of(build_report(test::case_sample(folder.file("")), ReportLanguage::zh)));
  const std::string name = "'" + folder.file("r.pdf").string() + "'";
  EXPECT_NE(output_of("pdfinfo " + name).find("Tagged:          yes"), std::string::npos);
  const std::string structure = output_of("pdfinfo -struct " + name + " 2>&1");
  for (const char* part : {"H1", "H2", "Table", "TR", "TH", "TD", "Figure", "Caption", "LBody"})
    EXPECT_TRUE(has(structure, part)) << part;
  EXPECT_FALSE(has(structure, "Error") || has(structure, "Warning")) << structure.substr(0, 400);
  const std::string bytes = output_of("cat " + name);
  EXPECT_TRUE(has(bytes, "/Lang (zh-CN)"));
  EXPECT_TRUE(has(bytes, "/Alt <FEFF5DE6")) << "左";
}

TEST(PdfReport, ShowsTheCodeOfACharacterThatNoFontHas) {
  if (!has_poppler()) GTEST_SKIP() << "poppler's tools are not installed";
  const PictureFolder folder;
  Report report;
  report.sections.push_back({"a", 1, {Paragraph{"x\xF0\x9F\xAB\xA9y \xF3\xB0\x80\x81"}}, false});
  const std::string text = text_of(report, folder);
  EXPECT_TRUE(has(text, "U+1FAE9") || has(text, "\xF0\x9F\xAB\xA9")) << text;
}

TEST(PdfReport, SurvivesWhatStrangersSaid) {
  const PictureFolder folder;
  const Report report = build_report(test::hostile_case(folder.file("")), ReportLanguage::en);
  const std::vector<Page> pages = lay_out(report, TextSetter(ReportLanguage::en));
  EXPECT_LT(pages.size(), 60U);
  EXPECT_GT(pdf_of(report).size(), 10'000U);
}

TEST(PdfReport, IsMadeOfAnEmptyReportToo) {
  EXPECT_GT(pdf_of(Report{}).size(), 500U);
  EXPECT_GT(pdf_of(build_report(CaseFile{}, ReportLanguage::zh)).size(), 500U);
}

/// Where everything on a page lies.
struct Bounds {
  double left = 1e9;
  double right = 0;
  double bottom = 0;
};

Bounds bounds_of(const Page& page) {
  Bounds bounds;
  for (const Placed& placed : page.placed) {
    if (const auto* line = std::get_if<PlacedLine>(&placed)) {
      bounds.left = std::min(bounds.left, line->x);
      bounds.bottom = std::max(bounds.bottom, line->y + line->text.line_height());
    } else if (const auto* box = std::get_if<PlacedBox>(&placed)) {
      bounds.right = std::max(bounds.right, box->x + box->width);
      bounds.bottom = std::max(bounds.bottom, box->y + box->height);
    } else if (const auto* picture = std::get_if<PlacedPicture>(&placed)) {
      bounds.right = std::max(bounds.right, picture->x + picture->width);
      bounds.bottom = std::max(bounds.bottom, picture->y + picture->height);
    }
  }
  return bounds;
}

TEST(PdfReport, KeepsEverythingWithinItsMargins) {
  const PictureFolder folder;
  for (const CaseFile& file : {test::case_sample(folder.file("")), test::hostile_case(folder.file(""))}) {
    for (const ReportLanguage language : {ReportLanguage::en, ReportLanguage::zh}) {
      for (const Page& page : lay_out(build_report(file, language), TextSetter(language))) {
        const Bounds bounds = bounds_of(page);
        EXPECT_GE(bounds.left, kMargin - 1);
        EXPECT_LE(bounds.right, kPageWidth - kMargin + 1);
        EXPECT_LE(bounds.bottom, kBodyBottom + 12);
      }
    }
  }
}

TEST(PdfReport, RepeatsATablesHeadOnEachPage) {
  Report report;
  Table table{{{"Head"}, {"Other"}}, {}};
  for (int i = 0; i < 200; ++i) table.rows.push_back({std::to_string(i), "x"});
  table.rows.push_back({"long", std::string(8'000, 'W')});
  report.sections.push_back({"s", 1, {table}, false});
  const auto pages = lay_out(report, TextSetter(ReportLanguage::en));
  ASSERT_GT(pages.size(), 5U);
  for (const Page& page : pages) {
    const bool has_head = std::any_of(page.placed.begin(), page.placed.end(), [](const Placed& placed) {
      const auto* line = std::get_if<PlacedLine>(&placed);
      return line != nullptr && line->text.style().face == FontFace::bold;
    });
    EXPECT_TRUE(has_head);
  }
}

}  // namespace
}  // namespace reelprint::evidence
