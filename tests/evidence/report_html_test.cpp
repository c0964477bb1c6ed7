#include "evidence/report_html.h"

#include <gtest/gtest.h>

#include "case_sample.h"
#include "evidence/report_builder.h"
#include "samples.h"

namespace reelprint::evidence {
namespace {

using test::PictureFolder;

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(HtmlReport, IsOneFileThatLoadsAndRunsNothing) {
  const PictureFolder folder;
  const std::string html = html_of(build_report(test::case_sample(folder.file("")), ReportLanguage::zh));
  EXPECT_TRUE(html.starts_with("<!DOCTYPE html>\n<html lang=\"zh-CN\">"));
  EXPECT_TRUE(has(html, "default-src 'none'; img-src data:;"));
  EXPECT_TRUE(has(html, "src=\"data:image/png;base64,iVBORw0KGgo"));
  EXPECT_FALSE(has(html, "<script"));
  EXPECT_FALSE(has(html, "href="));
  EXPECT_FALSE(has(html, "src=\"http"));
}

TEST(HtmlReport, EscapesWhatStrangersSaid) {
  const PictureFolder folder;
  const std::string html = html_of(build_report(test::hostile_case(folder.file("")), ReportLanguage::en));
  EXPECT_FALSE(has(html, "<script"));
  EXPECT_FALSE(has(html, "<img src=x"));
  EXPECT_FALSE(has(html, "\u202E"));
  EXPECT_FALSE(has(html, "\x1b"));
  EXPECT_TRUE(has(html, "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&gt;"));
  EXPECT_TRUE(has(html, "⟨U+202E⟩"));
}

TEST(HtmlReport, EscapesEveryTextOfTheModel) {
  const std::string bad = "<b>\"'&";
  Report report;
  report.title = report.subtitle = report.running_head = report.made_line = report.tool_line = bad;
  Section section{bad, 2, {}, false};
  for (const ParagraphKind kind : {ParagraphKind::plain, ParagraphKind::lead, ParagraphKind::item,
                                   ParagraphKind::note, ParagraphKind::code})
    section.blocks.emplace_back(Paragraph{bad, kind});
  section.blocks.emplace_back(Facts{{{bad, bad, false}, {bad, bad, true}}});
  section.blocks.emplace_back(Table{{{bad}, {bad, 1, ColumnKind::code}}, {{bad, bad}}});
  section.blocks.emplace_back(Tiles{{{bad, bad}}});
  section.blocks.emplace_back(Box{bad, {bad}, true});
  report.sections.push_back(section);
  const std::string html = html_of(report);
  EXPECT_FALSE(has(html, "<b>\""));
  EXPECT_FALSE(has(html, "\"'&"));
}

TEST(HtmlReport, PutsBulletsIntoOneList) {
  Report report;
  report.sections.push_back(
      {"s",
       1,
       {Paragraph{"a", ParagraphKind::item}, Paragraph{"b", ParagraphKind::item}, Paragraph{"c"}},
       false});
  EXPECT_TRUE(has(html_of(report), "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<p>c</p>"));
}

}  // namespace
}  // namespace reelprint::evidence
