#include "evidence/notice.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>

#include "evidence/notice_rules.h"
#include "notice_samples.h"

namespace reelprint::evidence {
namespace {

using test::complete_notice;
using test::kNoticeKinds;

/// The clause of the flaw of `field`; "none" where there is no such flaw.
std::string clause_of(const Notice& notice, const std::string& field) {
  for (const NoticeFlaw& flaw : validate(notice)) {
    if (flaw.field == field) return flaw.clause;
  }
  return "none";
}

TEST(Notice, LacksNothingWhenEverythingIsGiven) {
  for (const NoticeKind kind : kNoticeKinds) {
    for (const NoticeFlaw& flaw : validate(complete_notice(kind)))
      ADD_FAILURE() << to_string(kind) << ": " << flaw.field << ": " << flaw.what;
  }
}

TEST(Notice, NamesItsKinds) {
  for (const NoticeKind kind : kNoticeKinds) EXPECT_EQ(notice_kind_of(to_string(kind)), kind);
  EXPECT_FALSE(notice_kind_of("DMCA"));
}

TEST(Notice, OfDmcaNamesTheClauseOfEachMissingField) {
  const auto without = [](const std::function<void(Notice&)>& take, const std::string& field) {
    Notice notice = complete_notice(NoticeKind::dmca);
    take(notice);
    return clause_of(notice, field);
  };
  const std::string list = "17 U.S.C. 512(c)(3)(A)";
  EXPECT_EQ(without([](Notice& n) { n.signature.clear(); }, "signature"), list + "(i)");
  EXPECT_EQ(without([](Notice& n) { n.works.clear(); }, "works"), list + "(ii)");
  EXPECT_EQ(without([](Notice& n) { n.works[1].name.clear(); }, "works"), list + "(ii)");
  EXPECT_EQ(without([](Notice& n) { n.targets.clear(); }, "targets"), list + "(iii)");
  EXPECT_EQ(without([](Notice& n) { n.sender.address.clear(); }, "sender.address"), list + "(iv)");
  EXPECT_EQ(without([](Notice& n) { n.sender.phone.clear(); }, "sender.phone"), list + "(iv)");
  EXPECT_EQ(without([](Notice& n) { n.sender.email.clear(); }, "sender.email"), list + "(iv)");
  EXPECT_EQ(without([](Notice& n) { std::erase(n.confirmed, "good_faith"); }, "confirmed.good_faith"),
            list + "(v)");
  EXPECT_EQ(without([](Notice& n) { std::erase(n.confirmed, "accurate"); }, "confirmed.accurate"),
            list + "(vi)");
  EXPECT_EQ(without([](Notice& n) { std::erase(n.confirmed, "authorised"); }, "confirmed.authorised"),
            list + "(vi)");
}

TEST(Notice, OfTheDsaNamesTheClauseOfEachMissingField) {
  Notice notice;
  notice.kind = NoticeKind::dsa;
  const std::string list = "Regulation (EU) 2022/2065, art. 16(2)";
  EXPECT_EQ(clause_of(notice, "explanation"), list + "(a)");
  EXPECT_EQ(clause_of(notice, "targets"), list + "(b)");
  EXPECT_EQ(clause_of(notice, "sender.name"), list + "(c)");
  EXPECT_EQ(clause_of(notice, "sender.email"), list + "(c)");
  EXPECT_EQ(clause_of(notice, "confirmed.bona_fide"), list + "(d)");
}

TEST(Notice, OfChinaNamesTheClauseOfEachMissingField) {
  Notice notice;
  notice.kind = NoticeKind::cn_art14;
  const std::string list = "《信息网络传播权保护条例》第十四条第一款第";
  EXPECT_EQ(clause_of(notice, "holder.name"), list + "（一）项");
  EXPECT_EQ(clause_of(notice, "holder.phone"), list + "（一）项");
  EXPECT_EQ(clause_of(notice, "holder.address"), list + "（一）项");
  EXPECT_EQ(clause_of(notice, "works"), list + "（二）项");
  EXPECT_EQ(clause_of(notice, "targets"), list + "（二）项");
  EXPECT_TRUE(clause_of(notice, "evidence").starts_with(list + "（三）项"));
  EXPECT_EQ(clause_of(notice, "holder.identity"), "《中华人民共和国民法典》第一千一百九十五条第一款");
  EXPECT_EQ(clause_of(notice, "confirmed.truthful"), "《信息网络传播权保护条例》第十四条第二款");
}

TEST(Notice, ByAnAgentInChinaNeedsAMandate) {
  Notice notice = complete_notice(NoticeKind::cn_art14);
  notice.mandate.clear();
  EXPECT_EQ(clause_of(notice, "mandate"), "《中华人民共和国民法典》第一百六十五条");
  notice.sender = notice.holder;
  notice.holder = {};
  EXPECT_TRUE(validate(notice).empty()) << "the holder itself needs none";
}

TEST(Notice, CounteringADmcaNoticeNamesTheClauseOfEachMissingField) {
  Notice notice;
  notice.kind = NoticeKind::dmca_counter;
  const std::string list = "17 U.S.C. 512(g)(3)";
  EXPECT_EQ(clause_of(notice, "signature"), list + "(A)");
  EXPECT_EQ(clause_of(notice, "targets"), list + "(B)");
  EXPECT_EQ(clause_of(notice, "confirmed.mistake"), list + "(C)");
  EXPECT_EQ(clause_of(notice, "sender.phone"), list + "(D)");
  EXPECT_EQ(clause_of(notice, "confirmed.jurisdiction"), list + "(D)");
  EXPECT_EQ(clause_of(notice, "confirmed.service"), list + "(D)");
}

/// Takes away what a rule asks for.
void take_away(Notice& notice, std::string_view field) {
  const std::map<std::string_view, std::function<void(Notice&)>> ways{
      {"signature", [](Notice& n) { n.signature.clear(); }},
      {"works", [](Notice& n) { n.works.clear(); }},
      {"targets", [](Notice& n) { n.targets.clear(); }},
      {"explanation", [](Notice& n) { n.explanation.clear(); }},
      {"evidence", [](Notice& n) { n.evidence = {""}; }},
      {"mandate", [](Notice& n) { n.mandate.clear(); }},
      {"their_reference", [](Notice& n) { n.their_reference = n.reference = ""; }},
      {"sender.name", [](Notice& n) { n.sender.name.clear(); }},
      {"sender.address", [](Notice& n) { n.sender.address.clear(); }},
      {"sender.country", [](Notice& n) { n.sender.country.clear(); }},
      {"sender.phone", [](Notice& n) { n.sender.phone.clear(); }},
      {"sender.email", [](Notice& n) { n.sender.email.clear(); }},
      {"sender.identity", [](Notice& n) { n.sender.identity.clear(); }},
      {"holder.name", [](Notice& n) { n.holder.name = n.sender.name = ""; }},
      {"holder.phone", [](Notice& n) { n.holder.phone = n.holder.email = ""; }},
      {"holder.address", [](Notice& n) { n.holder.address.clear(); }},
      {"holder.identity", [](Notice& n) { n.holder.identity.clear(); }},
      {"certified.qualification", [](Notice& n) { n.certified.qualification.clear(); }},
      {"certified.system", [](Notice& n) { n.certified.system.clear(); }},
      {"certified.process", [](Notice& n) { n.certified.process.clear(); }},
      {"certified.storage", [](Notice& n) { n.certified.storage.clear(); }},
      {"certified.files", [](Notice& n) { n.certified.files.clear(); }},
  };
  ways.at(field)(notice);
}

TEST(Notice, OfEveryKindIsStoppedByEachMissingFieldWithTheClauseThatAsksForIt) {
  for (const NoticeKind kind : kNoticeKinds) {
    for (const NoticeRule& rule : rules_of(kind)) {
      Notice notice = complete_notice(kind);
      take_away(notice, rule.field);
      if (rule.field == "sender.phone") notice.sender.email.clear();
      EXPECT_EQ(clause_of(notice, std::string(rule.field)), rule.clause)
          << to_string(kind) << ' ' << rule.field;
    }
    for (const RequiredStatement& statement : required_statements(kind)) {
      Notice notice = complete_notice(kind);
      std::erase(notice.confirmed, statement.id);
      EXPECT_EQ(clause_of(notice, "confirmed." + std::string(statement.id)), statement.clause)
          << to_string(kind) << ' ' << statement.id;
    }
  }
}

TEST(Notice, IsSignedByAPersonLast) {
  for (const NoticeKind kind : kNoticeKinds) {
    Notice draft = complete_notice(kind);
    draft.signature.clear();
    draft.signed_on.clear();
    draft.confirmed.clear();
    const auto flaws = validate(draft);
    EXPECT_EQ(flaws.size(), required_statements(kind).size() + 2) << to_string(kind);
    EXPECT_TRUE(
        std::all_of(flaws.begin(), flaws.end(), [](const NoticeFlaw& flaw) { return flaw.is_sign_off; }));
  }
}

TEST(Notice, RefusesWhatCannotBeRight) {
  Notice notice = complete_notice(NoticeKind::dmca);
  notice.targets[1].url = "javascript:alert(1)";
  notice.targets[2].work = 9;
  notice.sender.email = "li.na@lantern.example\r\nBcc: all@videos.example";
  notice.signed_on = "2026-02-30";
  EXPECT_EQ(clause_of(notice, "targets[2].url"), "17 U.S.C. 512(c)(3)(A)(iii)");
  EXPECT_EQ(clause_of(notice, "targets[3].work"), "17 U.S.C. 512(c)(3)(A)(ii)");
  EXPECT_EQ(clause_of(notice, "sender.email"), "17 U.S.C. 512(c)(3)(A)(iv)");
  EXPECT_NE(clause_of(notice, "signed_on"), "none");
  notice.targets.assign(5'001, notice.targets.front());
  EXPECT_NE(clause_of(notice, "targets"), "none");
}

TEST(Notice, CertifiesOnlyFilesWithDigests) {
  Notice notice = complete_notice(NoticeKind::certification_902_14);
  notice.certified.files[1].sha256 = "abc";
  EXPECT_EQ(clause_of(notice, "certified.files[2].sha256"), "Fed. R. Evid. 902(14)");
}

}  // namespace
}  // namespace reelprint::evidence
