// Notices that lack nothing.
#pragma once

#include <string>

#include "evidence/notice.h"

namespace reelprint::evidence::test {

inline constexpr NoticeKind kNoticeKinds[] = {
    NoticeKind::dmca,
    NoticeKind::dsa,
    NoticeKind::cn_art14,
    NoticeKind::dmca_counter,
    NoticeKind::cn_counter,
    NoticeKind::counter_notice,
    NoticeKind::retraction,
    NoticeKind::certification_902_13,
    NoticeKind::certification_902_14,
    NoticeKind::certification_cn_spc11,
};

/// The language that there is a template of.
[[nodiscard]] inline std::string language_of(NoticeKind kind) {
  const bool is_chinese = kind == NoticeKind::cn_art14 || kind == NoticeKind::cn_counter ||
                          kind == NoticeKind::certification_cn_spc11;
  return is_chinese ? "zh" : "en";
}

/// By an agent, for two episodes at three places, every field given and every statement confirmed.
[[nodiscard]] inline Notice complete_notice(NoticeKind kind) {
  Notice notice;
  notice.kind = kind;
  notice.language = language_of(kind);
  notice.reference = "case 17";
  notice.their_reference = "T-4711";
  notice.sender = {"李娜 Li Na", "Lantern Legal",    "Legal counsel",         "1 Harbour Road, Hangzhou",
                   "CN",         "+86 571 5550 100", "li.na@lantern.example", "330102199001011234"};
  notice.holder = {"灯火影业有限公司",  "", "", "2 West Lake Street, Hangzhou", "CN", "+86 571 5550 101", "",
                   "91330100MA2B2TX00X"};
  notice.mandate = "power of attorney of 2026-01-05";
  notice.recipient = {
      "Copyright agent", "Videos Example Inc.", "", "9 Market Street", "US", "", "dmca@videos.example", ""};
  notice.works = {{"The Lantern Oath, episode 3",
                   "micro-drama, 93 s",
                   "国作登字-2026-I-00123456",
                   "2026-03-14",
                   {"https://lantern.example/3"}},
                  {"The Lantern Oath, episode 4", "", "", "", {}}};
  notice.targets = {{"https://videos.example/watch/a", 1, "Full episode 3", "drama_daily_88",
                     "0:04.0 – 0:34.0", "2026-11-18 07:21:05 UTC"},
                    {"https://videos.example/watch/b", 2, "", "", "", ""},
                    {"https://videos.example/watch/c?x=1&y=2", 2, "", "", "", ""}};
  notice.explanation = "The pictures of the uploads are those of the works, one after the other.";
  notice.evidence = {"report.pdf", "power of attorney"};
  notice.certified = {
      "Ten years of forensic work.",
      "reelprint 0.1.0 on Debian 12",
      "1. The page was fetched.\n2. Its bytes were hashed.",
      "On a disk that is written once.",
      "ed25519:9f3c",
      "RFC 3161 token of tsa.example",
      {{"report.pdf", std::string(64, 'a'), 1234}, {"capture.warc.gz", std::string(64, 'b'), 99}}};
  for (const RequiredStatement& statement : required_statements(kind))
    notice.confirmed.emplace_back(statement.id);
  notice.signature = "李娜 Li Na";
  notice.signed_on = "2026-11-20";
  return notice;
}

}  // namespace reelprint::evidence::test
