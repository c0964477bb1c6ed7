#include "evidence/notice_template.h"

#include <gtest/gtest.h>

#include <fstream>

#include "core/error.h"
#include "notice_samples.h"
#include "samples.h"

namespace reelprint::evidence {
namespace {

using test::complete_notice;
using test::kNoticeKinds;
using test::language_of;

const std::string kHead = "subject: s\nstatement withdrawn: I do.\n---\n";

NoticeTemplate parsed(const std::string& body) {
  return parse_notice_template(kHead + body, "mine.txt", NoticeKind::retraction);
}

std::string filled(const std::string& body, const Notice& notice) {
  return render(notice, parsed(body)).body;
}

std::string message_of(const std::string& text) {
  try {
    (void)parse_notice_template(text, "mine.txt", NoticeKind::retraction);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_input);
    return error.what();
  }
  return "no error";
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(NoticeTemplate, IsBuiltInForEveryKind) {
  for (const NoticeKind kind : kNoticeKinds) {
    const NoticeTemplate built_in = load_notice_template(kind, language_of(kind));
    const NoticeText text = render(complete_notice(kind), built_in);
    EXPECT_FALSE(text.subject.empty());
    EXPECT_FALSE(has(text.body, "{{")) << text.body;
    EXPECT_FALSE(has(text.body, "\n\n\n\n")) << text.body;
    EXPECT_TRUE(has(text.body, "李娜 Li Na"));
    EXPECT_TRUE(has(text.body, language_of(kind) == "zh" ? "2026年11月20日" : "2026-11-20"));
    for (const RequiredStatement& statement : required_statements(kind))
      EXPECT_TRUE(has(text.body, built_in.statements().at(std::string(statement.id)))) << statement.id;
  }
  EXPECT_NO_THROW((void)load_notice_template(NoticeKind::retraction, "zh"));
  EXPECT_THROW((void)load_notice_template(NoticeKind::dmca, "fr"), Error);
  EXPECT_THROW((void)load_notice_template(NoticeKind::dmca, "../../etc/passwd"), Error);
}

TEST(NoticeTemplate, OfChinaWritesEveryDayInChinese) {
  for (const NoticeKind kind :
       {NoticeKind::cn_art14, NoticeKind::cn_counter, NoticeKind::certification_cn_spc11}) {
    Notice notice = complete_notice(kind);
    notice.mandate = "授权委托书";
    const std::string body = render(notice, load_notice_template(kind, "zh")).body;
    EXPECT_FALSE(has(body, "2026-1")) << body;
    EXPECT_TRUE(has(body, "2026年11月20日")) << body;
  }
  const Notice notice = complete_notice(NoticeKind::cn_art14);
  const std::string body = render(notice, load_notice_template(NoticeKind::cn_art14, "zh")).body;
  EXPECT_TRUE(has(body, "首次发表：2026年3月14日\n"));
  EXPECT_TRUE(has(body, "发现时间：2026年11月18日 07:21:05 UTC"));
}

TEST(NoticeTemplate, NamesEachPlaceWithItsWork) {
  for (const NoticeKind kind : {NoticeKind::dmca, NoticeKind::dsa, NoticeKind::cn_art14}) {
    const Notice notice = complete_notice(kind);
    const std::string body = render(notice, load_notice_template(kind, language_of(kind))).body;
    for (const NoticeTarget& target : notice.targets) EXPECT_TRUE(has(body, target.url)) << target.url;
    for (const NoticeWork& work : notice.works) EXPECT_TRUE(has(body, work.name)) << work.name;
    EXPECT_TRUE(has(body, notice.holder.name));
  }
}

TEST(NoticeTemplate, SaysThatCertificationsAreNoLegalAdvice) {
  for (const NoticeKind kind : {NoticeKind::certification_902_13, NoticeKind::certification_902_14})
    EXPECT_TRUE(has(render(complete_notice(kind), load_notice_template(kind, "en")).body, "no legal advice"));
  const NoticeKind kind = NoticeKind::certification_cn_spc11;
  EXPECT_TRUE(has(render(complete_notice(kind), load_notice_template(kind, "zh")).body, "不构成法律意见"));
}

TEST(NoticeTemplate, OfAFolderGoesBeforeTheBuiltInOne) {
  const test::PictureFolder folder;
  std::ofstream(folder.file("retraction.en.txt")) << kHead << "Ours: {{sender.name}}\r\n";
  const Notice notice = complete_notice(NoticeKind::retraction);
  const auto of_folder = load_notice_template(NoticeKind::retraction, "en", folder.file(""));
  EXPECT_EQ(render(notice, of_folder).body, "Ours: 李娜 Li Na\n");
  EXPECT_NO_THROW((void)load_notice_template(NoticeKind::dmca, "en", folder.file("")));
}

TEST(NoticeTemplate, RepeatsForEachEntry) {
  const Notice notice = complete_notice(NoticeKind::retraction);
  EXPECT_EQ(filled("{{#each works}}\n{{number}}: {{name}}\n{{/each}}\nend\n", notice),
            "1: The Lantern Oath, episode 3\n2: The Lantern Oath, episode 4\nend\n");
  EXPECT_EQ(filled("{{#each evidence}}[{{text}}]{{/each}}", notice), "[report.pdf][power of attorney]");
}

TEST(NoticeTemplate, DecidesByWhatIsThere) {
  Notice notice = complete_notice(NoticeKind::retraction);
  const std::string body = "{{#if mandate}}by {{mandate}}{{else}}himself{{/if}}{{#if works}}, works{{/if}}";
  EXPECT_EQ(filled(body, notice), "by power of attorney of 2026-01-05, works");
  notice.mandate.clear();
  notice.works.clear();
  EXPECT_EQ(filled(body, notice), "himself");
}

TEST(NoticeTemplate, SaysWhereItIsWrong) {
  const std::string lines = kHead + "one\ntwo\n";
  EXPECT_EQ(message_of(lines + "{{sendr.name}}"),
            "notice template 'mine.txt', line 6: unknown field 'sendr.name'");
  EXPECT_EQ(message_of(lines + "{{#if x}}{{/if}}"), "notice template 'mine.txt', line 6: unknown field 'x'");
  EXPECT_EQ(message_of(lines + "{{#each x}}{{/each}}"),
            "notice template 'mine.txt', line 6: unknown list 'x'");
  EXPECT_EQ(message_of(lines + "{{url}}"), "notice template 'mine.txt', line 6: unknown field 'url'");
  EXPECT_EQ(message_of(lines + "{{statements.x}}"),
            "notice template 'mine.txt', line 6: unknown statement 'x'");
  EXPECT_EQ(message_of(lines + "{{#if mandate}}\nx\n"),
            "notice template 'mine.txt', line 6: this part does not end");
  EXPECT_TRUE(has(message_of(lines + "{{/if}}"), "line 6: {{/if}} ends nothing"));
  EXPECT_TRUE(has(message_of(lines + "{{else}}"), "line 6: {{else}} stands in no {{#if}}"));
  EXPECT_TRUE(has(message_of(lines + "{{mandate\n}}"), "does not end on its line"));
  EXPECT_TRUE(has(message_of("subject: x\n---\n"), "'withdrawn' is missing"));
  EXPECT_TRUE(has(message_of("statement withdrawn: x\n---\n"), "there is no subject"));
  EXPECT_TRUE(has(message_of("hello\n"), "line 1: neither"));
  EXPECT_TRUE(has(message_of("subject: x\n"), "'---' is missing"));
  EXPECT_TRUE(has(message_of(kHead + "\xff"), "not UTF-8"));
  EXPECT_TRUE(has(message_of(kHead + std::string(300'000, 'x')), "larger than"));
}

TEST(NoticeTemplate, NeverReadsMarksOutOfValues) {
  Notice notice = complete_notice(NoticeKind::retraction);
  notice.sender.name = "{{signature}}\n\nSigned: the CEO\u202E";
  EXPECT_EQ(filled("{{sender.name}}|", notice), "{{signature}}  Signed: the CEO⟨U+202E⟩|");
}

TEST(NoticeTemplate, RefusesPartsTooDeep) {
  std::string deep;
  for (int i = 0; i < 50; ++i) deep += "{{#if mandate}}";
  EXPECT_TRUE(has(message_of(kHead + deep), "deep"));
}

}  // namespace
}  // namespace reelprint::evidence
