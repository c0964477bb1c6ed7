// A Chinese report of everything that can be in one has no English sentence in it.
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <set>
#include <string>

#include "case_sample.h"
#include "evidence/report_builder.h"
#include "evidence/report_html.h"
#include "samples.h"

namespace reelprint::evidence {
namespace {

using enum SentenceCode;

constexpr std::size_t kLongestCode = 3;  ///< ASCII letters in a row that need no allowance: "kim", "UTC"

RuleStep step(StepKind kind, const Sentence& sentence) {
  return {kind, 1, true, to_text(sentence), sentence};
}

/// One step of every sentence that rulings have.
std::vector<RuleStep> all_steps() {
  const Sentence work(SentenceCode::work, {"灯誓", Sentence(episode, {3})});
  const Sentence other(SentenceCode::work, {"灯誓", Sentence(season_episode, {2, 3})});
  const Sentence by(list, {Sentence(uploader_account, {"甲"}), Sentence(uploader_channel, {"乙"}),
                           Sentence(uploader_url, {"丙"})});
  const Sentence some(and_more, {Sentence(list, {"DE", "AT"}), 4});
  const Sentence terms(SentenceCode::licence, {1, "合同"});
  const Sentence own(SentenceCode::ownership, {1, "灯影", all_series});
  const Sentence rule(SentenceCode::policy, {1, "甲"});
  const Sentence asked(policy_rule,
                       {action_block, Sentence(policy_from, {Sentence(SentenceCode::seconds, {"3"})}),
                        policy_by_picture_and_sound});
  const Sentence seen(list, {Sentence(share_of_upload, {"1"}), Sentence(share_of_reference, {"1"}),
                             Sentence(SentenceCode::score, {"1"})});
  std::vector<RuleStep> steps;
  const auto add = [&](StepKind kind, const Sentence& sentence) { steps.push_back(step(kind, sentence)); };
  add(StepKind::excluded, {excluded_all, {work, 1}});
  add(StepKind::excluded, {excluded_part, {work, 1, 2, 3}});
  add(StepKind::quarantine, {quarantined, {work, 1}});
  add(StepKind::allow, {allow_lets, {1, allow_url_pattern, "甲", "乙", Sentence(allow_because, {"丙"})}});
  add(StepKind::allow, {allow_names_not, {"甲", uploader_nobody}});
  for (const SentenceCode code :
       {licences_more, licence_other_work, licence_other_uploader, licence_other_place, licence_open_place,
        licence_lets, licence_lets_in, term_begins, term_revoked, term_ended})
    add(StepKind::licence, {code, {terms, by, work, some}});
  for (const SentenceCode code : {ownership_other_place, ownership_open_place, ownership_reaches})
    add(StepKind::ownership, {code, {own, everywhere, "2026"}});
  for (const SentenceCode why : {why_below_review, why_sound_alone, why_short_shared, why_shared,
                                 why_few_distinctive, why_unconfirmed, why_between, why_flagged})
    add(StepKind::evidence,
        {evidence_finding,
         {Sentence(evidence_pictures, {other, 1, 2, 3, 4, 5, 6, Sentence(evidence_negative, {1}),
                                       Sentence(evidence_with_sound, {1})}),
          decision_needs_review, why}});
  add(StepKind::evidence,
      {evidence_finding, {Sentence(evidence_sound, {work, 1, 2, 3}), decision_infringing, why_between}});
  for (const SentenceCode reason :
       {reason_licensed_use, reason_quotation, reason_not_the_work, reason_shared_material, reason_own_upload,
        reason_withdrawn, reason_other})
    add(StepKind::dismissal, {dismissed_before, {1, work, reason}});
  for (const SentenceCode code :
       {policy_off, policy_place_unsaid, policy_other_place, policy_gives_way, policy_none})
    add(StepKind::policy, {code, {rule, some, "FR"}});
  for (const SentenceCode code : {policy_asks, policy_asks_not})
    add(StepKind::policy, {code, {rule, asked, seen}});
  add(StepKind::policy, {policy_doubt, {action_monetize, action_track}});
  return steps;
}

std::vector<Sentence> all_open_questions() {
  return {open_moment,
          open_episode,
          open_sound,
          Sentence(open_print, {1}),
          Sentence(open_capture, {1, "?"}),
          Sentence(open_screenshot, {1, screenshot_no_browser}),
          Sentence(open_capture_file, {Sentence(file_capture, {1})}),
          Sentence(open_media_left_out, {1}),
          Sentence(open_media_gone, {1}),
          Sentence(open_frames, {frames_print}),
          Sentence(open_frames, {Sentence(frames_file_gone, {Sentence(numbered_work, {"灯誓", 3, 1})})})};
}

std::vector<CaseEvent> all_events() {
  const char* const entries[][2] = {
      {"state", R"({"from":null,"to":"open"})"},
      {"state", R"({"from":"open","to":"confirmed","reason":"infringing_copy","remark":"看过了"})"},
      {"state", R"({"from":"noticed","to":"closed","reason":"duplicate","remark":"merged into case 4"})"},
      {"proposal", R"({"from":"open","to":"confirmed","reason":"infringing_part"})"},
      {"proposal", R"({"to":null})"},
      {"assignee", R"({"from":"","to":"kim"})"},
      {"assignee", R"({"from":"kim","to":""})"},
      {"comment", R"({"text":"请核对"})"},
      {"decision", R"({"decision":3,"screening":7,"url":"https://a.example/1"})"},
      {"decision", R"({"released":3,"why":"it came out licensed"})"},
      {"decision", R"({"released":3,"why":"case 9 was dismissed: not_the_work"})"},
      {"decision", R"({"released":3,"why":"dispute 2 was upheld: 有合同"})"},
      {"sighting", R"({"sighting":5})"},
      {"sighting",
       R"({"sighting":5,"reupload_of":[{"sighting":3,"same":"file"},{"sighting":4,"same":"account"}]})"},
      {"retraction", R"({"due":true})"},
      {"retraction", R"({"due":false})"},
      {"merge", R"({"into":4})"},
      {"merge", R"({"from":4})"},
      {"notice", R"({"notice":2,"state":"acknowledged"})"},
      {"dispute", R"({"dispute":2,"decision":3,"state":"upheld"})"},
      {"export", R"({"made_at":"2026-11-20T09:30:00Z","clock":"system clock","with_media":true})"},
      {"access", R"({"what":"bundle of export 2, SHA-256 00ff"})"},
      {"check", R"({"sighting":5,"is_up":false,"why":"the media answered 404"})"},
  };
  std::vector<CaseEvent> events;
  for (const auto& [what, detail] : entries)
    events.push_back({1, CaseId{1}, WallTime{}, "crawler", what, detail});
  return events;
}

CaseFile full_case(const std::filesystem::path& folder) {
  CaseFile file = test::case_sample(folder);
  file.not_established = all_open_questions();
  file.history = all_events();
  file.clock_source = {clock_synchronised, {"2.0"}};
  file.benchmark = benchmark;
  file.time_stamp = {stamp_missing, {stamp_unconfigured}};
  file.settings = {{set_least_score, "0.5"},  {set_least_distinctive, "3"}, {set_least_moment, "0.4"},
                   {set_review_score, "0.5"}, {set_flag_score, "0.9"},      {set_sound, sound_not_compared}};
  for (CustodyEntry& entry : file.custody) {
    entry.action = "case.export";
    entry.object = "case 17";
  }
  const Sentence whats[] = {Sentence(file_upload_print, {1}),
                            Sentence(file_reference_print, {1}),
                            Sentence(file_media, {1}),
                            Sentence(file_capture, {"2026"}),
                            Sentence(file_screenshot, {"2026"}),
                            file_pair,
                            file_upload_frame,
                            file_work_frame,
                            file_plot,
                            file_coverage};
  file.attachments.clear();
  for (const Sentence& what : whats) file.attachments.push_back({"a", "a", "a/b", what});
  for (UploadFacts& upload : file.uploads) {
    upload.ruling.steps = all_steps();
    upload.checks = {
        Sentence(check_down_why, {"2026", Sentence(list, {Sentence(check_media_answered, {404}),
                                                          Sentence(check_page_no_video, {200})})}),
        Sentence(check_up_why,
                 {"2026", Sentence(check_says_nothing, {Sentence(check_media_no_video, {200, "html"})})})};
    for (MatchFacts& match : upload.matches) {
      match.not_established = {open_moment, open_episode, open_sound};
      match.sound.clear();
    }
  }
  return file;
}

/// Words of ASCII letters, each once.
std::set<std::string> words_of(const std::string& text) {
  std::set<std::string> words;
  std::string word;
  for (const char c : text + " ") {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
      word += c;
      continue;
    }
    if (word.size() > kLongestCode) words.insert(word);
    word.clear();
  }
  return words;
}

/// What sentences are made of: no digests, addresses, names of files and headers as they were received.
std::string prose_of(const Report& report) {
  std::string prose;
  const auto add = [&](const std::string& text) { prose += text + "\n"; };
  for (const Section& section : report.sections) {
    add(section.title);
    for (const Block& block : section.blocks) {
      if (const auto* paragraph = std::get_if<Paragraph>(&block)) {
        if (paragraph->kind != ParagraphKind::code) add(paragraph->text);
      } else if (const auto* facts = std::get_if<Facts>(&block)) {
        for (const Fact& fact : facts->facts) add(fact.label + (fact.is_code ? "" : "\n" + fact.value));
      } else if (const auto* table = std::get_if<Table>(&block)) {
        for (const Column& column : table->columns) add(column.head);
        for (const auto& row : table->rows)
          for (std::size_t i = 0; i < row.size(); ++i)
            if (table->columns[i].kind != ColumnKind::code) add(row[i]);
      } else if (const auto* box = std::get_if<Box>(&block)) {
        add(box->title);
        for (const std::string& text : box->texts) add(text);
      } else if (const auto* tiles = std::get_if<Tiles>(&block)) {
        for (const Tile& tile : tiles->tiles) add(tile.figure + "\n" + tile.label);
      } else if (const auto* picture = std::get_if<Picture>(&block)) {
        add(picture->caption);
      }
    }
  }
  return prose;
}

TEST(ReportLanguage, OfAChineseReportIsChineseInEverySentence) {
  const test::PictureFolder folder;
  std::set<std::string> allowed = {
      // names of standards, formats and files
      "Hans", "EIDR", "ISAN", "WARC", "HTTP", "HTML", "docs", "benchmarks", "timestamp", "html", "report",
      // of the program
      "reelprint"};
  const Report report = build_report(full_case(folder.file("")), ReportLanguage::zh);
  std::set<std::string> of_the_case;
  const CaseFile file = full_case(folder.file(""));
  for (const UploadFacts& upload : file.uploads) {
    for (const std::string& text : {upload.name, upload.account, upload.channel, upload.title, upload.url})
      of_the_case.merge(words_of(text));
    if (upload.sighting) {
      const VideoMetadata& said = upload.sighting->metadata;
      for (const std::string& text : {said.title, said.description, said.uploader})
        of_the_case.merge(words_of(text));
    }
    for (const Exchange& exchange : upload.exchanges)
      for (const PeerCertificate& one : exchange.certificates) {
        of_the_case.merge(words_of(one.subject));
        of_the_case.merge(words_of(one.issuer));
      }
    for (const MatchFacts& match : upload.matches) {
      of_the_case.merge(words_of(match.work.holder + " " + match.work.series + " " + match.work.episode +
                                 " " + match.work.first_publication));
      for (const auto& [name, value] : match.work.proofs_of_right) of_the_case.merge(words_of(value));
    }
  }
  of_the_case.merge(words_of(file.legal_case.platform + " " + file.legal_case.account + " " + file.made_by));
  for (const CustodyEntry& entry : file.custody) of_the_case.merge(words_of(entry.actor));
  for (const std::string& word : words_of(prose_of(report)))
    EXPECT_TRUE(allowed.contains(word) || of_the_case.contains(word)) << word;
}

TEST(ReportLanguage, QuotesWhatAPersonWroteAndSaysSo) {
  const CaseEvent event{
      1,     CaseId{1}, WallTime{},
      "kim", "state",   R"({"from":"open","to":"dismissed","reason":"other","remark":"contract of May"})"};
  EXPECT_EQ(told_of(event, Wording(ReportLanguage::zh)),
            "由“待处理”转为“已驳回”；理由：其他；原话：“contract of May”");
  EXPECT_EQ(told_of(event, Wording(ReportLanguage::en)),
            "from “open” to “dismissed”; reason: other; in the words of who wrote it: “contract of May”");
}

TEST(ReportLanguage, ShowsAnEntryThatItDoesNotKnowAsItIs) {
  const CaseEvent event{1, CaseId{1}, WallTime{}, "kim", "new", R"({"a":1})"};
  EXPECT_EQ(told_of(event, Wording(ReportLanguage::zh)), R"({"a":1})");
  EXPECT_EQ(told_of({1, CaseId{1}, WallTime{}, "kim", "state", "{broken"}, Wording(ReportLanguage::zh)),
            "{broken");
}

TEST(ReportLanguage, QuotesARuleThatWasKeptInWordsOnly) {
  test::PictureFolder folder;
  CaseFile file = test::case_sample(folder.file(""));
  file.uploads.front().ruling.steps = {{StepKind::policy, 1, true, "old words", "old words"}};
  EXPECT_NE(prose_of(build_report(file, ReportLanguage::zh)).find("记录原文：old words"), std::string::npos);
}

}  // namespace
}  // namespace reelprint::evidence
