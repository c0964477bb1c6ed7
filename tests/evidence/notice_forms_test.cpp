#include "evidence/notice_forms.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <sstream>

#include "core/error.h"
#include "notice_samples.h"

namespace reelprint::evidence {
namespace {

using test::complete_notice;
using test::kNoticeKinds;
using test::language_of;

const WallTime kDate = wall_time_of("2026-11-20T09:30:00Z").value();

NoticeText text_of(const Notice& notice) {
  return render(notice, load_notice_template(notice.kind, notice.language));
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string decoded(const std::string& quoted) {
  std::string text;
  for (std::size_t i = 0; i < quoted.size(); ++i) {
    if (quoted[i] != '=') {
      text += quoted[i];
    } else if (quoted.compare(i, 3, "=\r\n") == 0) {
      i += 2;
    } else {
      text += static_cast<char>(std::stoi(quoted.substr(i + 1, 2), nullptr, 16));
      i += 2;
    }
  }
  std::erase(text, '\r');
  return text;
}

TEST(NoticeMail, HoldsTheWholeTextInLinesThatMailAllows) {
  for (const NoticeKind kind : kNoticeKinds) {
    const Notice notice = complete_notice(kind);
    const NoticeText text = text_of(notice);
    const std::string mail = mail_of(notice, text, kDate);
    std::istringstream lines(mail);
    for (std::string line; std::getline(lines, line);) {
      EXPECT_TRUE(line.ends_with('\r'));
      EXPECT_LE(line.size(), 77U) << line;
    }
    const std::size_t body = mail.find("\r\n\r\n");
    ASSERT_NE(body, std::string::npos);
    EXPECT_EQ(decoded(mail.substr(body + 4)), text.body);
  }
}

TEST(NoticeMail, HasTheHeadersOfADraft) {
  const Notice notice = complete_notice(NoticeKind::dmca);
  const std::string mail = mail_of(notice, text_of(notice), kDate);
  EXPECT_TRUE(mail.starts_with("X-Unsent: 1\r\nDate: Fri, 20 Nov 2026 09:30:00 +0000\r\n"));
  EXPECT_TRUE(has(mail, "From: =?UTF-8?B?5p2O5aicIExpIE5h?=\r\n <li.na@lantern.example>\r\n"));
  EXPECT_TRUE(has(mail, "To: =?UTF-8?B?Q29weXJpZ2h0IGFnZW50?=\r\n <dmca@videos.example>\r\n"));
  EXPECT_TRUE(has(mail, "Subject: =?UTF-8?B?RE1DQSBu"));
  EXPECT_TRUE(has(mail, "Content-Type: text/plain; charset=utf-8\r\n"));
}

TEST(NoticeMail, LetsNobodyAddHeaders) {
  Notice notice = complete_notice(NoticeKind::dmca);
  notice.sender.name = "x\r\nBcc: all@videos.example\r\n\r\nbody";
  notice.recipient.name = "\" <evil@videos.example>, ";
  notice.holder.name = "y\r\nX-Evil: 1";
  const std::string mail = mail_of(notice, {"s\r\nBcc: b@c.example", "body\r\n.\r\nFrom here\n"}, kDate);
  const std::string head = mail.substr(0, mail.find("\r\n\r\n"));
  EXPECT_FALSE(has(head, "\nBcc"));
  EXPECT_FALSE(has(head, "X-Evil"));
  EXPECT_FALSE(has(head, "<evil@"));
  EXPECT_FALSE(has(mail, "\n.\r"));
  EXPECT_FALSE(has(mail, "\nFrom here"));
  notice.recipient.email = "dmca@videos.example>\r\nBcc: <b@c.example";
  EXPECT_THROW((void)mail_of(notice, {"s", "b"}, kDate), Error);
  notice.recipient.email = "a@b.example, c@d.example";
  EXPECT_THROW((void)mail_of(notice, {"s", "b"}, kDate), Error);
}

TEST(NoticeJson, ComesBackAsItWas) {
  for (const NoticeKind kind : kNoticeKinds) {
    const Notice notice = complete_notice(kind);
    EXPECT_EQ(notice_of_json(to_json(notice)), notice);
  }
  EXPECT_EQ(notice_of_json(R"({"kind":"dsa"})").kind, NoticeKind::dsa);
}

TEST(NoticeJson, NamesWhatItDoesNotKnow) {
  const auto message_of = [](const char* json) {
    try {
      (void)notice_of_json(json);
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string("no error");
  };
  EXPECT_TRUE(has(message_of(R"({"sender":{"fax":"1"}})"), "'sender.fax' is no field of a notice"));
  EXPECT_TRUE(has(message_of(R"({"works":[{"name":1}]})"), "'works[1].name' is no text"));
  EXPECT_TRUE(has(message_of(R"({"targets":[{"work":-1}]})"), "'targets[1].work' is no whole number"));
  EXPECT_TRUE(has(message_of(R"({"kind":"DMCA"})"), "'kind' is no kind of notice"));
  EXPECT_TRUE(has(message_of("[]"), "is no object"));
  EXPECT_TRUE(has(message_of("{"), "no JSON"));
}

TEST(LumenJson, HasLumensMembersAndNoTelephoneNumber) {
  const Notice notice = complete_notice(NoticeKind::dmca);
  const std::string text = lumen_json(notice, text_of(notice));
  EXPECT_FALSE(has(text, "5550"));
  EXPECT_FALSE(has(text, "@"));
  const auto body = boost::json::parse(text).at("notice");
  EXPECT_EQ(body.at("type").as_string(), "DMCA");
  const auto& works = body.at("works_attributes").as_array();
  ASSERT_EQ(works.size(), 2U);
  EXPECT_EQ(works[0].at("infringing_urls_attributes").as_array().size(), 1U);
  EXPECT_EQ(works[1].at("infringing_urls_attributes").as_array().size(), 2U);
  EXPECT_EQ(works[0].at("copyrighted_urls_attributes").at(0).at("url").as_string(),
            "https://lantern.example/3");
  EXPECT_EQ(body.at("entity_notice_roles_attributes").as_array().size(), 3U);
}

}  // namespace
}  // namespace reelprint::evidence
