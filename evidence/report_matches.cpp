// What matches: segments, figures, frames side by side, and the rules that were gone through.
#include <algorithm>

#include "evidence/report_builder.h"
#include "evidence/report_names.h"
#include "evidence/visible_text.h"

namespace reelprint::evidence {
namespace {

constexpr std::size_t kMostPictures = 120;  ///< of a whole report
constexpr std::size_t kMostPairs = 12;      ///< of a table
constexpr std::size_t kMostDetailed = 60;   ///< segments of a report that get a section each

std::string score_text(const Match& match) {
  return Wording::decimal(std::min(match.score, match.score < 1 ? 0.99 : 1.0), 2);
}

Table segments_table(const UploadFacts& upload, const Wording& wording) {
  Table table{{{wording.say(Phrase::col_segment), 0.6, ColumnKind::number},
               {wording.say(Phrase::col_work), 2.6},
               {wording.say(Phrase::col_upload_span), 1.7},
               {wording.say(Phrase::col_work_span), 1.7},
               {wording.say(Phrase::col_length), 1.4},
               {wording.say(Phrase::col_score), 0.7, ColumnKind::number},
               {wording.say(Phrase::col_chance), 1.5}},
              {}};
  for (std::size_t i = 0; i < upload.matches.size(); ++i) {
    const Match& match = upload.matches[i].match;
    table.rows.push_back({std::to_string(i + 1), name_of(upload.matches[i].work, wording),
                          Wording::span(match.query_span), Wording::span(match.reference_span),
                          wording.length(match.query_span.length()), score_text(match),
                          wording.chance_figure(match.log10_false_alarms)});
  }
  return table;
}

std::string speed_text(double speed, const Wording& wording) {
  const std::string factor = Wording::decimal(speed, 3);
  return factor == "1.000" ? wording.say(Phrase::speed_same) : wording.say(Phrase::speed_changed, {factor});
}

std::string sound_text(const MatchFacts& facts, const Wording& wording) {
  std::string text = facts.match.sound_agreement
                         ? wording.say(Phrase::sound_value, {Wording::share(*facts.match.sound_agreement)})
                         : wording.say(Phrase::sound_not_compared);
  for (const Sentence& sentence : facts.sound) text += "\n" + visible_line(wording.say(sentence));
  return text;
}

Facts figures_of(const MatchFacts& facts, const Wording& wording) {
  const Match& match = facts.match;
  Facts list;
  const auto add = [&](Phrase label, const std::string& value) {
    list.facts.push_back({wording.say(label), value, false});
  };
  add(Phrase::col_upload_span, Wording::span(match.query_span));
  add(Phrase::col_work_span, Wording::span(match.reference_span));
  add(Phrase::length, wording.length(match.query_span.length()));
  add(Phrase::score,
      wording.say(Phrase::score_value, {score_text(match), wording.chance(match.log10_false_alarms)}));
  add(Phrase::found_by, wording.say(phrase_of(match.found_by)));
  if (match.compared > 0)
    add(Phrase::agreeing,
        wording.say(Phrase::agreeing_of, {Wording::count(match.agreeing), Wording::count(match.compared)}));
  add(Phrase::distinctive, wording.say(Phrase::distinctive_value, {wording.length(match.distinctive)}));
  add(Phrase::speed, speed_text(match.speed, wording));
  add(Phrase::mirrored, wording.say(match.mirrored ? Phrase::mirrored_yes : Phrase::no));
  if (match.moment_agreement)
    add(Phrase::moment, wording.say(Phrase::moment_value, {Wording::decimal(*match.moment_agreement, 2),
                                                           Wording::count(match.moment_pictures)}));
  add(Phrase::sound, sound_text(facts, wording));
  if (match.negative.count() > 0)
    add(Phrase::negative, wording.say(Phrase::negative_value, {wording.length(match.negative)}));
  if (!match.names_episode) add(Phrase::names_not, wording.say(Phrase::names_not_value));
  return list;
}

Table pairs_table(const Match& match, const Wording& wording) {
  Table table{{{wording.say(Phrase::col_upload_at), 1},
               {wording.say(Phrase::col_work_at), 1},
               {wording.say(Phrase::col_difference), 1, ColumnKind::number},
               {wording.say(Phrase::col_places), 1, ColumnKind::number}},
              {}};
  const std::size_t step = (match.pairs.size() + kMostPairs - 1) / kMostPairs;
  for (std::size_t i = 0; i < match.pairs.size(); i += std::max<std::size_t>(step, 1)) {
    const AlignedPair& pair = match.pairs[i];
    table.rows.push_back({Wording::position(pair.query), Wording::position(pair.reference),
                          pair.inliers > 0 ? "–" : std::to_string(pair.distance),
                          pair.inliers > 0 ? Wording::count(pair.inliers) : "–"});
  }
  return table;
}

void add_pictures(Section& section, const MatchFacts& facts, const Wording& wording, std::size_t& room) {
  const auto add = [&](const CaseAttachment& attachment, std::string caption) {
    if (room == 0) return;
    --room;
    section.blocks.emplace_back(Picture{attachment.file, std::move(caption)});
  };
  if (!facts.pairs.empty())
    section.blocks.emplace_back(Paragraph{wording.say(Phrase::pairs_title), ParagraphKind::lead});
  for (const FramePair& pair : facts.pairs) {
    add(pair.picture,
        wording.say(Phrase::pair_caption, {Wording::position(pair.query), Wording::position(pair.reference),
                                           Wording::decimal(pair.agreement, 2)}));
  }
  if (facts.time_plot) add(*facts.time_plot, wording.say(Phrase::plot_caption));
  if (facts.coverage) add(*facts.coverage, wording.say(Phrase::coverage_caption));
}

Section segment_of(const MatchFacts& facts, std::string title, const Wording& wording, std::size_t& room) {
  Section section{std::move(title), 3, {figures_of(facts, wording)}, false};
  for (const Sentence& sentence : facts.not_established)
    section.blocks.emplace_back(Paragraph{visible_line(recorded(sentence, wording)), ParagraphKind::item});
  add_pictures(section, facts, wording, room);
  if (!facts.match.pairs.empty()) {
    section.blocks.emplace_back(Paragraph{wording.say(Phrase::pair_times), ParagraphKind::lead});
    section.blocks.emplace_back(pairs_table(facts.match, wording));
  }
  return section;
}

/// What was kept in words only is quoted.
std::string text_of(const RuleStep& step, const Wording& wording) {
  const bool is_words = step.sentence.is_verbatim();
  if (!is_words) return wording.say(step.sentence);
  return wording.language() == ReportLanguage::en ? step.text
                                                  : wording.say(Phrase::words_recorded, {step.text});
}

Section rules_of(const UploadFacts& upload, const std::string& number, const Wording& wording) {
  Section section{wording.say(Phrase::rules_title, {number}), 3, {}, false};
  const HolderRuling& ruling = upload.ruling;
  if (ruling.steps.empty()) {
    section.blocks.emplace_back(Paragraph{wording.say(Phrase::no_rules)});
    return section;
  }
  section.blocks.emplace_back(
      Paragraph{wording.say(Phrase::rules_intro, {wording.say(phrase_of(ruling.decision)),
                                                  wording.say(phrase_of(ruling.action))})});
  Table table{{{wording.say(Phrase::col_kind), 1},
               {wording.say(Phrase::col_applies), 0.7},
               {wording.say(Phrase::col_text), 5}},
              {}};
  for (const RuleStep& step : ruling.steps) {
    table.rows.push_back({wording.say(phrase_of(step.kind)),
                          wording.say(step.applies ? Phrase::yes : Phrase::no), text_of(step, wording)});
  }
  section.blocks.emplace_back(std::move(table));
  return section;
}

}  // namespace

std::vector<Section> matches_of(const CaseFile& case_file, const Wording& wording) {
  std::vector<Section> sections;
  if (case_file.uploads.empty()) return sections;
  sections.push_back(
      {wording.say(Phrase::ch_match), 1, {Paragraph{wording.say(Phrase::match_intro)}}, false});
  std::size_t room = kMostPictures;
  std::size_t detailed = 0;
  std::size_t left_out = 0;
  for (std::size_t u = 0; u < case_file.uploads.size(); ++u) {
    const UploadFacts& upload = case_file.uploads[u];
    const std::string number = std::to_string(u + 1);
    Section segments{wording.say(Phrase::segments_of, {number}), 2, {}, false};
    if (upload.matches.empty())
      segments.blocks.emplace_back(Paragraph{wording.say(Phrase::no_matches)});
    else
      segments.blocks.emplace_back(segments_table(upload, wording));
    sections.push_back(std::move(segments));
    for (std::size_t m = 0; m < upload.matches.size(); ++m) {
      if (detailed == kMostDetailed) {
        left_out += upload.matches.size() - m;
        break;
      }
      ++detailed;
      std::string title = wording.say(Phrase::upload_segment_n, {number, std::to_string(m + 1),
                                                                 name_of(upload.matches[m].work, wording)});
      sections.push_back(segment_of(upload.matches[m], std::move(title), wording, room));
    }
    sections.push_back(rules_of(upload, number, wording));
  }
  if (left_out > 0)
    sections.back().blocks.emplace_back(
        Paragraph{wording.say(Phrase::left_out, {std::to_string(left_out)}), ParagraphKind::note});
  return sections;
}

}  // namespace reelprint::evidence
