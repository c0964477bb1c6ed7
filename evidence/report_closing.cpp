// What the score means, what is open, how it was made, who did what, what is enclosed, and the words used.
#include <algorithm>

#include "evidence/record_names.h"
#include "evidence/report_builder.h"
#include "evidence/report_names.h"
#include "evidence/visible_text.h"

namespace reelprint::evidence {
namespace {

constexpr std::size_t kMostEntries = 400;
constexpr std::size_t kMostFiles = 600;

std::string without_zone(std::string time) {
  if (time.ends_with(" UTC")) time.resize(time.size() - 4);
  return time;
}

void note_left_out(Section& section, std::size_t all, std::size_t most, const Wording& wording) {
  if (all <= most) return;
  section.blocks.emplace_back(
      Paragraph{wording.say(Phrase::left_out, {std::to_string(all - most)}), ParagraphKind::note});
}

/// The figures are those of index/score.h.
Section score_chapter(const CaseFile& case_file, const Wording& wording) {
  Section section{wording.say(Phrase::ch_score), 1, {}, false};
  for (const Phrase phrase : {Phrase::score_1, Phrase::score_2, Phrase::score_3})
    section.blocks.emplace_back(Paragraph{wording.say(phrase)});
  Table table{{{wording.say(Phrase::col_score), 1}, {wording.say(Phrase::col_expected), 3}}, {}};
  table.rows.push_back({"0.50", wording.chance(-3)});
  table.rows.push_back({"0.90", wording.chance(-6)});
  table.rows.push_back({"0.99", wording.chance(-9.30103)});
  if (const MatchFacts* strongest = strongest_of(case_file)) {
    table.rows.push_back(
        {wording.say(Phrase::col_this_case) + ": " +
             Wording::decimal(std::min(strongest->match.score, strongest->match.score < 1 ? 0.99 : 1.0), 2),
         wording.chance(strongest->match.log10_false_alarms)});
  }
  section.blocks.emplace_back(std::move(table));
  section.blocks.emplace_back(Paragraph{wording.say(Phrase::benchmark_title), ParagraphKind::lead});
  section.blocks.emplace_back(Paragraph{case_file.benchmark.is_empty() ? wording.say(Phrase::no_benchmark)
                                                                       : wording.say(case_file.benchmark)});
  return section;
}

Section open_chapter(const CaseFile& case_file, const Wording& wording) {
  Section section{wording.say(Phrase::ch_open), 1, {Paragraph{wording.say(Phrase::open_intro)}}, false};
  for (std::string& text : open_questions(case_file, wording))
    section.blocks.emplace_back(Paragraph{std::move(text), ParagraphKind::item});
  return section;
}

Section method_chapter(const CaseFile& case_file, const Wording& wording) {
  Section section{wording.say(Phrase::ch_method), 1, {}, false};
  Facts facts;
  const auto add = [&](std::string label, const std::string& value, bool is_code = false) {
    facts.facts.push_back(
        {std::move(label), value.empty() ? wording.say(Phrase::not_recorded) : value, is_code});
  };
  add(wording.say(Phrase::tool_version), case_file.tool_version);
  add(wording.say(Phrase::algorithms), case_file.algorithms, !case_file.algorithms.empty());
  add(wording.say(Phrase::clock_source), wording.say(case_file.clock_source));
  add(wording.say(Phrase::made_at), wording.time(case_file.made_at));
  add(wording.say(Phrase::time_stamp_label), wording.say(case_file.time_stamp));
  add(wording.say(Phrase::made_by), name_of_actor(case_file.made_by, wording.language()));
  for (const auto& [name, value] : case_file.settings)
    add(wording.say(Phrase::setting, {visible_line(wording.say(name), 200)}), wording.say(value));
  section.blocks.emplace_back(std::move(facts));
  section.blocks.emplace_back(Paragraph{wording.say(Phrase::method_1), ParagraphKind::note});
  section.blocks.emplace_back(Paragraph{wording.say(Phrase::method_2), ParagraphKind::note});
  return section;
}

Section history_of(const CaseFile& case_file, const Wording& wording) {
  Section section{wording.say(Phrase::history_title), 2, {}, false};
  if (case_file.history.empty()) {
    section.blocks.emplace_back(Paragraph{wording.say(Phrase::no_history)});
    return section;
  }
  Table table{{{wording.say(Phrase::col_time_utc), 1.4},
               {wording.say(Phrase::col_actor), 1.2},
               {wording.say(Phrase::col_what), 1},
               {wording.say(Phrase::col_detail), 3.4}},
              {}};
  for (std::size_t i = 0; i < std::min(case_file.history.size(), kMostEntries); ++i) {
    const CaseEvent& event = case_file.history[i];
    table.rows.push_back({without_zone(wording.time(event.at)),
                          name_of_actor(event.actor, wording.language()),
                          name_of_event(event.what, wording.language()), told_of(event, wording)});
  }
  section.blocks.emplace_back(std::move(table));
  note_left_out(section, case_file.history.size(), kMostEntries, wording);
  return section;
}

Section custody_of(const CaseFile& case_file, const Wording& wording) {
  Section section{wording.say(Phrase::custody_title), 2, {}, false};
  if (case_file.custody.empty()) {
    section.blocks.emplace_back(Paragraph{wording.say(Phrase::no_custody)});
    return section;
  }
  section.blocks.emplace_back(Paragraph{wording.say(Phrase::custody_intro), ParagraphKind::note});
  Table table{{{wording.say(Phrase::col_entry), 0.7, ColumnKind::number},
               {wording.say(Phrase::col_time_utc), 1.9},
               {wording.say(Phrase::col_actor), 1.3},
               {wording.say(Phrase::col_what), 1.6},
               {wording.say(Phrase::col_object), 1.3},
               {wording.say(Phrase::col_chain), 1.5, ColumnKind::code}},
              {}};
  for (std::size_t i = 0; i < std::min(case_file.custody.size(), kMostEntries); ++i) {
    const CustodyEntry& entry = case_file.custody[i];
    const ReportLanguage language = wording.language();
    table.rows.push_back({std::to_string(entry.id), without_zone(wording.time(entry.at)),
                          name_of_actor(entry.actor, language), name_of_action(entry.action, language),
                          name_of_object(entry.object, language), to_hex(entry.digest).substr(0, 16) + "…"});
  }
  section.blocks.emplace_back(std::move(table));
  note_left_out(section, case_file.custody.size(), kMostEntries, wording);
  return section;
}

Section files_chapter(const CaseFile& case_file, const Wording& wording) {
  Section section{wording.say(Phrase::ch_files), 1, {}, false};
  if (case_file.attachments.empty()) {
    section.blocks.emplace_back(Paragraph{wording.say(Phrase::no_files)});
    return section;
  }
  Table table{{{wording.say(Phrase::col_file), 2.4, ColumnKind::code},
               {wording.say(Phrase::col_content), 2.6},
               {wording.say(Phrase::col_type), 1.4, ColumnKind::code}},
              {}};
  for (std::size_t i = 0; i < std::min(case_file.attachments.size(), kMostFiles); ++i) {
    const CaseAttachment& file = case_file.attachments[i];
    table.rows.push_back({file.name, wording.say(file.what), file.media_type});
  }
  section.blocks.emplace_back(std::move(table));
  note_left_out(section, case_file.attachments.size(), kMostFiles, wording);
  return section;
}

Section words_chapter(const Wording& wording) {
  Section section{wording.say(Phrase::ch_words), 1, {}, false};
  Facts facts;
  const auto explain = [&](Phrase word, Phrase meaning) {
    facts.facts.push_back({wording.say(word), wording.say(meaning), false});
  };
  explain(Phrase::word_upload, Phrase::word_upload_is);
  explain(Phrase::word_work, Phrase::word_work_is);
  explain(Phrase::word_match, Phrase::word_match_is);
  explain(Phrase::word_digest, Phrase::word_digest_is);
  explain(Phrase::word_warc, Phrase::word_warc_is);
  explain(Phrase::word_utc, Phrase::word_utc_is);
  section.blocks.emplace_back(std::move(facts));
  return section;
}

}  // namespace

std::vector<Section> closing_of(const CaseFile& case_file, const Wording& wording) {
  std::vector<Section> sections;
  sections.push_back(score_chapter(case_file, wording));
  sections.push_back(open_chapter(case_file, wording));
  sections.push_back(method_chapter(case_file, wording));
  sections.push_back({wording.say(Phrase::ch_custody), 1, {}, false});
  sections.push_back(history_of(case_file, wording));
  sections.push_back(custody_of(case_file, wording));
  sections.push_back(files_chapter(case_file, wording));
  sections.push_back(words_chapter(wording));
  return sections;
}

}  // namespace reelprint::evidence
