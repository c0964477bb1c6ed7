#include "pipeline/notice_subjects.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "evidence/wording.h"
#include "evidence/work_proof.h"
#include "store/decisions.h"
#include "store/screening_requests.h"
#include "store/works.h"

namespace reelprint::pipeline {
namespace {

using evidence::NoticeTarget;
using evidence::NoticeWork;
using evidence::Phrase;
using evidence::ReportLanguage;
using evidence::Wording;

/// "1:02.4"
std::string clock_text(Timestamp time) {
  const auto tenths = time.us / 100'000;
  std::array<char, 48> text{};
  (void)std::snprintf(text.data(), text.size(), "%lld:%02lld.%lld", static_cast<long long>(tenths / 600),
                      static_cast<long long>(tenths / 10 % 60), static_cast<long long>(tenths % 10));
  return text.data();
}

/// "episode 3".
std::string name_of(const Episode& episode, const Wording& wording) {
  const std::string number = std::to_string(episode.number);
  if (wording.language() == ReportLanguage::en) return to_text(episode);
  if (episode.season == 1) return wording.say(Phrase::only_episode, {number});
  return wording.say(Phrase::season_episode, {std::to_string(episode.season), number});
}

/// `proof` of its series: as store::Work has it.
NoticeWork work_of(const ReferenceEntry& entry, std::string_view proof, const Wording& wording) {
  const bool is_chinese = wording.language() == ReportLanguage::zh;
  NoticeWork work;
  work.name = entry.series.name + (is_chinese ? " " : ", ") + name_of(entry.episode, wording);
  if (!entry.episode.title.empty())
    work.name += is_chinese ? "（" + entry.episode.title + "）" : " (" + entry.episode.title + ")";
  const auto number = [&work, is_chinese](const char* kind, const std::string& value) {
    if (value.empty()) return;
    work.registration += work.registration.empty() ? "" : is_chinese ? "；" : ", ";
    work.registration += kind + value;
  };
  number(is_chinese ? "许可证号或备案号 " : "licence ", entry.episode.licence_number);
  number("EIDR ", entry.episode.eidr);
  number("ISAN ", entry.episode.isan);
  evidence::WorkFacts facts;
  facts.series = entry.series.name;
  evidence::tell_proof(facts, proof);
  work.first_publication = facts.first_publication;
  for (const auto& [label, value] : facts.proofs_of_right)
    if (label == evidence::kCopyrightRegistration)
      number(is_chinese ? "著作权登记号 " : "copyright registration ", value);
  return work;
}

/// Where the upload shows the reference.
std::string where_in(const std::optional<Screening>& screening, ReferenceId reference,
                     const Wording& wording) {
  std::string where;
  if (!screening) return where;
  for (const Match& match : screening->matches) {
    if (match.reference != reference) continue;
    where += (where.empty() ? "" : ", ") + clock_text(match.query_span.begin) + " – " +
             clock_text(match.query_span.end);
  }
  return where.empty() ? where : wording.say(Phrase::draft_where, {where});
}

class Gathering {
 public:
  Gathering(store::Store& store, ReportLanguage language) : store_(store), wording_(language) {}

  void add(DecisionId id) {
    const auto decision = store::Decisions(store_.database()).find(id);
    if (!decision) return;
    const auto request = store::ScreeningRequests(store_.database()).find(decision->request);
    if (!request) return;
    const bool is_fetched = request->source_kind == SourceKind::url;
    const std::string url =
        !request->context.url.empty() ? request->context.url : (is_fetched ? request->source : "");
    const auto screening = store_.screening(decision->screening);
    for (const ReferenceId reference : decision->references) {
      const std::size_t work = number_of(reference);
      if (work == 0 || url.empty()) continue;
      NoticeTarget target;
      target.url = url;
      target.work = work;
      target.title = request->context.title;
      target.account = request->context.account;
      target.where = where_in(screening, reference, wording_);
      target.seen_at = wording_.language() == ReportLanguage::en ? to_rfc3339(decision->decided_at)
                                                                 : wording_.time(decision->decided_at);
      if (std::ranges::find(made.targets, target) == made.targets.end()) made.targets.push_back(target);
    }
  }

  NoticeSubjects made;

 private:
  /// From 1; 0: the reference is gone.
  std::size_t number_of(ReferenceId reference) {
    const auto entry = store_.reference(reference);
    if (!entry) return 0;
    const auto known = numbers_.find(entry->episode.id);
    if (known != numbers_.end()) return known->second;
    const auto work = store::Works(store_.database()).work(entry->series.id);
    made.works.push_back(work_of(*entry, work ? work->proof : "{}", wording_));
    if (made.holder.empty()) made.holder = entry->holder.name;
    return numbers_[entry->episode.id] = made.works.size();
  }

  store::Store& store_;
  Wording wording_;
  std::map<EpisodeId, std::size_t> numbers_;
};

}  // namespace

NoticeSubjects subjects_of(store::Store& store, std::span<const DecisionId> decisions,
                           evidence::ReportLanguage language) {
  Gathering gathering(store, language);
  for (const DecisionId id : decisions) gathering.add(id);
  return std::move(gathering.made);
}

}  // namespace reelprint::pipeline
