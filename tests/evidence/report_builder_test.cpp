#include "evidence/report_builder.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "case_sample.h"
#include "evidence/visible_text.h"
#include "samples.h"

namespace reelprint::evidence {
namespace {

using test::case_sample;
using test::hostile_case;
using test::PictureFolder;

constexpr ReportLanguage kLanguages[] = {ReportLanguage::en, ReportLanguage::zh};

/// Everything that a block says, in lines.
struct TextOf {
  std::string operator()(const Paragraph& paragraph) const { return paragraph.text + "\n"; }
  std::string operator()(const Facts& facts) const {
    std::string text;
    for (const Fact& fact : facts.facts) text += fact.label + ": " + fact.value + "\n";
    return text;
  }
  std::string operator()(const Table& table) const {
    std::string text;
    for (const auto& row : table.rows) {
      for (const std::string& cell : row) text += cell + " | ";
      text += "\n";
    }
    return text;
  }
  std::string operator()(const Picture& picture) const { return picture.caption + "\n"; }
  std::string operator()(const Tiles& tiles) const {
    std::string text;
    for (const Tile& tile : tiles.tiles) text += tile.figure + " " + tile.label + "\n";
    return text;
  }
  std::string operator()(const Box& box) const {
    std::string text = box.title + "\n";
    for (const std::string& line : box.texts) text += line + "\n";
    return text;
  }
};

std::string text_of(const Section& section) {
  std::string text = section.title + "\n";
  for (const Block& block : section.blocks) text += std::visit(TextOf(), block);
  return text;
}

std::string text_of(const Report& report) {
  std::string text;
  for (const Section& section : report.sections) text += text_of(section);
  return text;
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(ReportBuilder, TellsAJudgeOnPageOneWhatWasFoundHowSureAndWhatNot) {
  const PictureFolder folder;
  const Report report = build_report(case_sample(folder.file("")), ReportLanguage::en);
  const std::string text = text_of(report.sections.front());
  EXPECT_TRUE(has(text,
                  "A video on videos.example, uploaded by the account “drama_daily_88”, shows 41.5 seconds "
                  "(52% of its length) that are also in “灯誓 The Lantern Oath”, season 1, episode 3."));
  EXPECT_TRUE(has(text, "expected less than once in a trillion"));
  EXPECT_TRUE(has(text, "What was not established"));
  EXPECT_TRUE(has(text, "Who the person behind the account is."));
}

TEST(ReportBuilder, HasEveryFactInBothLanguages) {
  const PictureFolder folder;
  const CaseFile file = case_sample(folder.file(""));
  for (const ReportLanguage language : kLanguages) {
    const std::string text = text_of(build_report(file, language));
    for (const std::string_view fact : {"灯火影业有限公司",
                                        "（浙）网微剧审字（2025）第012号",
                                        "10.5240/7791-8534-2C23-9030-8610-5",
                                        "2026-03-14",
                                        "国作登字-2026-I-00123456",
                                        "https://videos.example/watch/9f3c2b1188d0",
                                        "1,284,311",
                                        "203.0.113.7",
                                        "CN=Example Trust CA 3",
                                        "Content-Type: video/mp4",
                                        "302",
                                        "0:04.0 – 0:34.0",
                                        "0:12.0 – 0:42.0",
                                        "0.99",
                                        "91%",
                                        "1,612 pairs",
                                        "reelprint 0.1.0",
                                        "frames 3, features 5",
                                        "synchronised by NTP",
                                        "capture.fetch",
                                        "li.na",
                                        "capture.warc.gz",
                                        "licence 5 'TV Nord'",
                                        "2026-11-18 07:21:05"})
      EXPECT_TRUE(has(text, fact)) << to_string(language) << ": " << fact;
  }
}

TEST(ReportBuilder, HasTheSameShapeInBothLanguages) {
  const PictureFolder folder;
  const CaseFile file = case_sample(folder.file(""));
  const Report english = build_report(file, ReportLanguage::en);
  const Report chinese = build_report(file, ReportLanguage::zh);
  ASSERT_EQ(english.sections.size(), chinese.sections.size());
  for (std::size_t i = 0; i < english.sections.size(); ++i) {
    EXPECT_EQ(english.sections[i].level, chinese.sections[i].level);
    ASSERT_EQ(english.sections[i].blocks.size(), chinese.sections[i].blocks.size());
    for (std::size_t b = 0; b < english.sections[i].blocks.size(); ++b)
      EXPECT_EQ(english.sections[i].blocks[b].index(), chinese.sections[i].blocks[b].index());
  }
}

TEST(ReportBuilder, SaysWhatIsMissing) {
  const PictureFolder folder;
  CaseFile file = case_sample(folder.file(""));
  UploadFacts& upload = file.uploads.front();
  upload.sighting.reset();
  upload.exchanges.clear();
  upload.matches.front().match.is_confirmed = false;
  upload.matches.front().match.names_episode = false;
  upload.matches.front().work.proofs_of_right.clear();
  file.clock_source = {};
  file.benchmark = {};
  file.custody.clear();
  const std::string text = text_of(build_report(file, ReportLanguage::en));
  for (const std::string_view sentence :
       {"At least one segment may show the same set", "which episode of the series it is from",
        "no proof of right is on record", "handed to this service as a file", "No capture of this upload",
        "nothing on its synchronisation was recorded", "the figures rest on the model alone",
        "No custody entries are on record"})
    EXPECT_TRUE(has(text, sentence)) << sentence;
}

TEST(ReportBuilder, CountsOverlappingSegmentsOnce) {
  const PictureFolder folder;
  CaseFile file = case_sample(folder.file(""));
  for (MatchFacts& facts : file.uploads.front().matches)
    facts.match.query_span = {timestamp_of(10), timestamp_of(30)};
  EXPECT_TRUE(has(text_of(build_report(file, ReportLanguage::en).sections.front()), "shows 20.0 seconds"));
}

TEST(ReportBuilder, ReportsACaseWithoutMatchesOrUploads) {
  const PictureFolder folder;
  CaseFile file = case_sample(folder.file(""));
  file.uploads.front().matches.clear();
  EXPECT_TRUE(has(text_of(build_report(file, ReportLanguage::en)), "nothing was found that matches"));
  for (const ReportLanguage language : kLanguages)
    EXPECT_GT(build_report(CaseFile{}, language).sections.size(), 4U);
}

TEST(ReportBuilder, CountsUploadsOfOneAccount) {
  const PictureFolder folder;
  CaseFile file = case_sample(folder.file(""));
  file.uploads.push_back(file.uploads.front());
  file.uploads.back().matches.front().work.episode_number = "4";
  const std::string text = text_of(build_report(file, ReportLanguage::en).sections.front());
  EXPECT_TRUE(has(text, "2 videos on videos.example"));
  EXPECT_TRUE(has(text, "episode 3, and in 1 more of the works"));
}

TEST(ReportBuilder, KeepsTextsAndListsWithinBounds) {
  const PictureFolder folder;
  CaseFile file = hostile_case(folder.file(""));
  file.custody.resize(5'000);
  file.history.resize(5'000);
  file.attachments.resize(5'000);
  UploadFacts& upload = file.uploads.front();
  upload.exchanges.resize(5'000);
  upload.checks.resize(5'000, "up");
  upload.matches.resize(300, upload.matches.front());
  const std::string text = text_of(build_report(file, ReportLanguage::en));
  EXPECT_LT(text.size(), 2'000'000U);
  EXPECT_TRUE(has(text, "more are not printed here"));
}

}  // namespace
}  // namespace reelprint::evidence
