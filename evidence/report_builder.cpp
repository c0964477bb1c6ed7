#include "evidence/report_builder.h"

#include <iterator>
#include <utility>

#include "evidence/report_names.h"
#include "evidence/visible_text.h"

namespace reelprint::evidence {
namespace {

void append(std::vector<Section>& sections, std::vector<Section> more) {
  sections.insert(sections.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

/// What is printed of one text: whole it is in the bundle.
constexpr std::size_t kLongestValue = 1'200;
constexpr std::size_t kLongestParagraph = 4'000;

void shorten(Block& block) {
  if (auto* facts = std::get_if<Facts>(&block)) {
    for (Fact& fact : facts->facts) {
      fact.label = visible_line(fact.label, 120);
      fact.value = visible_text(fact.value, kLongestValue);
    }
  } else if (auto* table = std::get_if<Table>(&block)) {
    for (auto& row : table->rows) {
      for (std::string& text : row) text = visible_text(text, kLongestValue);
    }
  } else if (auto* paragraph = std::get_if<Paragraph>(&block)) {
    paragraph->text = visible_text(paragraph->text, kLongestParagraph);
  }
}

}  // namespace

Report build_report(const CaseFile& case_file, ReportLanguage language) {
  const Wording wording(language);
  const std::string number = std::to_string(case_file.legal_case.id.value);
  const std::string made = wording.time(case_file.made_at);
  const std::string platform = platform_of(case_file.legal_case, wording);
  Report report;
  report.language = language;
  report.made_at = case_file.made_at;
  report.title = wording.say(Phrase::title);
  report.subtitle = wording.say(Phrase::subtitle, {number, platform});
  report.author = case_file.made_by;
  report.running_head = wording.say(Phrase::running_head, {number, wording.say(Phrase::title)});
  report.made_line = wording.say(Phrase::made_line, {made});
  report.page_line = wording.say(Phrase::page_line);
  report.tool_line = visible_line(case_file.tool_version, 60);
  report.sections.push_back(summary_of(case_file, wording));
  append(report.sections, works_of(case_file, wording));
  append(report.sections, sightings_of(case_file, wording));
  append(report.sections, matches_of(case_file, wording));
  append(report.sections, closing_of(case_file, wording));
  for (Section& section : report.sections) {
    for (Block& block : section.blocks) shorten(block);
  }
  return report;
}

}  // namespace reelprint::evidence
