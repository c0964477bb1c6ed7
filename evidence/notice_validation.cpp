// What a notice lacks: the law's list first, then what cannot be right as it is.
#include <algorithm>
#include <string>

#include "evidence/notice.h"
#include "evidence/notice_checks.h"
#include "evidence/notice_rules.h"

namespace reelprint::evidence {
namespace {

constexpr std::size_t kMostTargets = 5'000;
constexpr std::size_t kMostWorks = 2'000;
constexpr std::size_t kMostFiles = 5'000;

class Flaws {
 public:
  void add(std::string field, std::string_view clause, std::string what, bool is_sign_off = false) {
    flaws_.push_back({std::move(field), std::string(clause), std::move(what), is_sign_off});
  }
  [[nodiscard]] std::vector<NoticeFlaw> take() { return std::move(flaws_); }

 private:
  std::vector<NoticeFlaw> flaws_;
};

std::string_view clause_of(NoticeKind kind, std::string_view field) {
  for (const NoticeRule& rule : rules_of(kind)) {
    if (rule.field == field) return rule.clause;
  }
  return "";
}

std::string at(std::string_view list, std::size_t i, std::string_view member) {
  return std::string(list) + "[" + std::to_string(i + 1) + "]." + std::string(member);
}

void check_lists(const Notice& notice, Flaws& flaws) {
  const std::string_view clause = clause_of(notice.kind, "targets");
  if (notice.targets.size() > kMostTargets)
    flaws.add("targets", "", "more than " + std::to_string(kMostTargets) + " places in one notice");
  if (notice.works.size() > kMostWorks)
    flaws.add("works", "", "more than " + std::to_string(kMostWorks) + " works in one notice");
  for (std::size_t i = 0; i < std::min(notice.targets.size(), kMostTargets); ++i) {
    const NoticeTarget& target = notice.targets[i];
    if (!target.url.empty() && !is_notice_url(target.url))
      flaws.add(at("targets", i, "url"), clause,
                "not a complete http or https URL: '" + target.url.substr(0, 200) + "'");
    if (!notice.works.empty() && (target.work < 1 || target.work > notice.works.size()))
      flaws.add(at("targets", i, "work"), clause_of(notice.kind, "works"),
                "there is no such work in the list");
  }
  for (std::size_t i = 0; i < std::min(notice.works.size(), kMostWorks); ++i) {
    for (const std::string& url : notice.works[i].urls) {
      if (!is_notice_url(url))
        flaws.add(at("works", i, "urls"), "",
                  "not a complete http or https URL: '" + url.substr(0, 200) + "'");
    }
  }
}

void check_files(const Notice& notice, Flaws& flaws) {
  const auto& files = notice.certified.files;
  if (files.size() > kMostFiles)
    flaws.add("certified.files", "", "more than " + std::to_string(kMostFiles) + " files");
  for (std::size_t i = 0; i < std::min(files.size(), kMostFiles); ++i) {
    if (files[i].name.empty()) flaws.add(at("certified.files", i, "name"), "", "a file without a name");
    if (!is_sha256_hex(files[i].sha256))
      flaws.add(at("certified.files", i, "sha256"), clause_of(notice.kind, "certified.files"),
                "not a SHA-256 digest of 64 hexadecimal digits");
  }
}

void check_addresses(const Notice& notice, Flaws& flaws) {
  const auto check = [&](const std::string& field, const NoticeParty& party) {
    if (!party.email.empty() && !is_mail_address(party.email))
      flaws.add(field + ".email", clause_of(notice.kind, field + ".email"), "not an e-mail address");
  };
  check("sender", notice.sender);
  check("holder", notice.holder);
  check("recipient", notice.recipient);
}

void check_sign_off(const Notice& notice, Flaws& flaws) {
  for (const RequiredStatement& statement : required_statements(notice.kind)) {
    if (std::find(notice.confirmed.begin(), notice.confirmed.end(), statement.id) == notice.confirmed.end())
      flaws.add("confirmed." + std::string(statement.id), statement.clause,
                "a person must confirm this statement", true);
  }
  if (!is_day(notice.signed_on))
    flaws.add("signed_on", clause_of(notice.kind, "signature"), "the day of the signature, as in 2026-11-20",
              true);
}

}  // namespace

std::vector<NoticeFlaw> validate(const Notice& notice) {
  Flaws flaws;
  for (const NoticeRule& rule : rules_of(notice.kind)) {
    if (!rule.is_met(notice))
      flaws.add(std::string(rule.field), rule.clause, "missing: " + std::string(rule.what), rule.is_sign_off);
  }
  check_lists(notice, flaws);
  check_files(notice, flaws);
  check_addresses(notice, flaws);
  check_sign_off(notice, flaws);
  return flaws.take();
}

}  // namespace reelprint::evidence
