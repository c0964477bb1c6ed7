#include "evidence/notice_values.h"

#include <algorithm>

#include "evidence/notice_checks.h"
#include "evidence/notice_rules.h"
#include "evidence/visible_text.h"

namespace reelprint::evidence {
namespace {

constexpr std::size_t kLongestText = 100'000;  ///< characters of a text of several lines
constexpr std::size_t kLongestLine = 8'192;

std::string line(std::string_view text) {
  return visible_line(text, kLongestLine);
}
std::string lines(std::string_view text) {
  return visible_text(text, kLongestText);
}
/// "2026-11-20 …" as the notice's language writes a day: "2026年11月20日 …". Other texts stay as they are.
std::string dated(const Notice& notice, std::string_view text) {
  const std::string said = line(text);
  if (notice.language != "zh" || !is_day(said.substr(0, 10))) return said;
  const auto number = [&](std::size_t at) {
    return said[at] == '0' ? said.substr(at + 1, 1) : said.substr(at, 2);
  };
  return said.substr(0, 4) + "年" + number(5) + "月" + number(8) + "日" + said.substr(10);
}

/// What {{#if}} takes for true.
std::string flag(bool value) {
  return value ? "yes" : "";
}

void add_party(NoticeFields& fields, const std::string& prefix, const NoticeParty& party) {
  fields[prefix + ".name"] = line(party.name);
  fields[prefix + ".organisation"] = line(party.organisation);
  fields[prefix + ".title"] = line(party.title);
  fields[prefix + ".address"] = line(party.address);
  fields[prefix + ".country"] = line(party.country);
  fields[prefix + ".phone"] = line(party.phone);
  fields[prefix + ".email"] = line(party.email);
  fields[prefix + ".identity"] = line(party.identity);
}

NoticeFields fields_of(const Notice& notice) {
  NoticeFields fields;
  fields["reference"] = line(notice.reference);
  fields["their_reference"] = line(notice.their_reference);
  add_party(fields, "sender", notice.sender);
  add_party(fields, "holder", holder_of(notice));
  add_party(fields, "recipient", notice.recipient);
  fields["mandate"] = line(notice.mandate);
  fields["is_by_agent"] = flag(is_by_agent(notice));
  fields["is_in_us"] = flag(notice.sender.country == "US");
  fields["explanation"] = lines(notice.explanation);
  fields["works_count"] = std::to_string(notice.works.size());
  fields["targets_count"] = std::to_string(notice.targets.size());
  fields["has_several_works"] = flag(notice.works.size() > 1);
  fields["has_several_targets"] = flag(notice.targets.size() > 1);
  fields["certified.qualification"] = lines(notice.certified.qualification);
  fields["certified.system"] = lines(notice.certified.system);
  fields["certified.process"] = lines(notice.certified.process);
  fields["certified.storage"] = lines(notice.certified.storage);
  fields["certified.signature_key"] = line(notice.certified.signature_key);
  fields["certified.time_stamp"] = line(notice.certified.time_stamp);
  fields["signature"] = line(notice.signature);
  fields["signed_on"] = dated(notice, notice.signed_on);
  return fields;
}

NoticeFields entry_of(const NoticeWork& work, std::size_t number, const Notice& notice) {
  std::string urls;
  for (const std::string& url : work.urls) urls += (urls.empty() ? "" : ", ") + line(url);
  return {{"number", std::to_string(number)},
          {"name", line(work.name)},
          {"description", line(work.description)},
          {"registration", line(work.registration)},
          {"first_publication", dated(notice, work.first_publication)},
          {"urls", urls}};
}

NoticeFields entry_of(const NoticeTarget& target, std::size_t number, const Notice& notice) {
  const bool has_work = target.work >= 1 && target.work <= notice.works.size();
  return {{"number", std::to_string(number)},
          {"url", line(target.url)},
          {"work", has_work ? line(notice.works[target.work - 1].name) : ""},
          {"work_number", has_work ? std::to_string(target.work) : ""},
          {"title", line(target.title)},
          {"account", line(target.account)},
          {"where", line(target.where)},
          {"seen_at", dated(notice, target.seen_at)}};
}

NoticeFields entry_of(const NoticeFile& file, std::size_t number) {
  return {{"number", std::to_string(number)},
          {"name", line(file.name)},
          {"sha256", line(file.sha256)},
          {"bytes", std::to_string(file.bytes)}};
}

/// One entry of each list, so that names can be checked before there is anything to list.
const NoticeValues& all_names() {
  static const NoticeValues names = [] {
    Notice notice;
    notice.works.emplace_back();
    notice.targets.emplace_back();
    notice.evidence.emplace_back();
    notice.certified.files.emplace_back();
    return values_of(notice);
  }();
  return names;
}

}  // namespace

NoticeValues values_of(const Notice& notice) {
  NoticeValues values;
  values.fields = fields_of(notice);
  auto& works = values.lists["works"];
  for (const NoticeWork& work : notice.works) works.push_back(entry_of(work, works.size() + 1, notice));
  auto& targets = values.lists["targets"];
  for (const NoticeTarget& target : notice.targets)
    targets.push_back(entry_of(target, targets.size() + 1, notice));
  auto& evidence = values.lists["evidence"];
  for (const std::string& text : notice.evidence)
    evidence.push_back({{"number", std::to_string(evidence.size() + 1)}, {"text", line(text)}});
  auto& files = values.lists["files"];
  for (const NoticeFile& file : notice.certified.files) files.push_back(entry_of(file, files.size() + 1));
  return values;
}

bool is_notice_field(std::string_view name) {
  return all_names().fields.contains(name);
}

bool is_notice_list(std::string_view name) {
  return all_names().lists.contains(name);
}

bool is_entry_field(std::string_view list, std::string_view name) {
  const auto found = all_names().lists.find(list);
  return found != all_names().lists.end() && found->second.front().contains(name);
}

}  // namespace reelprint::evidence
