#include "evidence/notice_draft.h"

#include <algorithm>

#include "evidence/report_names.h"
#include "evidence/visible_text.h"
#include "evidence/wording.h"

namespace reelprint::evidence {
namespace {

bool is_certification(NoticeKind kind) {
  return kind == NoticeKind::certification_902_13 || kind == NoticeKind::certification_902_14 ||
         kind == NoticeKind::certification_cn_spc11;
}

std::string address_of(const UploadFacts& upload) {
  if (upload.sighting && !upload.sighting->page_url.empty()) return upload.sighting->page_url;
  return upload.url.empty() && upload.sighting ? upload.sighting->location : upload.url;
}

/// What a person may claim on: never a sound alone, nor what may be the same set at another moment.
bool is_claimable(const MatchFacts& facts) {
  return facts.match.is_confirmed && facts.match.found_by != FoundBy::sound;
}

bool is_claimable(const UploadFacts& upload) {
  const bool is_allowed =
      upload.ruling.decision == Decision::licensed || upload.ruling.decision == Decision::clear;
  return !is_allowed && !address_of(upload).empty() &&
         std::any_of(upload.matches.begin(), upload.matches.end(),
                     [](const MatchFacts& facts) { return is_claimable(facts); });
}

/// Chinese notices put the title into 《》 of their own.
std::string title_of(const WorkFacts& work, const Wording& wording) {
  const Phrase part = work.season.empty() ? Phrase::only_episode : Phrase::season_episode;
  const std::string number = visible_line(work.episode_number, 100);
  const std::string episode = number.empty() ? visible_line(work.episode, 200)
                              : work.season.empty()
                                  ? wording.say(part, {number})
                                  : wording.say(part, {visible_line(work.season, 100), number});
  const std::string_view joint = wording.language() == ReportLanguage::zh ? " " : ", ";
  return visible_line(work.series, 300) + (episode.empty() ? "" : std::string(joint) + episode);
}

NoticeWork work_of(const WorkFacts& work, const Wording& wording) {
  NoticeWork result;
  result.name = title_of(work, wording);
  for (const auto& [name, value] : work.registrations)
    result.registration += (result.registration.empty() ? "" : "; ") + wording.known(name) + " " + value;
  result.first_publication = work.first_publication;
  return result;
}

/// Builds the lists of works and places side by side.
class Drafter {
 public:
  Drafter(Notice& notice, const Wording& wording) : notice_(notice), wording_(wording) {}

  void add(const UploadFacts& upload) {
    const std::size_t first = notice_.targets.size();
    for (const MatchFacts& facts : upload.matches) {
      if (!is_claimable(facts)) continue;
      const std::string where = wording_.say(Phrase::draft_where, {Wording::span(facts.match.query_span)});
      const std::size_t work = number_of(facts.work);
      const auto known =
          std::find_if(notice_.targets.begin() + static_cast<std::ptrdiff_t>(first), notice_.targets.end(),
                       [&](const NoticeTarget& target) { return target.work == work; });
      if (known == notice_.targets.end())
        notice_.targets.push_back(target_of(upload, work, where));
      else
        known->where += ", " + where;
    }
  }

 private:
  std::size_t number_of(const WorkFacts& work) {
    NoticeWork candidate = work_of(work, wording_);
    const auto known = std::find(notice_.works.begin(), notice_.works.end(), candidate);
    if (known != notice_.works.end()) return static_cast<std::size_t>(known - notice_.works.begin()) + 1;
    for (const auto& [name, value] : work.proofs_of_right) {
      std::string proof =
          wording_.say(Phrase::draft_proof, {name.empty() ? value : wording_.known(name) + " " + value});
      if (std::find(notice_.evidence.begin(), notice_.evidence.end(), proof) == notice_.evidence.end())
        notice_.evidence.push_back(std::move(proof));
    }
    notice_.works.push_back(std::move(candidate));
    return notice_.works.size();
  }

  [[nodiscard]] NoticeTarget target_of(const UploadFacts& upload, std::size_t work,
                                       const std::string& where) const {
    NoticeTarget target;
    target.url = address_of(upload);
    target.work = work;
    target.title = upload.title.empty() && upload.sighting ? upload.sighting->metadata.title : upload.title;
    target.account =
        upload.account.empty() && upload.sighting ? upload.sighting->metadata.uploader : upload.account;
    target.where = where;
    if (upload.sighting) target.seen_at = wording_.time(upload.sighting->seen_at);
    return target;
  }

  Notice& notice_;
  const Wording& wording_;
};

CertifiedFacts certified_of(const CaseFile& case_file, const Wording& wording) {
  const auto or_unknown = [&](const std::string& text) {
    return text.empty() ? wording.say(Phrase::not_recorded) : text;
  };
  CertifiedFacts facts;
  facts.system =
      wording.say(Phrase::draft_system, {or_unknown(case_file.tool_version), or_unknown(case_file.algorithms),
                                         or_unknown(wording.say(case_file.clock_source))});
  const bool was_fetched = std::none_of(case_file.uploads.begin(), case_file.uploads.end(),
                                        [](const UploadFacts& upload) { return upload.exchanges.empty(); });
  for (const Phrase step : {was_fetched ? Phrase::draft_step_1 : Phrase::draft_step_1_files,
                            Phrase::draft_step_2, Phrase::draft_step_3, Phrase::draft_step_4})
    facts.process += (facts.process.empty() ? "" : "\n") + wording.say(step);
  facts.storage = wording.say(Phrase::draft_storage);
  return facts;
}

}  // namespace

Notice draft_notice(const CaseFile& case_file, NoticeKind kind, std::string_view language,
                    const std::vector<std::size_t>& uploads) {
  const Wording wording(report_language_of(language).value_or(ReportLanguage::en));
  Notice notice;
  notice.kind = kind;
  notice.language = language;
  notice.reference = wording.say(Phrase::running_head_case, {std::to_string(case_file.legal_case.id.value)});
  if (is_certification(kind)) notice.certified = certified_of(case_file, wording);
  Drafter drafter(notice, wording);
  for (std::size_t i = 0; i < case_file.uploads.size(); ++i) {
    const UploadFacts& upload = case_file.uploads[i];
    const bool is_asked = uploads.empty() || std::find(uploads.begin(), uploads.end(), i) != uploads.end();
    if (!is_asked || !is_claimable(upload)) continue;
    if (notice.holder.name.empty()) notice.holder.name = upload.matches.front().work.holder;
    drafter.add(upload);
  }
  if (kind == NoticeKind::dmca || kind == NoticeKind::dsa || kind == NoticeKind::cn_art14) {
    notice.explanation = wording.say(Phrase::draft_explanation);
    notice.evidence.insert(notice.evidence.begin(),
                           {wording.say(Phrase::draft_report), wording.say(Phrase::draft_bundle)});
  } else if (kind != NoticeKind::retraction) {
    notice.evidence.clear();
  }
  return notice;
}

}  // namespace reelprint::evidence
