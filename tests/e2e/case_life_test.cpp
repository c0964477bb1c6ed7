// A case's whole life by the commands that a legal team uses.
#include <gtest/gtest.h>

#include "core/business_days.h"
#include "core/clock.h"
#include "tests/e2e/filed_uploads.h"
#include "tests/e2e/files.h"
#include "tests/e2e/reelprint.h"

namespace reelprint::e2e {
namespace {

/// What a person adds to a drafted notice.
constexpr const char* kFields = R"({
 "sender": {"name": "Li Na", "organisation": "Lantern Legal", "address": "1 Harbour Road, Hangzhou", "country": "CN",
            "phone": "+86 571 5550 100", "email": "li.na@lantern.example"},
 "holder": {"name": "Lotus"}, "mandate": "power of attorney of 2026-01-05",
 "recipient": {"organisation": "Videos Example Inc.", "email": "dmca@videos.example"},
 "explanation": "A copy of the work."})";

class CaseLife : public ReelprintTest {
 protected:
  CaseLife() : uploads_(program.data()) { write_file(folder() / "fields.json", kFields); }

  /// The words of a command that must fail, behind which its sentence stands.
  std::string refused(Words words, int exit_code = 1) const {
    const Ended ended = program.run(words);
    EXPECT_EQ(ended.exit_code, exit_code) << testing::PrintToString(words) << ended.out;
    return ended.err;
  }
  json::object took(const Words& words) const { return program.json(words).back(); }
  [[nodiscard]] json::object shown(const std::string& id = "1") const {
    return only(program.json({"case", "show", id}));
  }
  [[nodiscard]] std::string state(const std::string& id = "1") const { return text_of(shown(id), "state"); }
  void confirm(const std::string& id = "1") const {
    took({"case", "confirm", id, "--reason", "infringing_copy", "--by", "kim"});
  }
  /// Notice 1, about case 1, is sent.
  void send_notice() const {
    (void)program.run(
        {"notice", "draft", "--kind", "dmca", "--case", "1", "--fields", "fields.json", "--by", "kim"});
    took({"notice", "approve", "1", "--sign", "Li Na", "--confirm", "good_faith", "--confirm", "accurate",
          "--confirm", "authorised", "--by", "kim"});
    took(
        {"notice", "sent", "1", "--way", "mail to dmca@videos.example", "--at", "2025-12-19", "--by", "kim"});
  }
  [[nodiscard]] std::string decision_of(RequestId upload) {
    return std::to_string(uploads_.decision_of(upload).value);
  }

  FiledUploads uploads_;
  const RequestId upload_ = uploads_.add("https://videos.example/1", 1, "amy");
};

TEST_F(CaseLife, GoesFromOpenToClosedByTwoPersonsAndANotice) {
  took({"case-rules", "--two-persons-confirm", "on", "--two-persons-notice", "on", "--by", "root"});
  const Words confirm{"case", "confirm", "1", "--reason", "infringing_copy", "--by"};
  Words by_amy = confirm, by_kim = confirm;
  by_amy.emplace_back("amy");
  by_kim.emplace_back("kim");
  EXPECT_NE(program.run(by_amy).err.find("proposed: another person has to take the same step"),
            std::string::npos);
  EXPECT_EQ(state(), "open");
  EXPECT_NE(refused(by_amy).find("by the two-person rule another person must take this step"),
            std::string::npos);
  EXPECT_EQ(text_of(took(by_kim), "state"), "confirmed");

  const auto drafted = program.run(
      {"notice", "draft", "--kind", "dmca", "--case", "1", "--fields", "fields.json", "--by", "kim"});
  EXPECT_EQ(drafted.exit_code, 0) << drafted.err;
  EXPECT_NE(program.run({"notice", "text", "1"}).out.find("https://videos.example/1"), std::string::npos);
  Words approve{"notice", "approve", "1", "--sign", "Li Na", "--confirm", "good_faith", "--by", "lee"};
  const auto missing = program.run(approve);
  EXPECT_EQ(missing.exit_code, 1);
  EXPECT_NE(missing.out.find("512(c)(3)(A)"), std::string::npos) << missing.out << missing.err;
  EXPECT_NE(refused({"notice", "eml", "1"}).find("nobody has approved it"), std::string::npos);
  approve = {"notice",    "approve",  "1",         "--sign",     "Li Na", "--confirm", "good_faith",
             "--confirm", "accurate", "--confirm", "authorised", "--by",  "kim"};
  EXPECT_NE(refused(approve).find("another person than who drafted it"), std::string::npos);
  approve.back() = "lee";
  EXPECT_EQ(text_of(took(approve), "state"), "approved");
  EXPECT_EQ(state(), "confirmed");

  took({"notice", "sent", "1", "--way", "mail to dmca@videos.example", "--by", "lee"});
  EXPECT_EQ(state(), "noticed");
  took({"notice", "mark", "1", "acknowledged", "--number", "T-7", "--by", "lee"});
  took({"notice", "mark", "1", "removed", "--by", "lee"});
  EXPECT_EQ(state(), "removed");
  EXPECT_EQ(text_of(took({"case", "move", "1", "closed", "--reason", "taken_down", "--by", "kim"}), "state"),
            "closed");
  const auto report = only(program.json({"report", "transparency"}));
  EXPECT_EQ(integer_of(object_of(report, "judged"), "confirmed"), 1);
  EXPECT_EQ(integer_of(object_of(report, "notice_outcomes"), "removed"), 1);
  EXPECT_EQ(integer_of(object_of(report, "steps"), "closed"), 1);
  EXPECT_EQ(program.json({"audit", "verify"}).back().at("ok"), true);
}

TEST_F(CaseLife, OfADismissedCaseTeaches) {
  for (const char* id : {"1", "2", "3"}) {
    if (id != std::string("1"))
      uploads_.add("https://videos.example/" + std::string(id), static_cast<std::uint8_t>(id[0] - '0'),
                   "account" + std::string(id));
    EXPECT_EQ(text_of(took({"case", "dismiss", id, "--reason", "not_the_work", "--by", "kim"}), "state"),
              "dismissed");
  }
  EXPECT_EQ(uploads_.case_of(uploads_.add("https://elsewhere.example/9", 1, "bob")), CaseId{})
      << "the same file is not raised again";
  const auto work = program.run({"catalog", "show", "The Oath"});
  EXPECT_NE(work.out.find("state: quarantined: dismissed in 3 of its latest 3 cases"), std::string::npos)
      << work.out << work.err;
  EXPECT_NE(refused({"case", "confirm", "1", "--reason", "infringing_copy", "--by", "kim"})
                .find("a case does not go from dismissed to confirmed"),
            std::string::npos);
  EXPECT_NE(refused({"case", "move", "1", "open", "--reason", "other", "--by", "kim"})
                .find("the reason 'other' needs a remark"),
            std::string::npos);
  EXPECT_EQ(text_of(took({"case", "move", "1", "open", "--reason", "other", "--remark", "new evidence",
                          "--by", "kim"}),
                    "state"),
            "open");
}

TEST_F(CaseLife, IsUndoneByAnUpheldDisputeAndTheNoticeRetracted) {
  confirm();
  send_notice();
  const std::string decision = decision_of(upload_);
  const auto told = program.run({"dispute", "explain", decision});
  EXPECT_NE(told.out.find("0:00.0 - 0:30.0 of the upload"), std::string::npos) << told.out << told.err;
  EXPECT_TRUE(flag_of(only(program.json({"dispute", "explain", decision})), "may_be_disputed"));
  const auto dispute = took({"dispute", "open", decision, "--statement", "it is mine", "--contact",
                             "amy@mail.example", "--by", "kim"});
  EXPECT_EQ(text_of(dispute, "state"), "open");
  EXPECT_NE(
      refused({"dispute", "open", decision, "--statement", "again", "--by", "kim"}).find("disputed already"),
      std::string::npos);
  EXPECT_EQ(
      text_of(took({"dispute", "decide", "1", "rejected", "--why", "no proof", "--by", "kim"}), "state"),
      "rejected");
  took({"dispute", "appeal", "1", "--statement", "here is the contract", "--by", "amy"});
  EXPECT_NE(refused({"dispute", "decide", "2", "upheld", "--why", "licensed", "--by", "kim"})
                .find("another person than who rejected the first"),
            std::string::npos);
  took({"dispute", "decide", "2", "upheld", "--why", "licensed", "--by", "lee"});

  EXPECT_EQ(state(), "closed");
  EXPECT_TRUE(flag_of(shown(), "retraction_due"));
  EXPECT_EQ(uploads_.decision_of(upload_), DecisionId{});
  const auto retraction = took({"notice", "retract", "1", "--by", "lee"});
  EXPECT_EQ(text_of(retraction, "kind"), "retraction");
  EXPECT_NE(program.run({"notice", "text", "2"}).out.find("https://videos.example/1"), std::string::npos);
  took({"notice", "mark", "1", "withdrawn", "--remark", "retracted", "--by", "lee"});
  EXPECT_FALSE(flag_of(shown(), "retraction_due"));
  EXPECT_EQ(uploads_.case_of(uploads_.add("https://videos.example/1", 8, "amy")), CaseId{});
  const auto report = only(program.json({"report", "transparency"}));
  EXPECT_EQ(number_of(report, "reversal_rate"), 0.5);
}

TEST_F(CaseLife, IsCounteredWithTheDaysUntilItMayBePutBack) {
  took({"case-rules", "--holiday", "2026-01-01", "--by", "root"});
  confirm();
  send_notice();
  EXPECT_NE(refused({"notice", "mark", "1", "countered", "--at", "2999-01-01", "--by", "kim"})
                .find("is in the future"),
            std::string::npos);
  EXPECT_NE(refused({"notice", "mark", "1", "countered", "--at", "2025-12-18", "--by", "kim"})
                .find("is before it was sent"),
            std::string::npos);
  const auto countered =
      took({"notice", "mark", "1", "countered", "--at", "2025-12-22T15:00:00Z", "--by", "kim"});
  EXPECT_EQ(text_of(countered, "put_back_from"), "2026-01-07T00:00:00Z") << "ten business days";
  EXPECT_EQ(text_of(countered, "put_back_until"), "2026-01-13T00:00:00Z") << "fourteen";
  EXPECT_EQ(state(), "countered");
  EXPECT_NE(refused({"notice", "mark", "1", "acknowledged", "--by", "kim"})
                .find("it does not go from countered to acknowledged"),
            std::string::npos);
}

TEST_F(CaseLife, RefusesWhatDoesNotFollowWithASentence) {
  EXPECT_NE(refused({"case", "move", "1", "countered", "--reason", "counter_notice", "--by", "kim"})
                .find("a case does not go from open to countered"),
            std::string::npos);
  EXPECT_NE(refused({"case", "dismiss", "1", "--reason", "settled", "--by", "kim"})
                .find("'settled' is no reason to go from open to dismissed"),
            std::string::npos);
  EXPECT_NE(
      refused({"case", "confirm", "99", "--reason", "infringing_copy", "--by", "kim"}).find("there is none"),
      std::string::npos);
  EXPECT_EQ(program.run({"case", "confirm", "1", "--reason", "infringing_copy"}).exit_code, 2) << "by nobody";
  EXPECT_NE(refused({"notice", "draft", "--kind", "letter", "--case", "1", "--by", "kim"})
                .find("there is no kind 'letter'"),
            std::string::npos);
  EXPECT_NE(refused({"dispute", "decide", "7", "upheld", "--why", "x", "--by", "kim"}).find("there is none"),
            std::string::npos);
  EXPECT_NE(refused({"case", "list", "--state", "gone"}).find("there is no state 'gone'"), std::string::npos);
  EXPECT_EQ(state(), "open");
}

TEST_F(CaseLife, IsListedByMonthAndHolderAndMerged) {
  uploads_.add("https://other.example/1", 2, "amy2");
  EXPECT_EQ(program.json({"case", "list"}).size(), 2U);
  EXPECT_EQ(program.json({"case", "list", "--month", "2020-01"}).size(), 0U);
  EXPECT_EQ(program.json({"case", "list", "--holder", "99"}).size(), 0U);
  EXPECT_EQ(program.json({"case", "list", "--platform", "other.example"}).size(), 1U);
  took({"case", "assign", "2", "kim", "--by", "root"});
  EXPECT_EQ(program.json({"case", "list", "--assignee", "kim"}).size(), 1U);
  EXPECT_EQ(program.run({"case", "comment", "2", "same person", "--by", "kim"}).exit_code, 0);
  EXPECT_EQ(integer_of(took({"case", "merge", "2", "1", "--by", "kim"}), "uploads"), 2);
  EXPECT_EQ(state("2"), "closed");
  EXPECT_NE(program.run({"case", "show", "2"}).out.find("same person"), std::string::npos);
}

}  // namespace
}  // namespace reelprint::e2e
